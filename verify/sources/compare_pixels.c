#include "verify/sources/compare_pixels.h"

#include "base/report.h"
#include "verify/sources/report_pixels.h"

#include <stdio.h>
#include <string.h>

/* What has been found so far. */
struct comparison {
    const struct verify_sheet *sheet;
    bool has_wrong_index; /* or a stray tile: others follow from it */
};

enum { NUMBER_TEXT = 64 };

/* ---- Findings ---- */

/* A pixel of a sprite, in the picture and in the sheet. */
struct pixel {
    uint32_t x, y;
    uint32_t tile; /* of the sheet */
    uint32_t palette;
    uint32_t expected, actual;
};

/* The pixels of one sprite that differ for one reason. */
struct difference {
    struct verify_tally tally;
    struct pixel first;
};

struct differences {
    struct difference opacity;
    struct difference index;
};

static void add_pixel(struct differences *differences, const struct pixel *pixel)
{
    bool opacity = (pixel->expected == 0) != (pixel->actual == 0);
    struct difference *difference = opacity ? &differences->opacity : &differences->index;
    verify_tally_add(&difference->tally, pixel->x, pixel->y);
    if (difference->tally.x == pixel->x && difference->tally.y == pixel->y) {
        difference->first = *pixel;
    }
}

static void report_difference(const struct verify_sheet *sheet, const struct verify_sprite *sprite,
                              const struct difference *difference, enum diag diagnostic, const char *text)
{
    const struct pixel *first = &difference->first;
    char expected[NUMBER_TEXT];
    char actual[NUMBER_TEXT];
    (void)snprintf(expected, sizeof expected, "index %u of palette %u", (unsigned)first->expected,
                   (unsigned)first->palette);
    (void)snprintf(actual, sizeof actual, "index %u", (unsigned)first->actual);
    const struct base_details details = {.expected = first->expected == 0 ? "index 0" : expected, .actual = actual};
    verify_report_pixels(sheet->asset, diagnostic, sprite->shown, &difference->tally, &details,
                         "tile %u of the sheet has %s", (unsigned)first->tile, text);
}

static void report_differences(const struct verify_sheet *sheet, const struct verify_sprite *sprite,
                               const struct differences *differences)
{
    if (differences->opacity.tally.pixels > 0) {
        report_difference(sheet, sprite, &differences->opacity, DIAG_OPACITY_MISMATCH,
                          differences->opacity.first.expected == 0 ? "a colour where the image is transparent"
                                                                   : "a hole where the image is opaque");
    }
    if (differences->index.tally.pixels > 0) {
        report_difference(sheet, sprite, &differences->index, DIAG_SOURCE_MISMATCH,
                          "another index than the pixel of the image");
    }
}

static void report_stray(struct comparison *comparison, uint32_t tile)
{
    const struct verify_source_asset *asset = comparison->sheet->asset;
    if (comparison->has_wrong_index) {
        return;
    }
    comparison->has_wrong_index = true;
    verify_report_source(asset, DIAG_SOURCE_MISMATCH,
                         &(struct base_place){.file = asset->subject->path,
                                              BASE_AT_BYTE(verify_payload_position(asset->facts, asset->known), 0)},
                         "tile %u is not empty, and no image has it", (unsigned)tile);
}

/* ---- Indices ---- */

static uint32_t index_of(const struct verify_sprite *sprite, const struct verify_sheet_palette *palette,
                         verify_cell cell)
{
    uint32_t index = verify_cell_index(cell);
    uint16_t colour = verify_cell_colour(cell);
    if (verify_cell_is_transparent(cell)) {
        return 0;
    }
    switch (sprite->way) {
    case VERIFY_WAY_KEPT:
        return index == 0 ? sprite->moved : index;
    case VERIFY_WAY_BANKED:
        index %= VERIFY_PALETTE_ENTRIES;
        return index == 0 ? verify_palette_entry(palette, colour) : index;
    case VERIFY_WAY_BY_COLOUR:
        break;
    }
    return sprite->picture.keyed && colour == palette->colours[0] ? 0 : verify_palette_entry(palette, colour);
}

