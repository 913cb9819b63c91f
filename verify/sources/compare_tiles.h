/* `tiles` of asset_table_metadata.json against the places and palettes that the workspace gives. */
#ifndef PRPACK_VERIFY_SOURCES_COMPARE_TILES_H
#define PRPACK_VERIFY_SOURCES_COMPARE_TILES_H

#include "verify/sources/sheet.h"

/* tiles-mismatch, the first difference of each sprite. Every sprite has its place and its palettes. Does nothing for a
 * document of version 1. */
void verify_compare_tiles(const struct verify_sheet *sheet);

/* tiles-mismatch of an asset whose format has no tiles. */
void verify_compare_no_tiles(const struct verify_source_asset *asset);

#endif
