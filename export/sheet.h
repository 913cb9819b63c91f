/* The sheet of a GLYPH payload as pictures and palettes: docs/contracts/extract.md 2.1.
 *
 * `payload` has PP_GLYPH_STORED bytes. Functions that return int return 0, ENOMEM or what the sink returned. */
#ifndef PRPACK_EXPORT_SHEET_H
#define PRPACK_EXPORT_SHEET_H

#include "export/file.h"

/* A sheet, and how it is divided. */
struct export_sheet {
    struct base_bytes payload; /* PP_GLYPH_STORED bytes; borrowed */
    uint32_t tile_size;        /* 8, 16 or 32 */
    uint32_t palettes;         /* 1 … 64 */
};

/* Hands over sheet.png. */
int export_sheet_give_picture(struct base_bytes payload, const struct export_sink *sink);

/* Hands over the first `count` palettes. */
int export_sheet_give_palettes(struct base_bytes payload, uint32_t count, const struct export_sink *sink);

#endif
