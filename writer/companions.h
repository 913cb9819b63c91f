/* The companions beside the pack: docs/contracts/assets-pa-v1.md 3. Threads: no shared state. */
#ifndef PRPACK_WRITER_COMPANIONS_H
#define PRPACK_WRITER_COMPANIONS_H

#include "writer/header.h"

/* The staging directory. All borrowed. */
struct pp_staging {
    int fd;
    const char *display;
};

/* What asset_table_metadata.json says of the pack. */
struct pp_pack_facts {
    uint64_t size;
    struct pp_hash hash;
};

/* Each writes one file and syncs it. */
bool pp_writer_write_asset_table(const struct pp_staging *staging, const struct pp_header *header,
                                 struct pp_findings *findings);
bool pp_writer_write_preload(const struct pp_staging *staging, const struct pp_header *header,
                             struct pp_findings *findings);
bool pp_writer_write_metadata(const struct pp_staging *staging, const struct pp_plan *plan,
                              const struct pp_header *header, const struct pp_pack_facts *facts,
                              struct pp_findings *findings);

#endif
