#include "writer/image/draw.h"

#include "base/invariant.h"
#include "writer/image/banked.h"
#include "writer/image/losses.h"
#include "writer/image/opacity.h"
#include "writer/image/pixels.h"

#include <string.h>

/* One picture. */
struct picture {
    struct writer_drawing *drawing;
    struct writer_image *image;
    const struct writer_grid *grid;
    const struct writer_candidates *candidates;
    struct writer_indexed indexed; /* of an image with a palette */
    struct writer_tile_palettes *result;
    const struct writer_reporter *report;
};

static size_t pixels_of(const struct writer_image *image)
{
    return (size_t)image->width * image->height;
}

/* ---- Kept indices ---- */

/* Opaque pixels whose index no single palette has. */
static void tally_high(const struct picture *picture, struct writer_tally *tally)
{
    bool wanted[WRITER_PNG_PALETTE_MAX] = {false};
    for (unsigned i = WRITER_PALETTE_COLOURS; i < picture->indexed.colour_count; i++) {
        wanted[i] = picture->indexed.opacity[i] == WRITER_OPAQUE;
    }
    if (picture->indexed.colour_count > WRITER_PALETTE_COLOURS) {
        writer_tally_indices(tally, picture->grid, picture->image->pixels, wanted);
    }
}

static void keep_indices(const struct picture *picture, uint32_t moved, uint8_t palette)
{
    uint8_t map[WRITER_PNG_PALETTE_MAX];
    bool same = true;
    writer_indexed_keep(&picture->indexed, moved, map);
    for (unsigned i = 0; i < picture->indexed.colour_count; i++) {
        same = same && map[i] == i;
    }
    uint8_t *pixels = picture->image->pixels;
    for (size_t i = 0; !same && i < pixels_of(picture->image); i++) {
        pixels[i] = map[pixels[i]];
    }
    picture->result->apart = false;
    picture->result->palette = palette;
}

/* Whether a palette file is the palette of the picture, entry by entry. counts: the entries that are compared; NULL:
 * all of them. */
static bool is_palette_of(const struct writer_palette *palette, const struct writer_palette *own, const bool *counts)
{
    for (uint32_t i = 0; i < own->count; i++) {
        uint32_t colour = i < palette->count ? palette->colours[i] : 0;
        if ((counts == NULL || counts[i]) && writer_rgb565(own->colours[i]) != writer_rgb565(colour)) {
            return false;
        }
    }
    return true;
}

/* Keeps the indices with the first candidate that is the palette of the picture. moves: opaque pixels have index 0, and
 * a candidate needs another entry for them. */
static bool keep_with_first(const struct picture *picture, bool moves, const bool *counts)
{
    for (size_t i = 0; i < picture->candidates->count; i++) {
        uint8_t index = picture->candidates->index[i];
        const struct writer_palette *palette = &picture->drawing->palettes->items[index];
        int moved = moves ? writer_palette_find(palette, palette->colours[0]) : 0;
        if (moved >= 0 && is_palette_of(palette, &picture->indexed.palette, counts)) {
            keep_indices(picture, (uint32_t)moved, index);
            return true;
        }
    }
    return false;
}

/* Way 1. False when it is not possible. */
static bool keep_declared(const struct picture *picture)
{
    const struct writer_indexed *indexed = &picture->indexed;
    struct writer_tally high = {.pixels = 0};
    bool drawn[WRITER_PALETTE_COLOURS];
    tally_high(picture, &high);
    if (high.pixels > 0) {
        return false;
    }
    bool moves = writer_indexed_may_move(indexed) &&
                 memchr(picture->image->pixels, WRITER_TRANSPARENT_INDEX, pixels_of(picture->image)) != NULL;
    if (keep_with_first(picture, moves, NULL)) {
        return true;
    }
    /* What a program fills the rest of a PNG's palette with has no meaning. */
    writer_indexed_draws(indexed, picture->image, drawn);
    return keep_with_first(picture, moves, drawn);
}

static bool report_no_spare(const struct picture *picture)
{
    static const bool wanted[WRITER_PNG_PALETTE_MAX] = {[WRITER_TRANSPARENT_INDEX] = true};
    struct writer_tally tally = {.pixels = 0};
    writer_tally_indices(&tally, picture->grid, picture->image->pixels, wanted);
    return writer_report(picture->report, DIAG_PIXEL_INEXPRESSIBLE,
                         &(struct base_details){.place = writer_pixels_place(picture->report, &tally, picture->grid),
                                                .expected = "at most 15 colours that are drawn",
                                                .actual = "16"},
                         "the pixel is opaque and has index 0, which is not drawn, and no other index is free; %s",
                         writer_tally_text(&tally, picture->grid).text);
}

