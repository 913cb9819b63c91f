/* Encodes a loaded workspace into the four artifacts: docs/contracts/assets-pa-v1.md.
 *
 * It shares nothing with reader/ or verify/: what it knows of the format it has from the contract. Equal inputs
 * give equal bytes, whatever the directory, locale, umask, time, machine or number of workers. */
#ifndef PRPACK_WRITER_WRITER_H
#define PRPACK_WRITER_WRITER_H

#include "base/task.h"
#include "workspace/workspace.h"
#include "writer/memory.h"
#include "writer/pictures.h"
#include "writer/provider.h"
#include "writer/sheets.h"

/* Another number whenever the same sources may become other bytes, or are refused: what was packed with one number must
 * not be provided to a writer with another. */
enum { WRITER_NUMBER = 10 };

/* 1 GiB. */
#define WRITER_DECODED_DEFAULT (UINT64_C(1) << 30)

/* Called with what was packed of the asset `index`, in rising index, when everything is written. What it points to is
 * lent for the call. Returns false to end the calls. */
typedef bool (*writer_packed_sink)(void *context, size_t index, const struct writer_packed *packed);

struct writer_options {
    struct base_task *task;                 /* or NULL */
    unsigned jobs;                          /* workers; 0: one per processor */
    uint64_t max_decoded;                   /* bytes that all sounds together may decode to in this run;
                                               0: WRITER_DECODED_DEFAULT */
    const struct writer_provider *provider; /* or NULL: each payload is packed from its sources */
    const struct writer_pictures *pictures; /* gets each picture with a finding about its pixels; or NULL */
    const struct writer_sheets *sheets;     /* gets each sheet that was packed from its sources; or NULL */
    const struct writer_memory *memory;     /* takes the artifacts in place of staging_fd; or NULL */
    writer_packed_sink packed;              /* or NULL */
    void *packed_context;
};

struct writer_summary {
    size_t assets;
    size_t kept; /* of them, from the provider */
    size_t preloads;
    uint64_t pack_size;         /* bytes of assets.pa */
    uint64_t payload_offset;    /* in assets.pa */
    uint64_t input_bytes;       /* of all sources */
    struct base_hash pack_hash; /* zero when nothing was written */
    bool stale; /* after a failure: only because a payload of the provider is not as it says, which is not reported */
};

/* Writes assets.pa, asset_table.json, preload.json and asset_table_metadata.json into the directory staging_fd,
 * which is empty, and fsyncs each. With staging_fd -1 and no memory it does all of its work but writes nothing. Reports
 * every fault of every asset that it can find in one run. False when there was one; the files in the staging directory
 * are then worthless. staging_display names the directory in messages.
 *
 * The workspace is loaded, without faults, and its assets ascend by asset_id. No argument is NULL. *summary is all zero
 * after a failure, but for `stale`. Findings come in the same order whatever the number of workers; those that were
 * there before are left alone. When the task is cancelled, it returns false, and findings of its own may be wrong.
 * Threads: runs do not share anything; the workspace is only read. */
bool writer_write_artifacts(const struct workspace *workspace, int staging_fd, const char *staging_display,
                            const struct writer_options *options, struct writer_summary *summary,
                            struct base_findings *findings);

#endif
