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

void writer_tally_add(struct writer_tally *tally, const struct writer_grid *grid, size_t pixel)
{
    uint32_t tile = writer_grid_tile(grid, pixel);
    uint64_t bit = UINT64_C(1) << tile % 64;
    if (tally->pixels++ == 0) {
        tally->first = pixel;
    }
    tally->tiles += (tally->seen[tile / 64] & bit) == 0;
    tally->seen[tile / 64] |= bit;
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

/* The first one from `begin` on; there is one. */
static size_t find_wanted(const uint8_t *pixels, size_t begin, const bool wanted[256])
{
    while (!wanted[pixels[begin]]) {
        begin++;
    }
    return begin;
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
            if (tally->pixels == 0) {
                tally->first = find_wanted(pixels, begin, wanted);
            }
            uint64_t bit = UINT64_C(1) << tile % 64;
            tally->pixels += found;
            tally->tiles += (tally->seen[tile / 64] & bit) == 0;
            tally->seen[tile / 64] |= bit;
        }
    }
}

struct base_place writer_tally_place(const struct writer_tally *tally, const struct writer_grid *grid)
{
    return (struct base_place){
        BASE_AT_PIXEL((uint32_t)(tally->first % grid->width), (uint32_t)(tally->first / grid->width))};
}

struct writer_tally_text writer_tally_text(const struct writer_tally *tally, const struct writer_grid *grid)
{
    struct writer_tally_text result;
    unsigned tile = writer_grid_tile(grid, tally->first);
    if (tally->pixels == 1) {
        (void)snprintf(result.text, sizeof result.text, "1 pixel, in tile %u", tile);
    } else if (tally->tiles == 1) {
        (void)snprintf(result.text, sizeof result.text, "%" PRIu64 " pixels in tile %u", tally->pixels, tile);
    } else {
        (void)snprintf(result.text, sizeof result.text, "%" PRIu64 " pixels in %u tiles, the first in tile %u",
                       tally->pixels, (unsigned)tally->tiles, tile);
    }
    return result;
}
