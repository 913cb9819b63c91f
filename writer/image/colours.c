#include "writer/image/colours.h"

#include "base/text.h"

#include <stdio.h>
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

static void number_colours(struct writer_colours *colours, const struct writer_image *image,
                           const struct writer_grid *grid, struct writer_merged *merged)
{
    uint32_t seen[NUMBERS_MAX] = {0}; /* the first colour of each number, with its alpha; 0: none */
    uint32_t last = 0;
    uint16_t number = colours->clear;
    size_t count = (size_t)image->width * image->height;
    for (size_t i = 0; i < count; i++) {
        uint32_t argb = writer_image_colour(image, i);
        if (argb != last) {
            last = argb;
            number = argb >> 24 == 255 ? colours->number[writer_rgb565(argb)] : colours->clear;
            seen[number] = seen[number] == 0 ? argb : seen[number];
        }
        colours->pixels[i] = number;
        if (seen[number] != argb && number != colours->clear && number != UNKNOWN) {
            if (merged->tally.pixels == 0) {
                merged->colour = argb & 0xFFFFFF;
                merged->earlier = seen[number] & 0xFFFFFF;
            }
            writer_tally_add(&merged->tally, grid, i);
        }
    }
}

/* ---- Finding palettes ---- */

/* One picture that is matched. */
struct match {
    struct writer_colours *colours;
    const struct writer_grid *grid;
    const struct writer_candidates *candidates;
    bool keyed_by_entry;
    uint64_t allowed; /* the candidates */
    const struct writer_reporter *report;
};

/* The candidates with which a pixel of this colour can be drawn. */
static uint64_t palettes_of(const struct match *match, uint16_t number)
{
    const struct writer_colours *colours = match->colours;
    return (colours->has[number] | (match->keyed_by_entry ? colours->at_0[number] : 0)) & match->allowed;
}

/* A part of the picture, in pixels. */
struct area {
    uint32_t x, y, end_x, end_y;
};

static struct area area_of_tile(const struct writer_grid *grid, uint32_t tile)
{
    struct area area = {.x = tile % grid->columns * grid->tile_size, .y = tile / grid->columns * grid->tile_size};
    area.end_x = area.x + grid->tile_size < grid->width ? area.x + grid->tile_size : grid->width;
    area.end_y = area.y + grid->tile_size < grid->height ? area.y + grid->tile_size : grid->height;
    return area;
}

/* The candidates that have all colours of an area. */
static uint64_t palettes_of_area(const struct match *match, struct area area)
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

static void store(struct match *match, struct area area, uint8_t index, uint8_t *out)
{
    const struct writer_colours *colours = match->colours;
    const uint8_t *entry = entries_of(match, index);
    uint16_t key = match->keyed_by_entry ? colours->number[writer_rgb565(colours->palettes->items[index].colours[0])]
                                         : colours->clear;
    for (uint32_t y = area.y; y < area.end_y; y++) {
        size_t row = (size_t)y * match->grid->width;
        for (uint32_t x = area.x; x < area.end_x; x++) {
            uint16_t number = colours->pixels[row + x];
            out[row + x] = number == key ? WRITER_TRANSPARENT_INDEX : entry[number];
        }
    }
}

/* ---- What is wrong ---- */

/* What is in the way of one pixel, or of its tile. */
enum cause { CAUSE_NOWHERE, CAUSE_ENTRY_0, CAUSE_TOGETHER, CAUSES };

struct misfit {
    struct writer_tally tally;
    uint16_t number; /* of the first pixel */
    uint8_t palette; /* CAUSE_TOGETHER: the one that comes closest in the first tile; CAUSE_ENTRY_0: one that has it */
};

/* The candidate that most pixels of an area have a colour of. */
static uint8_t closest(const struct match *match, struct area area)
{
    uint32_t expressed[WRITER_PALETTES] = {0};
    for (uint32_t y = area.y; y < area.end_y; y++) {
        for (uint32_t x = area.x; x < area.end_x; x++) {
            uint64_t set = palettes_of(match, match->colours->pixels[(size_t)y * match->grid->width + x]);
            for (uint32_t i = 0; set != 0 && i < WRITER_PALETTES; i++, set >>= 1) {
                expressed[i] += (uint32_t)(set & 1);
            }
        }
    }
    uint8_t best = match->candidates->index[0];
    for (size_t i = 1; i < match->candidates->count; i++) {
        uint8_t index = match->candidates->index[i];
        best = expressed[index] > expressed[best] ? index : best;
    }
    return best;
}

