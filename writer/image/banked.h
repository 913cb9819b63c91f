/* Banked pictures: an index names palette and entry. docs/contracts/workspace.md 3.2.2.
 *
 * Threads: no shared state. */
#ifndef PRPACK_WRITER_IMAGE_BANKED_H
#define PRPACK_WRITER_IMAGE_BANKED_H

#include "writer/image/colours.h"

/* Palette k of a picture: its colours 16 k … 16 k + 15, as many as there are. */
struct writer_palette writer_banked_palette(const struct writer_indexed *indexed, uint32_t k);

/* Replaces the pixels of an image by indices of the sheet. The palettes are those of the asset; declared says that they
 * come from files. Reports pixel-inexpressible, once per cause, and returns false; the pixels are then as they were. */
bool writer_banked_match(struct writer_image *image, const struct writer_grid *grid,
                         const struct writer_indexed *indexed, const struct writer_palette_set *palettes, bool declared,
                         const struct writer_candidates *candidates, struct writer_tile_palettes *result,
                         const struct writer_reporter *report);

#endif
