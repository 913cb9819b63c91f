/* Encodes a loaded workspace into the four artifacts: docs/contracts/assets-pa-v1.md.
 *
 * It shares nothing with reader/ or verify/: what it knows of the format it has from the contract. Equal inputs
 * give equal bytes, whatever the directory, locale, umask, time, machine or number of workers. */
#ifndef PRPACK_WRITER_WRITER_H
#define PRPACK_WRITER_WRITER_H

#include "workspace/workspace.h"

/* Called now and then from one thread at a time while payloads are written; may be NULL. */
typedef void (*pp_write_progress)(void *context, uint64_t bytes_done, uint64_t bytes_total, size_t assets_done,
                                  size_t assets_total);

struct pp_write_options {
    unsigned jobs; /* workers; 0: one a processor */
    pp_write_progress progress;
    void *progress_context;
};

struct pp_write_summary {
    size_t assets;
    size_t preloads;
    uint64_t pack_size;   /* bytes of assets.pa */
    uint64_t input_bytes; /* bytes of sources read */
};

/* Writes assets.pa, asset_table.json, preload.json and asset_table_metadata.json into the directory staging_fd,
 * which is empty, and fsyncs each. Reports every fault of every asset that it can find in one run. False when there
 * was one; the files in the staging directory are then worthless. staging_display names the directory in messages.
 *
 * The workspace is loaded, without faults, and its assets ascend by asset_id. No argument is NULL. *summary is all zero
 * after a failure. Findings come in the same order whatever the number of workers; those that were there before are
 * left alone. Threads: runs do not share anything; the workspace is only read. */
bool pp_write_artifacts(const struct pp_workspace *workspace, int staging_fd, const char *staging_display,
                        const struct pp_write_options *options, struct pp_write_summary *summary,
                        struct pp_findings *findings);

#endif
