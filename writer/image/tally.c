#include "writer/image/tally.h"

#include <inttypes.h>
#include <stdio.h>

struct writer_grid writer_grid_of(uint32_t width, uint32_t height, uint32_t tile_size)
{
    return (struct writer_grid){
        .width = width,
        .height = height,
        .tile_size = tile_size,
        .columns = width / tile_size + (width % tile_size != 0),
        .rows = height / tile_size + (height % tile_size != 0),
    };
}

uint32_t writer_grid_tile(const struct writer_grid *grid, size_t pixel)
{
    uint32_t x = (uint32_t)(pixel % grid->width);
    uint32_t y = (uint32_t)(pixel / grid->width);
    return y / grid->tile_size * grid->columns + x / grid->tile_size;
}

static void add_tile(struct writer_tally *tally, uint32_t tile)
{
    uint64_t bit = UINT64_C(1) << tile % 64;
    tally->tiles += (tally->seen[tile / 64] & bit) == 0;
    tally->seen[tile / 64] |= bit;
}

void writer_tally_add(struct writer_tally *tally, const struct writer_grid *grid, size_t pixel)
{
    if (tally->pixels++ == 0 || pixel < tally->first) {
        tally->first = pixel;
    }
    tally->marks.bits[pixel / 64] |= UINT64_C(1) << pixel % 64;
    add_tile(tally, writer_grid_tile(grid, pixel));
}

/* How many bytes of a run are 0: the usual case of the next function, and one that compilers make vectors of. */
static uint32_t count_zeros(const uint8_t *run, uint32_t size)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < size; i++) {
        count += run[i] == 0;
    }
    return count;
}

static uint32_t count_wanted(const uint8_t *run, uint32_t size, const bool wanted[256])
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < size; i++) {
        count += wanted[run[i]];
    }
    return count;
}

/* Marks the wanted ones of a run, of which there is at least one. Returns the first. */
static size_t mark_run(struct writer_marks *marks, const uint8_t *pixels, size_t begin, uint32_t size,
                       const bool wanted[256])
{
    size_t first = begin;
    for (size_t i = begin + size; i-- > begin;) {
        marks->bits[i / 64] |= (uint64_t)wanted[pixels[i]] << i % 64;
        first = wanted[pixels[i]] ? i : first;
    }
    return first;
}

void writer_tally_indices(struct writer_tally *tally, const struct writer_grid *grid, const uint8_t *pixels,
                          const bool wanted[256])
{
    bool zero_alone = wanted[0];
    for (unsigned i = 1; i < 256; i++) {
        zero_alone = zero_alone && !wanted[i];
    }
    for (uint32_t y = 0; y < grid->height; y++) {
        uint32_t tile = y / grid->tile_size * grid->columns;
        for (uint32_t x = 0; x < grid->width; x += grid->tile_size, tile++) {
            size_t begin = (size_t)y * grid->width + x;
            uint32_t size = grid->width - x < grid->tile_size ? grid->width - x : grid->tile_size;
            uint32_t found =
                zero_alone ? count_zeros(pixels + begin, size) : count_wanted(pixels + begin, size, wanted);
            if (found == 0) {
                continue;
            }
            size_t first = mark_run(&tally->marks, pixels, begin, size, wanted);
            tally->first = tally->pixels == 0 || first < tally->first ? first : tally->first;
            tally->pixels += found;
            add_tile(tally, tile);
        }
    }
}

struct base_place writer_tally_place(const struct writer_tally *tally, const struct writer_grid *grid)
{
    return (struct base_place){
        BASE_AT_PIXEL((uint32_t)(tally->first % grid->width), (uint32_t)(tally->first / grid->width)),
        BASE_AT_TILE(writer_grid_tile(grid, tally->first)),
        .pixels = tally->pixels,
        .tiles = tally->tiles,
    };
}

struct writer_tally_text writer_tally_text(const struct writer_tally *tally, const struct writer_grid *grid)
{
    struct writer_tally_text result;
    char place[64];
    uint32_t x = (uint32_t)(tally->first % grid->width);
    uint32_t y = (uint32_t)(tally->first / grid->width);
    (void)snprintf(place, sizeof place, "tile %u (x %u, y %u in it)", (unsigned)writer_grid_tile(grid, tally->first),
                   (unsigned)(x % grid->tile_size), (unsigned)(y % grid->tile_size));
    if (tally->pixels == 1) {
        (void)snprintf(result.text, sizeof result.text, "1 pixel, in %s", place);
    } else {
        (void)snprintf(result.text, sizeof result.text, "%" PRIu64 " pixels in %u tile%s, the first in %s",
                       tally->pixels, (unsigned)tally->tiles, tally->tiles == 1 ? "" : "s", place);
    }
    return result;
}