/* Adds the pixels of a tile that no candidate fits. */
static void blame_tile(const struct match *match, uint32_t tile, struct misfit misfits[CAUSES])
{
    const struct area area = area_of_tile(match->grid, tile);
    const struct writer_colours *colours = match->colours;
    bool together = true;
    for (uint32_t y = area.y; y < area.end_y; y++) {
        for (uint32_t x = area.x; x < area.end_x; x++) {
            size_t pixel = (size_t)y * match->grid->width + x;
            uint16_t number = colours->pixels[pixel];
            if (palettes_of(match, number) != 0) {
                continue;
            }
            together = false;
            uint64_t hidden = colours->at_0[number] & match->allowed;
            struct misfit *misfit = &misfits[hidden != 0 ? CAUSE_ENTRY_0 : CAUSE_NOWHERE];
            if (misfit->tally.pixels == 0) {
                misfit->number = number;
                misfit->palette = hidden != 0 ? first_of(match->candidates, hidden) : 0;
            }
            writer_tally_add(&misfit->tally, match->grid, pixel);
        }
    }
    if (!together) {
        return;
    }
    struct misfit *misfit = &misfits[CAUSE_TOGETHER];
    uint8_t best = closest(match, area);
    misfit->palette = misfit->tally.pixels == 0 ? best : misfit->palette;
    for (uint32_t y = area.y; y < area.end_y; y++) {
        for (uint32_t x = area.x; x < area.end_x; x++) {
            size_t pixel = (size_t)y * match->grid->width + x;
            if ((palettes_of(match, colours->pixels[pixel]) >> best & 1) == 0) {
                writer_tally_add(&misfit->tally, match->grid, pixel);
            }
        }
    }
}

static void say_where(struct base_text *text, const struct match *match, const struct misfit *misfit)
{
    base_text_addf(text, "; %s", writer_tally_text(&misfit->tally, match->grid).text);
}

static void say_cause(struct base_text *text, const struct match *match, enum cause cause, const struct misfit *misfit)
{
    bool fixed = match->candidates->fixed;
    unsigned palette = cause == CAUSE_NOWHERE ? match->candidates->index[0] : misfit->palette;
    switch (cause) {
    case CAUSE_NOWHERE:
        if (fixed) {
            base_text_addf(text, "palette %u, which the sprite asks for, does not have the colour", palette);
        } else {
            base_text_add_string(text, "no palette of the asset has the colour");
        }
        say_where(text, match, misfit);
        return;
    case CAUSE_ENTRY_0:
        base_text_addf(text, "palette %u has the colour at entry 0 only, which is not drawn", palette);
        say_where(text, match, misfit);
        base_text_add_string(text,
                             ". Put a spare colour in front of the palette, or repeat the colour behind the others");
        return;
    case CAUSE_TOGETHER:
    case CAUSES:
        base_text_addf(text,
                       "no palette has all colours of a tile: palette %u comes closest there and lacks this colour",
                       palette);
        say_where(text, match, misfit);
        return;
    }
}

static void report_misfit(const struct match *match, const struct writer_image *image, enum cause cause,
                          const struct misfit *misfit)
{
    char colour[16];
    uint32_t rgb = writer_image_colour(image, misfit->tally.first) & 0xFFFFFF;
    (void)snprintf(colour, sizeof colour, "#%06x", (unsigned)rgb);
    struct base_text text = BASE_TEXT_EMPTY;
    say_cause(&text, match, cause, misfit);
    (void)writer_report(
        match->report, DIAG_PIXEL_INEXPRESSIBLE,
        &(struct base_details){.place = writer_tally_place(&misfit->tally, match->grid), .actual = colour}, "%s",
        base_text_string(&text));
    base_text_release(&text, &match->report->findings->out_of_memory);
}

static bool report_misfits(const struct match *match, const struct writer_image *image)
{
    struct misfit misfits[CAUSES] = {{.number = 0}};
    for (uint32_t tile = 0; tile < match->grid->columns * match->grid->rows; tile++) {
        if (palettes_of_area(match, area_of_tile(match->grid, tile)) == 0) {
            blame_tile(match, tile, misfits);
        }
    }
    for (unsigned cause = 0; cause < CAUSES; cause++) {
        if (misfits[cause].tally.pixels > 0) {
            report_misfit(match, image, (enum cause)cause, &misfits[cause]);
        }
    }
    return false;
}

/* ---- All together ---- */

/* Way 3. False when a tile finds no palette. */
static bool find_apart(const struct match *match, struct writer_tile_palettes *result)
{
    for (uint32_t tile = 0; tile < match->grid->columns * match->grid->rows; tile++) {
        uint64_t found = palettes_of_area(match, area_of_tile(match->grid, tile));
        if (found == 0) {
            return false;
        }
        result->tiles[tile] = first_of(match->candidates, found);
    }
    result->apart = true;
    return true;
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
                          .report = report};
    for (size_t i = 0; i < candidates->count; i++) {
        match.allowed |= UINT64_C(1) << candidates->index[i];
    }
    if (picture->indexed != NULL) {
        number_indices(colours, image, picture->indexed);
    } else {
        number_colours(colours, image, grid, merged);
    }
    const struct area all = {.end_x = grid->width, .end_y = grid->height};
    uint64_t found = palettes_of_area(&match, all);
    result->apart = false;
    if (found != 0) {
        result->palette = first_of(candidates, found);
        store(&match, all, result->palette, image->pixels);
        return true;
    }
    if (candidates->fixed || !find_apart(&match, result)) {
        return report_misfits(&match, image);
    }
    for (uint32_t tile = 0; tile < grid->columns * grid->rows; tile++) {
        store(&match, area_of_tile(grid, tile), result->tiles[tile], image->pixels);
    }
    return true;
}