/* Whether the opaque pixels of each tile have indices of one bank of sixteen. */
static bool looks_banked(const struct picture *picture)
{
    const struct writer_image *image = picture->image;
    uint8_t bank[WRITER_SHEET_TILES_MAX] = {0}; /* 1 + the bank of each tile; 0: not known */
    for (size_t i = 0; i < pixels_of(image); i++) {
        uint8_t *tile = &bank[writer_grid_tile(picture->grid, i)];
        uint8_t own = (uint8_t)(1 + image->pixels[i] / WRITER_PALETTE_COLOURS);
        if (picture->indexed.opacity[image->pixels[i]] == WRITER_OPAQUE) {
            if (*tile != 0 && *tile != own) {
                return false;
            }
            *tile = own;
        }
    }
    return true;
}

static bool report_high(const struct picture *picture, const struct writer_tally *high)
{
    bool banked = looks_banked(picture);
    return writer_report(picture->report, DIAG_PALETTE_INVALID,
                         &(struct base_details){.place = writer_pixels_place(picture->report, high, picture->grid),
                                                .expected = "indices from 0 to 15",
                                                .actual = writer_decimal(picture->image->pixels[high->first]).text,
                                                .cause = banked ? DIAG_CAUSE_PALETTE_BANKED : DIAG_CAUSE_PALETTE_HIGH},
                         "a palette has 16 colours%s: %s",
                         banked ? ", and each tile has indices of one palette of sixteen" : "",
                         writer_tally_text(high, picture->grid).text);
}

/* The indices of a picture that brings its palette. *kept: they are kept; else the picture goes by colour. */
static bool keep_own(const struct picture *picture, bool *kept)
{
    struct writer_tally high = {.pixels = 0};
    bool used[WRITER_PNG_PALETTE_MAX];
    bool may_move = writer_indexed_may_move(&picture->indexed);
    struct writer_palette palette;
    uint32_t moved;
    tally_high(picture, &high);
    if (high.pixels > 0) {
        return report_high(picture, &high);
    }
    if (may_move) {
        writer_indexed_uses(picture->image, used);
    }
    if (!writer_indexed_bring(&picture->indexed, may_move ? used : NULL, &palette, &moved)) {
        return report_no_spare(picture);
    }
    int index = writer_palette_set_find(picture->drawing->palettes, &palette);
    if (!BASE_INVARIANT(index >= 0)) {
        return writer_report(picture->report, DIAG_INTERNAL, NULL, "the palette of the picture was not collected");
    }
    *kept = !picture->candidates->fixed || picture->candidates->index[0] == index;
    if (*kept) {
        keep_indices(picture, moved, (uint8_t)index);
    }
    return true;
}

/* ---- Palettes ---- */

static bool match_colours(const struct picture *picture)
{
    struct writer_drawing *drawing = picture->drawing;
    struct writer_image *image = picture->image;
    if (drawing->colours == NULL) {
        drawing->colours = writer_colours_create(drawing->palettes);
    }
    if (drawing->colours == NULL) {
        return writer_report_memory(picture->report->findings);
    }
    const struct writer_unmatched unmatched = {
        .image = image,
        .grid = picture->grid,
        .indexed = image->indexed ? &picture->indexed : NULL,
        .keyed_by_entry = !image->indexed && drawing->rules.transparent == WORKSPACE_TRANSPARENT_INDEX &&
                          !writer_has_transparency(image),
        .candidates = picture->candidates,
    };
    struct writer_merged merged = {.earlier = 0};
    bool matched = writer_colours_match(drawing->colours, &unmatched, picture->result, &merged, picture->report);
    if (merged.tally.pixels > 0) {
        writer_warn_merged(picture->grid, &merged, picture->report);
    }
    return matched;
}

static bool match(const struct picture *picture)
{
    const struct writer_drawing *drawing = picture->drawing;
    bool kept = false;
    if (picture->image->indexed && drawing->rules.banked) {
        return writer_banked_match(picture->image, picture->grid, &picture->indexed, drawing->palettes,
                                   drawing->declared, picture->candidates, picture->result, picture->report);
    }
    if (picture->image->indexed && drawing->declared) {
        kept = keep_declared(picture);
    } else if (picture->image->indexed && !keep_own(picture, &kept)) {
        return false;
    }
    return kept || match_colours(picture);
}

bool writer_draw(struct writer_drawing *drawing, struct writer_image *image, const struct writer_grid *grid,
                 const struct writer_candidates *candidates, struct writer_tile_palettes *result,
                 const struct writer_reporter *report)
{
    struct picture picture = {
        .drawing = drawing, .image = image, .grid = grid, .candidates = candidates, .result = result, .report = report};
    if (image->indexed) {
        picture.indexed = writer_indexed_of(image->palette, image->palette_count, image->keyed, &drawing->rules);
    }
    writer_warn_frames(image, report);
    if (image->indexed) {
        writer_warn_indices(image, grid, &picture.indexed, report);
    }
    bool fine = writer_check_opacity(image, grid, image->indexed ? &picture.indexed : NULL, report);
    return drawing->palettes != NULL && match(&picture) && fine;
}