/* The indices of a row of a tile, as the payload has them. Equal neighbours are looked up once. */
static void make_row(const struct verify_sprite *sprite, const struct verify_sheet_palette *palette,
                     const verify_cell *cells, uint32_t side, uint8_t *out)
{
    verify_cell last = VERIFY_CELL_TRANSPARENT;
    uint32_t index = 0;
    for (uint32_t x = 0; x < side; x++) {
        if (cells[x] != last) {
            last = cells[x];
            index = index_of(sprite, palette, last);
        }
        out[x / 2] = (uint8_t)(x % 2 == 0 ? index << 4 : out[x / 2] | index);
    }
}

/* ---- Tiles ---- */

static uint32_t nibble(const uint8_t *row, uint32_t x)
{
    return (uint32_t)(x % 2 == 0 ? row[x / 2] >> 4 : row[x / 2] & 0xF);
}

static const uint8_t *payload_row(const struct verify_sheet *sheet, uint32_t tile, uint32_t y)
{
    struct verify_sheet_place at = verify_sheet_place_of(sheet, tile);
    return sheet->payload + ((size_t)(at.y + y) * PP_GLYPH_SIDE + at.x) / 2;
}

/* A row of tile number `of` of the sprite that differs. */
static void compare_row(const struct verify_sheet *sheet, const struct verify_sprite *sprite, uint32_t of, uint32_t y,
                        const uint8_t *expected, struct differences *differences)
{
    uint32_t side = sheet->declared->tile_size;
    uint32_t columns = verify_sprite_columns(sheet, sprite);
    const uint8_t *actual = payload_row(sheet, sprite->first_tile + of, y);
    for (uint32_t x = 0; x < side; x++) {
        const struct pixel pixel = {.x = of % columns * side + x,
                                    .y = of / columns * side + y,
                                    .tile = sprite->first_tile + of,
                                    .palette = sprite->palettes[of],
                                    .expected = nibble(expected, x),
                                    .actual = nibble(actual, x)};
        if (pixel.expected != pixel.actual) {
            add_pixel(differences, &pixel);
        }
    }
}

static void compare_tile(const struct verify_sheet *sheet, const struct verify_sprite *sprite, uint32_t of,
                         struct differences *differences)
{
    const struct verify_sheet_palette *palette = &sheet->palettes.items[sprite->palettes[of]];
    uint32_t side = sheet->declared->tile_size;
    uint32_t columns = verify_sprite_columns(sheet, sprite);
    const verify_cell *cells =
        sprite->picture.cells + (size_t)(of / columns) * side * sprite->picture.width + (size_t)(of % columns) * side;
    uint8_t expected[VERIFY_TILE_SIZE_MAX / 2] = {0};
    for (uint32_t y = 0; y < side; y++, cells += sprite->picture.width) {
        make_row(sprite, palette, cells, side, expected);
        if (memcmp(expected, payload_row(sheet, sprite->first_tile + of, y), side / 2) != 0) {
            compare_row(sheet, sprite, of, y, expected, differences);
        }
    }
}

static void compare_sprite(struct comparison *comparison, const struct verify_sprite *sprite)
{
    const struct verify_sheet *sheet = comparison->sheet;
    uint32_t side = sheet->declared->tile_size;
    struct differences differences = {.opacity.tally = verify_tally_of(sprite->picture.width, side),
                                      .index.tally = verify_tally_of(sprite->picture.width, side)};
    for (uint32_t of = 0; of < verify_sprite_tiles(sheet, sprite); of++) {
        compare_tile(sheet, sprite, of, &differences);
    }
    report_differences(sheet, sprite, &differences);
    comparison->has_wrong_index = comparison->has_wrong_index || differences.index.tally.pixels > 0;
}

static bool is_empty(const struct verify_sheet *sheet, uint32_t tile)
{
    static const uint8_t zero[VERIFY_TILE_SIZE_MAX / 2];
    uint32_t side = sheet->declared->tile_size;
    uint32_t y = 0;
    while (y < side && memcmp(payload_row(sheet, tile, y), zero, side / 2) == 0) {
        y++;
    }
    return y == side;
}

void verify_compare_pixels(const struct verify_sheet *sheet, const bool taken[VERIFY_SHEET_TILES_MAX])
{
    struct comparison comparison = {.sheet = sheet};
    for (size_t i = 0; i < sheet->count; i++) {
        compare_sprite(&comparison, &sheet->sprites[i]);
    }
    for (uint32_t tile = 0; tile < verify_sheet_tiles(sheet); tile++) {
        if (!taken[tile] && !is_empty(sheet, tile)) {
            report_stray(&comparison, tile);
        }
    }
}
