#include "writer/image/banked.h"

#include "writer/image/pixels.h"
#include "writer/image/tile_colours.h"

#include <stdio.h>

enum { BANK_COLOURS = WRITER_PALETTE_COLOURS, NO_BANK = -1 };

struct writer_palette writer_banked_palette(const struct writer_indexed *indexed, uint32_t k)
{
    struct writer_palette palette = {.count = 0};
    for (uint32_t i = k * BANK_COLOURS; i < indexed->colour_count && palette.count < BANK_COLOURS; i++) {
        palette.colours[palette.count++] = indexed->colours[i] & 0xFFFFFF;
    }
    return palette;
}

enum cause { CAUSE_COLOUR, CAUSE_ENTRY_0, CAUSE_FIXED, CAUSE_MIXED, CAUSES };

/* One index of the picture. */
struct target {
    bool opaque;
    bool faulty;
    enum cause cause; /* when it is faulty */
    uint8_t entry;
};

struct match {
    const struct writer_grid *grid;
    const struct writer_palette_set *palettes;
    const struct writer_candidates *candidates;
    struct target targets[WRITER_PNG_PALETTE_MAX];
    struct writer_tally faults[CAUSES];
};

static struct target target_of(const struct match *match, const struct writer_indexed *indexed, uint32_t index,
                               bool declared)
{
    static const struct writer_palette none = {.count = 0};
    struct target target = {.opaque = indexed->opacity[index] == WRITER_OPAQUE, .entry = WRITER_TRANSPARENT_INDEX};
    uint32_t k = index / BANK_COLOURS;
    uint32_t entry = index % BANK_COLOURS;
    uint32_t rgb = indexed->colours[index] & 0xFFFFFF;
    const struct writer_palette *palette = k < match->palettes->authored ? &match->palettes->items[k] : &none;
    if (!target.opaque) {
        return target;
    }
    if (declared && (entry >= palette->count || writer_rgb565(palette->colours[entry]) != writer_rgb565(rgb))) {
        target.faulty = true;
        target.cause = CAUSE_COLOUR;
        return target;
    }
    int found = entry != WRITER_TRANSPARENT_INDEX ? (int)entry : writer_palette_find(palette, rgb);
    target.faulty = found < 0;
    target.cause = CAUSE_ENTRY_0;
    target.entry = (uint8_t)(found < 0 ? 0 : found);
    return target;
}

/* The palette of a tile without an opaque pixel. */
static uint8_t palette_of_clear(const struct match *match, uint8_t first_pixel)
{
    uint32_t k = first_pixel / BANK_COLOURS;
    if (match->candidates->fixed) {
        return match->candidates->index[0];
    }
    if (k < match->palettes->authored && match->palettes->items[k].count > 0) {
        return (uint8_t)k;
    }
    uint32_t lowest = 0;
    while (lowest + 1 < match->palettes->authored && match->palettes->items[lowest].count == 0) {
        lowest++;
    }
    return (uint8_t)lowest;
}

/* What is wrong with an opaque pixel in a tile whose palette is `bank`, or CAUSES. */
static enum cause fault_of(const struct match *match, uint8_t index, int bank)
{
    const struct target *target = &match->targets[index];
    if (target->faulty) {
        return target->cause;
    }
    int k = index / BANK_COLOURS;
    if (match->candidates->fixed) {
        return k == match->candidates->index[0] ? CAUSES : CAUSE_FIXED;
    }
    return bank == NO_BANK || bank == k ? CAUSES : CAUSE_MIXED;
}

/* Finds the palette of a tile, and counts its faults. */
static uint8_t look_at_tile(struct match *match, const struct writer_image *image, uint32_t tile)
{
    const struct writer_grid *grid = match->grid;
    uint32_t begin_x = tile % grid->columns * grid->tile_size;
    uint32_t begin_y = tile / grid->columns * grid->tile_size;
    int bank = NO_BANK;
    for (uint32_t y = begin_y; y < begin_y + grid->tile_size && y < grid->height; y++) {
        for (uint32_t x = begin_x; x < begin_x + grid->tile_size && x < grid->width; x++) {
            size_t pixel = (size_t)y * grid->width + x;
            uint8_t index = image->pixels[pixel];
            if (!match->targets[index].opaque) {
                continue;
            }
            enum cause cause = fault_of(match, index, bank);
            if (cause != CAUSES) {
                writer_tally_add(&match->faults[cause], grid, pixel);
            } else {
                bank = index / BANK_COLOURS;
            }
        }
    }
    return bank != NO_BANK ? (uint8_t)bank
                           : palette_of_clear(match, image->pixels[(size_t)begin_y * grid->width + begin_x]);
}

/* ---- Messages ---- */

/* A cause, as its first pixel shows it. */
struct fault {
    const struct match *match;
    enum cause cause;
    unsigned index;                     /* of the picture */
    uint32_t rgb;                       /* its colour */
    struct writer_tile_colours colours; /* of its tile */
};

