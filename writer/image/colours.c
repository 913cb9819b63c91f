#include "writer/image/colours.h"

#include "writer/image/misfits.h"
#include "writer/image/tile_colours.h"

#include <stdlib.h>
#include <string.h>

enum {
    UNKNOWN = 0, /* the number of a colour that no palette has */
    NUMBERS_MAX = WRITER_PALETTES * WRITER_PALETTE_COLOURS + 2,
    KEYS = 65536 /* values of RGB565 */
};

/* Palettes are bits: 1 << index. */
struct writer_colours {
    const struct writer_palette_set *palettes;
    uint16_t count;                              /* numbers given; the last one is that of transparent pixels */
    uint16_t clear;                              /* that number */
    uint64_t has[NUMBERS_MAX];                   /* palettes that have the colour at one of the entries 1 … 15 */
    uint64_t at_0[NUMBERS_MAX];                  /* at entry 0 */
    uint8_t entry[WRITER_PALETTES][NUMBERS_MAX]; /* the lowest of 1 … 15, once `ready` */
    uint64_t ready;
    uint16_t number[KEYS];                /* of each colour */
    uint16_t pixels[WRITER_SHEET_PIXELS]; /* numbers, of the picture that is matched */
};

static uint16_t number_of(struct writer_colours *colours, uint32_t rgb)
{
    uint16_t *number = &colours->number[writer_rgb565(rgb)];
    if (*number == UNKNOWN) {
        *number = colours->count++;
    }
    return *number;
}

struct writer_colours *writer_colours_create(const struct writer_palette_set *palettes)
{
    struct writer_colours *colours = malloc(sizeof *colours);
    if (colours == NULL) {
        return NULL;
    }
    colours->palettes = palettes;
    colours->count = UNKNOWN + 1;
    colours->ready = 0;
    memset(colours->has, 0, sizeof colours->has);
    memset(colours->at_0, 0, sizeof colours->at_0);
    memset(colours->number, 0, sizeof colours->number);
    for (uint32_t i = 0; i < palettes->authored; i++) {
        const struct writer_palette *palette = &palettes->items[i];
        for (uint32_t k = 0; k < palette->count; k++) {
            uint64_t *set = k == WRITER_TRANSPARENT_INDEX ? colours->at_0 : colours->has;
            set[number_of(colours, palette->colours[k])] |= UINT64_C(1) << i;
        }
    }
    colours->clear = colours->count++;
    colours->has[colours->clear] = UINT64_MAX;
    return colours;
}

void writer_colours_destroy(struct writer_colours *colours)
{
    free(colours);
}

/* ---- Pixels to numbers ---- */

static void number_indices(struct writer_colours *colours, const struct writer_image *image,
                           const struct writer_indexed *indexed)
{
    uint16_t numbers[WRITER_PNG_PALETTE_MAX] = {0};
    for (uint32_t i = 0; i < indexed->colour_count; i++) {
        bool opaque = indexed->opacity[i] == WRITER_OPAQUE;
        numbers[i] = opaque ? colours->number[writer_rgb565(indexed->colours[i])] : colours->clear;
    }
    size_t count = (size_t)image->width * image->height;
    for (size_t i = 0; i < count; i++) {
        colours->pixels[i] = numbers[image->pixels[i]];
    }
}

/* Returns whether two pixels have one number and different colours. */
static bool number_colours(struct writer_colours *colours, const struct writer_image *image)
{
    uint32_t seen[NUMBERS_MAX] = {0}; /* the first colour of each number, with its alpha; 0: none */
    uint32_t last = 0;
    uint16_t number = colours->clear;
    bool twins = false;
    size_t count = (size_t)image->width * image->height;
    for (size_t i = 0; i < count; i++) {
        uint32_t argb = writer_image_colour(image, i);
        if (argb != last) {
            last = argb;
            number = argb >> 24 == 255 ? colours->number[writer_rgb565(argb)] : colours->clear;
            seen[number] = seen[number] == 0 ? argb : seen[number];
            twins = twins || (seen[number] != argb && number != colours->clear && number != UNKNOWN);
        }
        colours->pixels[i] = number;
    }
    return twins;
}

/* ---- Finding palettes ---- */

/* One picture that is matched. */
struct match {
    struct writer_colours *colours;
    const struct writer_grid *grid;
    const struct writer_candidates *candidates;
    bool keyed_by_entry;
    uint64_t allowed; /* the candidates */
};

/* The candidates with which a pixel of this colour can be drawn. */
static uint64_t palettes_of(const struct match *match, uint16_t number)
{
    const struct writer_colours *colours = match->colours;
    return (colours->has[number] | (match->keyed_by_entry ? colours->at_0[number] : 0)) & match->allowed;
}

/* The candidates that have all colours of an area. */
static uint64_t palettes_of_area(const struct match *match, struct writer_area area)
{
    uint64_t found = match->allowed;
    uint16_t last = match->colours->clear;
    for (uint32_t y = area.y; y < area.end_y; y++) {
        const uint16_t *row = match->colours->pixels + (size_t)y * match->grid->width;
        for (uint32_t x = area.x; x < area.end_x; x++) {
            if (row[x] != last) {
                last = row[x];
                found &= palettes_of(match, last);
            }
        }
    }
    return found;
}

