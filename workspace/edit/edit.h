/* Changes to a workspace: the two things that write below assets/. Each is atomic (stage, fsync, rename) under the
 * workspace lock: an exclusive flock on assets/.prometeu, which `init` takes itself and the caller of `add` holds. */
#ifndef PRPACK_WORKSPACE_EDIT_EDIT_H
#define PRPACK_WORKSPACE_EDIT_EDIT_H

#include "workspace/workspace.h"

/* Creates assets/ and assets/.prometeu/index.json in an existing or new directory ("" is "."), and what is missing
 * above it. Refuses an existing registry (workspace-exists). On failure directories may have been made, but no
 * registry. */
bool workspace_init(const char *directory, struct base_findings *findings);

/* What the caller wants of `add`; NULL or negative where nothing was asked for. */
struct workspace_add_options {
    const char *type;   /* "glyph_bank", "sound_bank", "scene_bank" */
    const char *format; /* "GLYPH/indexed_v1" … */
    const char *name;
    int tile_size; /* 8, 16, 32 or -1 */
    int preload;   /* 1, 0 or -1 */
    int slot;      /* 0 … 15 or -1 */
};

/* The member of the options that a finding of workspace_add is about: its place.request_field. */
enum workspace_add_field {
    WORKSPACE_ADD_FIELD_NONE,
    WORKSPACE_ADD_FIELD_TYPE,
    WORKSPACE_ADD_FIELD_FORMAT,
    WORKSPACE_ADD_FIELD_NAME,
    WORKSPACE_ADD_FIELD_TILE_SIZE,
    WORKSPACE_ADD_FIELD_PRELOAD,
    WORKSPACE_ADD_FIELD_SLOT
};

struct workspace_add_result {
    int32_t asset_id;
    char *root; /* relative to assets/ */
    char *name;
    const char *format; /* static */
    char asset_uuid[37];
    bool wrote_declaration; /* asset.json was written, not found */
};

/* Registers the asset root `root`, a path as the user typed it: from the current directory, from the workspace's
 * directory, or from assets/. With an asset.json there it is validated, keeps its uuid if it has one that no record
 * has, and gets one if it has none. Without, one is written from the files of the directory and the options. A slot
 * means that preload is enabled.
 *
 * A name that an asset of the build set has is refused (declaration-value). Needs workspace_open only; a build set that
 * was loaded is not extended: load again.
 *
 * On success the registry in *workspace has the new record, and *result is the caller's (workspace_add_result_free). On
 * failure *workspace, the registry on disk and *result (empty) are as if nothing had happened; an asset.json that was
 * there may have got its uuid. */
bool workspace_add(struct workspace *workspace, const char *root, const struct workspace_add_options *options,
                   struct workspace_add_result *result, struct base_findings *findings);
/* Accepts an empty one. */
void workspace_add_result_free(struct workspace_add_result *result);

/* The build cache in the registry's directory, assets/.prometeu: docs/contracts/build-cache.md. */
#define WORKSPACE_CACHE_NAME "cache.json"

/* What a killed `init`, `add` or `build` left in the registry's directory, assets/.prometeu. Clearing needs the
 * workspace lock. */
bool workspace_has_stages(int registry_fd);
void workspace_clear_stages(int registry_fd);

#endif
