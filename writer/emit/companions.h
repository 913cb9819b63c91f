/* The companions beside the pack: docs/contracts/assets-pa-v1.md 3. Threads: no shared state. */
#ifndef PRPACK_WRITER_EMIT_COMPANIONS_H
#define PRPACK_WRITER_EMIT_COMPANIONS_H

#include "writer/emit/header.h"

/* What asset_table_metadata.json says of the pack. */
struct writer_pack_facts {
    uint64_t size;
    struct base_hash hash;
};

/* Each writes one file and syncs it. */
bool writer_write_asset_table(const struct writer_staging *staging, const struct writer_header *header,
                              struct base_findings *findings);
bool writer_write_preload(const struct writer_staging *staging, const struct writer_header *header,
                          struct base_findings *findings);
bool writer_write_metadata(const struct writer_staging *staging, const struct writer_plan *plan,
                           const struct writer_header *header, const struct writer_pack_facts *facts,
                           struct base_findings *findings);

#endif
