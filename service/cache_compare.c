#include "service/cache_compare.h"

#include "writer/workers.h"

#include <fcntl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct comparison {
    struct pp_cache *cache;
    struct pp_workspace *workspace;
    int64_t begun;
    atomic_size_t different;
    atomic_bool fresh;
};

/* Whether a file has the recorded content; *fresh is set when only its stamp has to be recorded anew. */
static bool holds(int fd, const char *name, int64_t recorded, int64_t begun, struct pp_seen *seen, bool *fresh)
{
    enum pp_unchanged result = pp_seen_check(fd, name, recorded, seen);
    *fresh = *fresh || (result == PP_UNCHANGED_HASHED && pp_stamp_is_settled(seen->stamp, begun));
    return result != PP_CHANGED;
}

static bool compare_files(const struct comparison *comparison, int root_fd, struct pp_cached_asset *asset, bool *fresh)
{
    int64_t recorded = comparison->cache->recorded;
    bool same = holds(root_fd, "asset.json", recorded, comparison->begun, &asset->anchor, fresh);
    for (size_t i = 0; same && i < asset->input_count; i++) {
        same = holds(root_fd, asset->paths[i], recorded, comparison->begun, &asset->inputs[i], fresh);
    }
    return same;
}

static bool compare_asset(struct comparison *comparison, const struct pp_record *record)
{
    struct pp_cached_asset *asset = pp_cache_find(comparison->cache, record->asset_id);
    int root_fd;
    if (asset == NULL || strcmp(asset->asset_uuid, record->asset_uuid) != 0 || strcmp(asset->root, record->root) != 0 ||
        pp_directory_open_below(&root_fd, comparison->workspace->assets_fd, record->root) != 0) {
        return false;
    }
    bool fresh = false;
    asset->kept = compare_files(comparison, root_fd, asset, &fresh);
    (void)close(root_fd);
    if (fresh) {
        atomic_store(&comparison->fresh, true);
    }
    return asset->kept;
}

/* Index 0 is the scan, so that its findings come first; index i + 1 is record i. */
static void compare_one(void *context, size_t index, struct pp_findings *findings)
{
    struct comparison *comparison = context;
    if (index == 0) {
        (void)pp_workspace_scan(comparison->workspace, findings);
        return;
    }
    const struct pp_record *record = &comparison->workspace->registry.records[index - 1];
    if (record->included_in_build && !compare_asset(comparison, record)) {
        (void)atomic_fetch_add(&comparison->different, 1);
    }
}

size_t pp_cache_compare(struct pp_cache *cache, struct pp_workspace *workspace, unsigned jobs, int64_t begun,
                        bool *fresh, struct pp_findings *findings)
{
    struct comparison comparison = {.cache = cache, .workspace = workspace, .begun = begun};
    atomic_init(&comparison.different, 0);
    atomic_init(&comparison.fresh, false);
    pp_writer_workers_run(jobs, workspace->registry.count + 1, compare_one, &comparison, findings);
    *fresh = *fresh || atomic_load(&comparison.fresh);
    size_t kept = 0;
    for (size_t i = 0; i < cache->count; i++) {
        kept += cache->assets[i].kept;
    }
    return atomic_load(&comparison.different) + (cache->count - kept);
}

/* A link leads to a file that nobody published. */
static bool is_plain_file(int directory_fd, const char *name)
{
    struct stat status;
    return fstatat(directory_fd, name, &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(status.st_mode);
}

bool pp_cache_compare_artifacts(struct pp_cache *cache, int directory_fd, int64_t begun, bool *fresh)
{
    bool same = true;
    for (size_t i = 0; same && i < PP_ARTIFACT_COUNT; i++) {
        same = is_plain_file(directory_fd, pp_artifacts[i]) &&
               holds(directory_fd, pp_artifacts[i], cache->recorded, begun, &cache->artifacts[i], fresh);
    }
    return same;
}

static bool copy_inputs(const struct pp_cached_asset *asset, struct pp_declaration *declaration)
{
    declaration->inputs = calloc(asset->input_count + 1, sizeof *declaration->inputs);
    bool fine = declaration->inputs != NULL;
    for (size_t i = 0; fine && i < asset->input_count; i++) {
        declaration->inputs[i].path = strdup(asset->paths[i]);
        fine = declaration->inputs[i].path != NULL;
        declaration->input_count += fine;
    }
    return fine;
}

bool pp_cache_known_declaration(void *cache, const struct pp_record *record, struct pp_declaration *declaration)
{
    const struct pp_cached_asset *asset = pp_cache_find(cache, record->asset_id);
    *declaration = (struct pp_declaration){.asset_uuid = NULL};
    if (asset == NULL || !asset->kept) {
        return false;
    }
    *declaration = (struct pp_declaration){
        .anchor = asset->anchor,
        .asset_uuid = strdup(asset->asset_uuid),
        .name = strdup(asset->name),
        .name_at = asset->name_at,
        .type = asset->type,
        .preload = asset->preload,
        .has_slot = asset->has_slot,
        .slot = asset->slot,
    };
    if (declaration->asset_uuid == NULL || declaration->name == NULL || !copy_inputs(asset, declaration)) {
        pp_declaration_free(declaration);
        return false; /* it is loaded, then, or memory runs out there */
    }
    return true;
}

bool pp_artifacts_see(int staging_fd, struct pp_hash pack_hash, struct pp_seen artifacts[PP_ARTIFACT_COUNT])
{
    bool fine = true;
    for (size_t i = 0; fine && i < PP_ARTIFACT_COUNT; i++) {
        struct pp_file file;
        fine = pp_file_open_below(&file, staging_fd, pp_artifacts[i]) == 0;
        if (fine && strcmp(pp_artifacts[i], "assets.pa") == 0) {
            artifacts[i] = (struct pp_seen){.stamp = pp_stamp_of(&file), .hash = pack_hash};
        } else if (fine) {
            fine = pp_seen_read(&file, &artifacts[i]) == 0;
        }
        pp_file_close(&file);
    }
    return fine;
}

bool pp_artifacts_follow(const char *directory, struct pp_seen artifacts[PP_ARTIFACT_COUNT])
{
    int fd;
    if (pp_directory_open(&fd, directory) != 0) {
        return false;
    }
    bool fine = true;
    for (size_t i = 0; fine && i < PP_ARTIFACT_COUNT; i++) {
        struct pp_file file;
        fine = pp_file_open_below(&file, fd, pp_artifacts[i]) == 0;
        struct pp_stamp now = fine ? pp_stamp_of(&file) : artifacts[i].stamp;
        /* A rename shows in the time of change only. */
        fine = fine && now.inode == artifacts[i].stamp.inode && now.size == artifacts[i].stamp.size &&
               now.modified == artifacts[i].stamp.modified;
        artifacts[i].stamp = now;
        pp_file_close(&file);
    }
    (void)close(fd);
    return fine;
}
