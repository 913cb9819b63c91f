/* Packed sheets, for a caller that wants to look at tiles and palettes.
 *
 * Tiles are counted from 0, row by row, in the sheet and in pictures. All of it is lent for the call. */
#ifndef PRPACK_WRITER_SHEETS_H
#define PRPACK_WRITER_SHEETS_H

#include "workspace/model/model.h"

/* One tile of the sheet, and where it comes from. */
struct writer_packed_tile {
    bool drawn;      /* a sprite has it; else nothing else is set, and the tile is not part of the bank */
    size_t input;    /* of the declaration: the sprite */
    uint32_t number; /* of the tile in the picture */
    uint32_t x, y;   /* of its first pixel in the picture */
    uint32_t palette;
};

struct writer_packed_sheet {
    const struct workspace_asset *asset; /* `record` is that of the workspace */
    uint32_t tile_size;
    uint32_t across;        /* tiles in a row of the sheet, and rows */
    const uint8_t *indices; /* one per pixel, row by row: across * tile_size in a row */
    const struct writer_packed_tile *tiles;
    const uint32_t *entries; /* of each palette below palette_count: how many entries it has; 0: there is no such
                                palette */
    uint32_t palette_count;
};

struct writer_sheets {
    void *context;
    /* Called once for each asset of GLYPH/indexed_v1 that could be packed, by the workers, by several at once. */
    void (*show)(void *context, const struct writer_packed_sheet *sheet);
};

#endif
