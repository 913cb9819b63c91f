/* The record of where each sprite lies in the sheet, and of its palettes: docs/contracts/assets-pa-v1.md 3.1.
 *
 * Threads: no shared state. */
#ifndef PRPACK_WRITER_ENCODE_TILES_H
#define PRPACK_WRITER_ENCODE_TILES_H

#include "base/text.h"
#include "writer/image/colours.h"

/* Appends the element of one sprite to an array that has its opening bracket already. */
void writer_tiles_print(struct base_text *text, const char *path, uint32_t tile, const struct writer_grid *grid,
                        const struct writer_tile_palettes *palettes);

#endif
