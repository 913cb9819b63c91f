/* One asset of the build set against the pack. */
#ifndef PRPACK_VERIFY_SOURCES_ASSET_H
#define PRPACK_VERIFY_SOURCES_ASSET_H

#include "verify/sources/between.h"
#include "verify/sources/source.h"

/* Reads its declaration, and compares what the set has of the asset with it and with the sources. *summary is filled;
 * the caller frees its name. */
void verify_compare_asset(const struct verify_source_asset *asset, struct verify_summary *summary);

#endif
