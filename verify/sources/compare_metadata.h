/* Metadata and decoded_size of an entry against what declaration and sources give. */
#ifndef PRPACK_VERIFY_SOURCES_COMPARE_METADATA_H
#define PRPACK_VERIFY_SOURCES_COMPARE_METADATA_H

#include "verify/sources/source.h"
#include "verify/workspace/declaration.h"

/* metadata-mismatch; declaration-value where a declared member is not the computed one. palette_authored is that of
 * VERIFY_SOURCE_GLYPH; source_size is that of the one source of a raw format. Rate, channels and frames of a sound are
 * compared with its file elsewhere. */
void verify_compare_metadata(const struct verify_source_asset *asset, struct verify_declared *declared,
                             uint32_t palette_authored, uint64_t source_size);

#endif
