/* The sheet that sprites and palettes of an asset give: docs/contracts/workspace.md, 3.2. */
#ifndef PRPACK_VERIFY_SOURCES_SHEET_H
#define PRPACK_VERIFY_SOURCES_SHEET_H

#include "base/findings.h"
#include "reader/decode.h"
#include "verify/sources/sheet_palettes.h"

enum { VERIFY_SHEET_PIXELS = PP_GLYPH_SIDE * PP_GLYPH_SIDE };

/* Sprites fill the sheet tile by tile. */
struct verify_sheet {
    uint32_t tile_size;
    uint32_t tiles; /* filled so far */
    struct verify_palettes palettes;
    uint8_t indices[VERIFY_SHEET_PIXELS]; /* of each pixel, row-major */
};

/* A place in the sheet, in pixels. */
struct verify_sheet_place {
    uint32_t x, y;
};

static inline uint32_t verify_sheet_tiles_across(const struct verify_sheet *sheet)
{
    return PP_GLYPH_SIDE / sheet->tile_size;
}

static inline struct verify_sheet_place verify_sheet_place_of(const struct verify_sheet *sheet, uint32_t tile)
{
    uint32_t across = verify_sheet_tiles_across(sheet);
    return (struct verify_sheet_place){.x = tile % across * sheet->tile_size, .y = tile / across * sheet->tile_size};
}

/* Adds an image. kept: its indices are taken as they are; else each tile gets the lowest palette that has all its
 * colours. False when the sheet cannot have it: *text says why, and *at is the place of the pixel of the image, if any.
 */
bool verify_sheet_add(struct verify_sheet *sheet, const struct verify_pixels *image, bool kept, const char **text,
                      struct base_place *at);

#endif
