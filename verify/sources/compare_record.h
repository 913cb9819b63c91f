/* The identity of an asset: what index.json says against asset_table_metadata.json. */
#ifndef PRPACK_VERIFY_SOURCES_COMPARE_RECORD_H
#define PRPACK_VERIFY_SOURCES_COMPARE_RECORD_H

#include "verify/sources/source.h"

/* record-mismatch. False when the set speaks of another asset altogether: both uuid and root differ. */
bool verify_compare_record(const struct verify_source_asset *asset);

#endif
