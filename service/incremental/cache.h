/* assets/.prometeu/cache.json: what the last build packed from which bytes. docs/contracts/build-cache.md.
 *
 * Nothing relies on it: what is wrong with one, or keeps it from being read or written, is never reported. It is read
 * as hostile input all the same. Threads: one at a time; a cache that was read may be shared. */
#ifndef PRPACK_SERVICE_INCREMENTAL_CACHE_H
#define PRPACK_SERVICE_INCREMENTAL_CACHE_H

#include "base/text.h"
#include "service/transaction/seal.h"
#include "service/transaction/swap.h"
#include "workspace/workspace.h"
#include "writer/writer.h"

struct service_cached_asset {
    int32_t asset_id;
    const char *asset_uuid;
    const char *root;
    struct base_content anchor;
    const char *const *paths; /* of the inputs */
    struct base_content *inputs;
    size_t input_count;
    size_t first_input;   /* in the cache's arrays */
    size_t first_warning; /* likewise */
    const char *name;
    size_t name_at;
    enum workspace_asset_type type;
    bool preload;
    bool has_slot;
    uint32_t slot;
    struct writer_packed packed;
    bool kept; /* set by a survey: record, anchor and inputs are as they were; their stamps are the present ones */
};

/* Why the last build has nothing for this one. */
enum service_cache_lack {
    SERVICE_CACHE_NONE, /* there is no cache, or it is damaged, or it was written elsewhere */
    SERVICE_CACHE_OTHER_PACKER,
    SERVICE_CACHE_OTHER_OUTPUT
};

/* Strings belong to the cache. assets ascend strictly by asset_id. */
struct service_cache {
    enum service_cache_lack lack; /* of one that is empty because it does not count */
    int64_t recorded;             /* when the build began that wrote it */
    struct service_cached_asset *assets;
    size_t count;
    uint64_t payload_offset;
    struct base_content artifacts[SERVICE_ARTIFACT_COUNT];

    /* Private. */
    const char **paths;
    struct base_content *inputs;
    struct writer_warning *warnings;
    size_t input_count;
    size_t warning_count;
    size_t asset_capacity;
    size_t path_capacity;
    size_t seen_capacity;
    size_t warning_capacity;
    char *strings;
};

#define SERVICE_CACHE_EMPTY ((struct service_cache){.count = 0})

/* Reads the cache of the registry's directory. False when there is none that counts for a build into `output`, a path
 * as service_output has it, relative to the workspace where it is not absolute; *cache is then empty, but for `lack`.
 */
bool service_cache_read(struct service_cache *cache, struct base_task *task, int registry_fd, const char *output);
/* Where a cache counts. */
struct service_cache_scope {
    const char *packer;              /* version */
    const struct service_seal *seal; /* of the registry's directory */
    const char *output;
};

/* Reads a cache out of a text. False when it does not count in the scope, is not whole, or memory ran out; *cache is
 * then empty, but for `lack`. */
bool service_cache_parse(struct service_cache *cache, struct base_task *task, struct base_bytes text,
                         const struct service_cache_scope *scope);

/* Accepts an empty one. */
void service_cache_free(struct service_cache *cache);

/* NULL when there is none. */
struct service_cached_asset *service_cache_find(const struct service_cache *cache, int32_t asset_id);

/* A text that becomes a cache: begin, each asset of the build set in order, end. Running out of memory, or of room,
 * shows in the end only. */
void service_cache_text_begin(struct base_text *text, const char *output, int64_t recorded);
/* Returns false when nothing more is needed. */
bool service_cache_text_asset(struct base_text *text, const struct workspace_asset *asset,
                              const struct writer_packed *packed);
/* Completes the text and writes it into the registry's directory, whole or not at all. */
void service_cache_text_write(struct base_text *text, int registry_fd, uint64_t payload_offset,
                              const struct base_content artifacts[SERVICE_ARTIFACT_COUNT]);

#endif