static void say_entry(struct base_text *text, const struct fault *fault)
{
    const struct writer_palette_set *palettes = fault->match->palettes;
    unsigned k = fault->index / BANK_COLOURS;
    unsigned entry = fault->index % BANK_COLOURS;
    if (k >= palettes->authored || palettes->items[k].count == 0) {
        base_text_add_string(text, "the asset does not have that palette");
    } else if (entry >= palettes->items[k].count) {
        base_text_addf(text, "that palette has %u entries", (unsigned)palettes->items[k].count);
    } else {
        base_text_addf(text, "that entry is #%06x", (unsigned)palettes->items[k].colours[entry]);
    }
}

/* What is wrong with the first pixel: its index names entry and palette. */
static void say_cause(struct base_text *text, const struct fault *fault)
{
    switch (fault->cause) {
    case CAUSE_COLOUR:
        say_entry(text, fault);
        return;
    case CAUSE_ENTRY_0:
        base_text_add_string(text, "the pixel is opaque, and entry 0 is not drawn; no other entry of the palette has "
                                   "its colour");
        return;
    case CAUSE_FIXED:
        base_text_addf(text, "the sprite asks for palette %u", (unsigned)fault->match->candidates->index[0]);
        return;
    case CAUSE_MIXED:
    case CAUSES:
        break;
    }
    base_text_add_string(text, "other pixels of its tile name another palette");
}

/* Which palette comes nearest, and what it lacks. */
static void say_nearest(struct base_text *text, const struct fault *fault, uint8_t nearest)
{
    const struct writer_palette_set *palettes = fault->match->palettes;
    const struct writer_tile_colour *colour = writer_tile_colours_find(&fault->colours, fault->rgb);
    base_text_add_string(text, "; ");
    writer_palette_name(text, palettes, nearest);
    if ((colour->drawn >> nearest & 1) != 0) {
        base_text_addf(text, " has the colour at entry %d", writer_palette_find(&palettes->items[nearest], fault->rgb));
        return;
    }
    base_text_add_string(text, " is nearest: it lacks ");
    writer_tile_colours_lacking(text, &fault->colours, nearest, fault->rgb);
}

static void report_fault(const struct match *match, struct writer_image *image, const struct writer_indexed *indexed,
                         enum cause cause, const struct writer_reporter *report)
{
    const struct writer_tally *tally = &match->faults[cause];
    const struct writer_unmatched picture = {
        .image = image, .grid = match->grid, .indexed = indexed, .candidates = match->candidates};
    struct fault fault = {.match = match,
                          .cause = cause,
                          .index = image->pixels[tally->first],
                          .rgb = writer_image_colour(image, tally->first) & 0xFFFFFF};
    struct base_details details = {.place = writer_pixels_place(report, tally, match->grid)};
    char colour[16];
    struct base_text text = BASE_TEXT_EMPTY;
    (void)snprintf(colour, sizeof colour, "#%06x", (unsigned)fault.rgb);
    details.actual = colour;
    base_text_addf(&text, "the banked index %u names entry %u of palette %u: ", fault.index, fault.index % BANK_COLOURS,
                   fault.index / BANK_COLOURS);
    say_cause(&text, &fault);
    base_text_addf(&text, "; %s", writer_tally_text(tally, match->grid).text);
    if (cause == CAUSE_COLOUR || cause == CAUSE_ENTRY_0) {
        writer_tile_colours_take(&fault.colours, match->palettes, &picture,
                                 writer_grid_tile(match->grid, tally->first));
        details.place.has_palette = true;
        details.place.palette = writer_tile_colours_nearest(&fault.colours, writer_candidates_set(match->candidates));
        say_nearest(&text, &fault, (uint8_t)details.place.palette);
    }
    (void)writer_report(report, DIAG_PIXEL_INEXPRESSIBLE, &details, "%s", base_text_string(&text));
    base_text_release(&text, &report->findings->out_of_memory);
}

static bool report_faults(const struct match *match, struct writer_image *image, const struct writer_indexed *indexed,
                          const struct writer_reporter *report)
{
    bool fine = true;
    for (unsigned cause = 0; cause < CAUSES; cause++) {
        if (match->faults[cause].pixels > 0) {
            report_fault(match, image, indexed, (enum cause)cause, report);
            fine = false;
        }
    }
    return fine;
}

bool writer_banked_match(struct writer_image *image, const struct writer_grid *grid,
                         const struct writer_indexed *indexed, const struct writer_palette_set *palettes, bool declared,
                         const struct writer_candidates *candidates, struct writer_tile_palettes *result,
                         const struct writer_reporter *report)
{
    struct match match = {.grid = grid, .palettes = palettes, .candidates = candidates};
    for (uint32_t i = 0; i < indexed->colour_count; i++) {
        match.targets[i] = target_of(&match, indexed, i, declared);
    }
    result->apart = false;
    for (uint32_t tile = 0; tile < grid->columns * grid->rows; tile++) {
        result->tiles[tile] = look_at_tile(&match, image, tile);
        result->apart = result->apart || result->tiles[tile] != result->tiles[0];
    }
    result->palette = result->tiles[0];
    if (!report_faults(&match, image, indexed, report)) {
        return false;
    }
    size_t count = (size_t)image->width * image->height;
    for (size_t i = 0; i < count; i++) {
        image->pixels[i] = match.targets[image->pixels[i]].entry;
    }
    return true;
}
