/* The palettes that an asset of GLYPH/indexed_v1 has by its workspace: docs/contracts/workspace.md, 3.2. */
#ifndef PRPACK_VERIFY_SOURCES_SHEET_PALETTES_H
#define PRPACK_VERIFY_SOURCES_SHEET_PALETTES_H

#include "verify/sources/palette_read.h"
#include "verify/sources/png_pixels.h"
#include "verify/sources/source.h"
#include "verify/workspace/declaration.h"

/* items[i].count is 0 where there is no palette i; from `authored` on there is none. */
struct verify_palettes {
    uint32_t authored;
    struct verify_palette items[VERIFY_PALETTE_INDICES];
    const char *paths[VERIFY_PALETTE_INDICES]; /* the file that it came from, relative to the root; borrowed */
};

/* Reads the declared palettes. False when one cannot be read, which is reported (palette-invalid, environment-*). */
bool verify_palettes_read(const struct verify_source_asset *asset, const struct verify_declared *declared,
                          struct verify_palettes *palettes);

/* Without declared palettes: adds that of an indexed image, unless it is there already. False when there is no room for
 * it. */
bool verify_palettes_collect(struct verify_palettes *palettes, const struct verify_pixels *image, const char *path);

/* The index of a colour: the lowest one from 1 up, else 0; -1 when the palette does not have it. */
int verify_palette_index(const struct verify_palette *palette, struct verify_palette_colour colour);

#endif
