/* Payloads that are packed already: what lets the writer leave sources alone.
 *
 * The writer does not know where they come from, nor why they are still right. It compares each payload with its hash
 * while it copies it. */
#ifndef PRPACK_WRITER_PROVIDER_H
#define PRPACK_WRITER_PROVIDER_H

#include "base/file.h"
#include "base/stamp.h"
#include "writer/warnings.h"

/* What was packed of one asset: all that is needed to pack it again without its sources. */
struct writer_packed {
    uint64_t offset; /* of the payload, from payload_offset of its pack */
    uint64_t size;
    uint64_t decoded_size;
    const char *metadata; /* canonical JSON */
    const char *pipeline; /* canonical JSON, or NULL */
    const char *tiles;    /* of the companion: canonical JSON, or NULL */
    struct base_hash payload_hash;
    struct base_hash decoded_hash;
    const struct base_content *inputs;     /* as many as the declaration has */
    const struct writer_warning *warnings; /* about the inputs; given again in each run */
    size_t warning_count;
};

struct writer_provider {
    /* What is packed of an asset, by its index in the workspace. NULL: it has to be packed from its sources. Called
     * from one thread, once for each asset, before anything is written; the answer has to hold until the run ends. */
    const struct writer_packed *(*find)(void *context, size_t asset);
    void *context;
    const struct base_file *pack; /* has the payloads */
    uint64_t payload_offset;      /* in the pack */
};

#endif
