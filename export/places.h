/* One element of `tiles`: which tiles of the sheet a sprite has, and their palettes. Private to export/. */
#ifndef PRPACK_EXPORT_PLACES_H
#define PRPACK_EXPORT_PLACES_H

#include "base/text.h"
#include "export/sheet.h"
#include "json/walk.h"

enum { EXPORT_TILES_MOST = 1024 }; /* of the smallest tiles in a sheet */

struct export_place {
    uint32_t tile;
    uint32_t columns;
    uint32_t rows;
    bool has_one;                        /* palette; else each tile has its own */
    uint8_t palettes[EXPORT_TILES_MOST]; /* of each tile, row by row */
};

/* Reads an element of the array. False when it does not fit the sheet. */
bool export_place_read(const struct export_sheet *sheet, struct base_bytes text, struct json_token element,
                       struct export_place *place);

/* Which tiles are taken. */
struct export_cover {
    bool taken[EXPORT_TILES_MOST];
};

/* Takes the tiles of a sprite. False when one is taken already. */
bool export_cover_take(struct export_cover *cover, const struct export_place *place);

/* Whether all tiles that are not taken are empty. */
bool export_cover_is_all(const struct export_cover *cover, const struct export_sheet *sheet);

/* Appends the picture of a sprite. False when memory ran out. */
bool export_place_draw(const struct export_sheet *sheet, const struct export_place *place, bool banked,
                       struct base_text *png);

#endif
