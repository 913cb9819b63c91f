/* `tiles` in asset_table_metadata.json, element by element: assets-pa-v1.md 3.1. */
#ifndef PRPACK_VERIFY_CORE_RECORDED_TILES_H
#define PRPACK_VERIFY_CORE_RECORDED_TILES_H

#include "verify/core/facts.h"

/* One element; each value is whole. */
struct verify_recorded_sprite {
    struct json_token object;
    struct json_token path;
    struct json_token tile, columns, rows; /* kind JSON_NUMBER */
    struct json_token palette;             /* kind JSON_NUMBER, or JSON_END: there is palettes instead */
    struct json_token palettes;            /* kind JSON_ARRAY_BEGIN, or JSON_END */
};

/* A place and a size that are known to lie in a sheet. */
struct verify_tile_range {
    uint32_t first, columns, rows;
};

/* Begins a walk over the elements of an asset that has `tiles`, of a record whose form was accepted. */
void verify_recorded_tiles_begin(struct json_walk *walk, const struct verify_record *record, size_t asset);
/* The next element; false after the last one. */
bool verify_recorded_tiles_next(struct json_walk *walk, struct verify_recorded_sprite *sprite);

/* The same for an asset whose tiles_fit is set: only where the tiles are. */
bool verify_recorded_tiles_next_range(struct json_walk *walk, struct verify_tile_range *range);

#endif