/* The first candidate of a set that is not empty. */
static uint8_t first_of(const struct writer_candidates *candidates, uint64_t set)
{
    size_t i = 0;
    while (i + 1 < candidates->count && (set >> candidates->index[i] & 1) == 0) {
        i++;
    }
    return candidates->index[i];
}

/* ---- Numbers to indices ---- */

static const uint8_t *entries_of(struct match *match, uint8_t index)
{
    struct writer_colours *colours = match->colours;
    const struct writer_palette *palette = &colours->palettes->items[index];
    uint8_t *entry = colours->entry[index];
    if ((colours->ready >> index & 1) == 0) {
        for (uint32_t k = palette->count; k-- > WRITER_TRANSPARENT_INDEX + 1;) {
            entry[colours->number[writer_rgb565(palette->colours[k])]] = (uint8_t)k;
        }
        entry[colours->clear] = WRITER_TRANSPARENT_INDEX;
        colours->ready |= UINT64_C(1) << index;
    }
    return entry;
}

/* The number of the pixels that are transparent with a palette. */
static uint16_t key_of(const struct match *match, uint8_t index)
{
    const struct writer_colours *colours = match->colours;
    uint32_t first = colours->palettes->items[index].colours[WRITER_TRANSPARENT_INDEX];
    return match->keyed_by_entry ? colours->number[writer_rgb565(first)] : colours->clear;
}

static void store(struct match *match, struct writer_area area, uint8_t index, uint8_t *out)
{
    const struct writer_colours *colours = match->colours;
    const uint8_t *entry = entries_of(match, index);
    uint16_t key = key_of(match, index);
    for (uint32_t y = area.y; y < area.end_y; y++) {
        size_t row = (size_t)y * match->grid->width;
        for (uint32_t x = area.x; x < area.end_x; x++) {
            uint16_t number = colours->pixels[row + x];
            out[row + x] = number == key ? WRITER_TRANSPARENT_INDEX : entry[number];
        }
    }
}

/* ---- Colours that become one ---- */

/* Counts opaque pixels whose colour is one with another colour of an earlier opaque pixel. The palettes are known. */
static void count_merged(const struct match *match, const struct writer_image *image,
                         const struct writer_tile_palettes *result, struct writer_merged *merged)
{
    const struct writer_colours *colours = match->colours;
    uint32_t seen[NUMBERS_MAX] = {0};
    size_t count = (size_t)image->width * image->height;
    for (size_t i = 0; i < count; i++) {
        uint16_t number = colours->pixels[i];
        uint8_t palette = result->apart ? result->tiles[writer_grid_tile(match->grid, i)] : result->palette;
        if (number == colours->clear || number == key_of(match, palette)) {
            continue;
        }
        uint32_t argb = writer_image_colour(image, i);
        if (seen[number] == 0) {
            seen[number] = argb;
        } else if (seen[number] != argb) {
            if (merged->tally.pixels == 0) {
                merged->colour = argb & 0xFFFFFF;
                merged->earlier = seen[number] & 0xFFFFFF;
            }
            writer_tally_add(&merged->tally, match->grid, i);
        }
    }
}

/* ---- All together ---- */

/* Way 3. False when a tile finds no palette. */
static bool find_apart(const struct match *match, struct writer_tile_palettes *result)
{
    for (uint32_t tile = 0; tile < match->grid->columns * match->grid->rows; tile++) {
        uint64_t found = palettes_of_area(match, writer_area_of_tile(match->grid, tile));
        if (found == 0) {
            return false;
        }
        result->tiles[tile] = first_of(match->candidates, found);
    }
    result->apart = true;
    return true;
}

static struct writer_area area_of(const struct writer_grid *grid)
{
    return (struct writer_area){.end_x = grid->width, .end_y = grid->height};
}

/* Way 2, else way 3. False when there is no way. */
static bool find_palettes(const struct match *match, struct writer_tile_palettes *result)
{
    uint64_t found = palettes_of_area(match, area_of(match->grid));
    result->apart = false;
    if (found != 0) {
        result->palette = first_of(match->candidates, found);
        return true;
    }
    return !match->candidates->fixed && find_apart(match, result);
}

bool writer_colours_match(struct writer_colours *colours, const struct writer_unmatched *picture,
                          struct writer_tile_palettes *result, struct writer_merged *merged,
                          const struct writer_reporter *report)
{
    struct writer_image *image = picture->image;
    const struct writer_grid *grid = picture->grid;
    const struct writer_candidates *candidates = picture->candidates;
    struct match match = {.colours = colours,
                          .grid = grid,
                          .candidates = candidates,
                          .keyed_by_entry = picture->keyed_by_entry,
                          .allowed = writer_candidates_set(candidates)};
    bool twins = false;
    if (picture->indexed != NULL) {
        number_indices(colours, image, picture->indexed);
    } else {
        twins = number_colours(colours, image);
    }
    if (!find_palettes(&match, result)) {
        writer_report_misfits(colours->palettes, picture, report);
        return false;
    }
    if (twins) {
        count_merged(&match, image, result, merged);
    }
    if (!result->apart) {
        store(&match, area_of(grid), result->palette, image->pixels);
        return true;
    }
    for (uint32_t tile = 0; tile < grid->columns * grid->rows; tile++) {
        store(&match, writer_area_of_tile(grid, tile), result->tiles[tile], image->pixels);
    }
    return true;
}
