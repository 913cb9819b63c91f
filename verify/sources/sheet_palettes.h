/* The palettes that an asset of GLYPH/indexed_v1 has by its workspace: docs/contracts/workspace.md, 3.2. */
#ifndef PRPACK_VERIFY_SOURCES_SHEET_PALETTES_H
#define PRPACK_VERIFY_SOURCES_SHEET_PALETTES_H

#include "verify/sources/palette_read.h"
#include "verify/sources/png_pixels.h"
#include "verify/sources/source.h"
#include "verify/workspace/declaration.h"

/* A palette in colours of the console; what it does not have is zero, so black. */
struct verify_sheet_palette {
    uint32_t count; /* entries that its source has */
    uint16_t colours[VERIFY_PALETTE_ENTRIES];
};

/* items[i].count is 0 where there is no palette i; from `authored` on there is none. */
struct verify_palettes {
    uint32_t authored;
    struct verify_sheet_palette items[VERIFY_PALETTE_INDICES];
    const char *paths[VERIFY_PALETTE_INDICES]; /* the file that it came from, relative to the root; borrowed */
};

/* Reads the declared palettes. False when one cannot be read, which is reported (palette-invalid, environment-*). */
bool verify_palettes_read(const struct verify_source_asset *asset, const struct verify_declared *declared,
                          struct verify_palettes *palettes);

/* Without declared palettes: adds the one that an image brings, unless it or a longer one is there already. The longer
 * one of two stays in the place of the first. *index is its place. False when there is no room for it. */
bool verify_palettes_collect(struct verify_palettes *palettes, const struct verify_sheet_palette *brought,
                             const char *path, uint32_t *index);

/* The same for the palette of a given index. False, and nothing is changed, when neither it nor the one that is there
 * is the beginning of the other. */
bool verify_palettes_collect_at(struct verify_palettes *palettes, const struct verify_sheet_palette *brought,
                                const char *path, uint32_t index);

/* The lowest of the entries 1 … 15 that a palette has with a colour; 0: none. */
uint32_t verify_palette_entry(const struct verify_sheet_palette *palette, uint16_t colour);

#endif
