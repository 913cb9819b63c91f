/* A payload against the file whose bytes it holds. */
#ifndef PRPACK_VERIFY_SOURCES_COMPARE_RAW_H
#define PRPACK_VERIFY_SOURCES_COMPARE_RAW_H

#include "verify/sources/inputs.h"

/* source-mismatch. seen is what was seen of the file, which is unchanged. */
void verify_compare_raw(const struct verify_source_asset *asset, const char *path,
                        const struct verify_source_seen *seen);

#endif
