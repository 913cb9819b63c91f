/* What the last build packed, as far as it still holds: docs/contracts/build-cache.md.
 *
 * This is the only module that knows that anything is kept. The workspace gets declarations, and the writer a provider
 * of payloads that are packed already; neither knows where they come from. What the module keeps is in cache.json.
 * Nothing relies on it: what is wrong with that file, or keeps it from being read or written, is never reported.
 *
 * A build begins, and asks whether nothing has changed. If so, and the published artifacts hold as well, it is finished
 * and renews the cache. Otherwise it loads the workspace, writes with the provider, shows the staged artifacts, and
 * saves the next cache when they are published.
 *
 * Threads: one at a time. */
#ifndef PRPACK_SERVICE_INCREMENTAL_INCREMENTAL_H
#define PRPACK_SERVICE_INCREMENTAL_INCREMENTAL_H

#include "service/service.h"
#include "service/transaction/directory.h"
#include "workspace/workspace.h"
#include "writer/writer.h"

struct service_incremental;

struct service_incremental_request {
    struct workspace *workspace; /* opened; borrowed */
    int registry_fd;             /* the directory of cache.json; holds the workspace lock; borrowed */
    const char *output; /* what the output directory is known by: relative to the project, or, when it is outside, as
                           the user named it; borrowed */
    int64_t begun;      /* when the build began */
    unsigned jobs;      /* workers; 0: one per processor */
    bool show_pixels;   /* pack what the last build has warned of, as far as it is about pixels */
    bool ignore;        /* pack everything from its sources; save the next cache all the same */
};

/* Compares all files of the build set with the last build, loads the declarations that are not kept, and scans the
 * workspace. Findings are those of workspace_scan, those of workspace_load, then those of
 * workspace_report_undeclared. NULL when memory ran out. */
struct service_incremental *service_incremental_begin(const struct service_incremental_request *request,
                                                      struct base_findings *findings);
/* Accepts NULL. */
void service_incremental_end(struct service_incremental *incremental);

/* Visits what the set is made from, as far as it is known: for each record of the build set its asset.json and, unless
 * that is faulty, its inputs, all relative to assets/. Called before service_incremental_load. Returns false when the
 * visitor did or memory ran out. */
typedef bool (*service_file_visitor)(void *context, const char *root, const char *path);
bool service_incremental_each_file(const struct service_incremental *incremental, service_file_visitor visit,
                                   void *context);

/* ---- Nothing has changed ---- */

/* Whether all assets are kept, and there were no others. */
bool service_incremental_unchanged(const struct service_incremental *incremental);
/* Whether the four artifacts in a directory are those that the last build published. */
bool service_incremental_published(struct service_incremental *incremental, int directory_fd);
/* What was published, when it is unchanged. */
struct writer_summary service_incremental_summary(const struct service_incremental *incremental);
/* Gives the warnings of the last build again, about what is kept. */
void service_incremental_warn(const struct service_incremental *incremental, struct base_findings *findings);
/* Saves the cache again where that spares the next build from reading files. Loads the workspace for it. */
void service_incremental_renew(struct service_incremental *incremental, struct base_findings *findings);

/* ---- Something has changed ---- */

/* Keeps nothing any more. */
void service_incremental_forget(struct service_incremental *incremental);

/* Says of each asset whether it is kept, and why. Called before service_incremental_load. False when memory ran out;
 * *explained is then empty. */
bool service_incremental_explain(const struct service_incremental *incremental, struct service_explained *explained);

/* Loads the workspace, without what is kept: a declaration that is kept has no more than the writer needs for an asset
 * that is packed. Called once. True and findings as of workspace_load. */
bool service_incremental_load(struct service_incremental *incremental, struct base_findings *findings);

/* Whether the workspace that was loaded has declarations that are kept. It can be written with the provider only. */
bool service_incremental_keeps(const struct service_incremental *incremental);
/* Fills *provider with what is kept, for the workspace as it was loaded; the artifacts of the last build are in
 * directory_fd. The provider counts until the end of *incremental. False when its pack cannot be read. Then, and when
 * the writer finds the provider stale, workspace_load loads everything that the writer needs without it. Called once.
 */
bool service_incremental_provide(struct service_incremental *incremental, int directory_fd,
                                 struct writer_provider *provider);

/* Begins the next cache; what was noted before is dropped. */
void service_incremental_note_begin(struct service_incremental *incremental);
/* A writer_packed_sink; context is the struct service_incremental. */
bool service_incremental_note(void *context, size_t index, const struct writer_packed *packed);
/* Sees the staged artifacts. */
void service_incremental_note_staged(struct service_incremental *incremental, int staging_fd,
                                     const struct writer_summary *summary);
/* Saves the next cache once the artifacts that were staged are in their directory. */
void service_incremental_save(struct service_incremental *incremental, const struct service_path *directory);

#endif
