/* The source files of one asset against what asset_table_metadata.json records of them. */
#ifndef PRPACK_VERIFY_SOURCES_INPUTS_H
#define PRPACK_VERIFY_SOURCES_INPUTS_H

#include "verify/sources/source.h"
#include "verify/workspace/declaration.h"

/* What was seen of a source, which was found to be what is recorded. */
struct verify_source_seen {
    uint64_t size;
    struct base_hash hash;
};

/* source-changed: compares each recorded input, and checks that the declaration still lists the same ones in the same
 * order. declared may be NULL. *last is what was seen of the last one. */
bool verify_compare_inputs(const struct verify_source_asset *asset, struct verify_declared *declared,
                           struct verify_source_seen *last);

#endif
