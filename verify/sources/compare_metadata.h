/* Metadata and decoded_size of an entry against what declaration and sources give. */
#ifndef PRPACK_VERIFY_SOURCES_COMPARE_METADATA_H
#define PRPACK_VERIFY_SOURCES_COMPARE_METADATA_H

#include "verify/sources/computed.h"
#include "verify/sources/source.h"
#include "verify/workspace/declaration.h"

/* metadata-mismatch; declaration-value where a declared member is not the computed one. What the sources do
 * not say is not compared, and reported elsewhere; source_size is that of the one source of a raw format. */
void verify_compare_metadata(const struct verify_source_asset *asset, struct verify_declared *declared,
                             const struct verify_computed *computed, uint64_t source_size);

#endif
