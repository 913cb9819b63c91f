/* One asset of the pack against its declaration and its sources. */
#ifndef PRPACK_VERIFY_SOURCES_ASSET_H
#define PRPACK_VERIFY_SOURCES_ASSET_H

#include "verify/sources/source.h"

/* source-changed, source-mismatch. inputs is the array of the asset in asset_table_metadata.json. */
void verify_compare_asset(const struct verify_source_asset *asset, struct json_token inputs);

#endif
