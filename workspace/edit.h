/* Changes to a workspace: the two things that write below assets/. Each is atomic (stage, fsync, rename) under the
 * workspace lock, which the caller holds. */
#ifndef PRPACK_WORKSPACE_EDIT_H
#define PRPACK_WORKSPACE_EDIT_H

#include "workspace/workspace.h"

/* Creates assets/ and assets/.prometeu/index.json in an existing or new directory. Refuses an existing registry
 * (workspace-exists). */
bool pp_workspace_init(const char *directory, struct pp_findings *findings);

/* What `add` was told; NULL or negative where nothing was said. */
struct pp_add_options {
    const char *type; /* "glyph_bank", "sound_bank", "scene_bank" */
    const char *format; /* "GLYPH/indexed_v1" … */
    const char *name;
    int tile_size; /* 8, 16, 32 or -1 */
    int preload; /* 1, 0 or -1 */
    int slot; /* 0 … 15 or -1 */
};

struct pp_add_result {
    int32_t asset_id;
    char *root; /* relative to assets/ */
    char *name;
    const char *format; /* static */
    char asset_uuid[37];
    bool wrote_declaration; /* asset.json was written, not found */
};

/* Registers the asset root `root`, a path as the user typed it: relative to the current directory (below the workspace's
 * assets/), or to assets/ itself. With an asset.json there it is validated, keeps its uuid if it has one no record has, and gets one if
 * it has none. Without, one is written from the files of the directory and the options. */
bool pp_workspace_add(struct pp_workspace *workspace, const char *root, const struct pp_add_options *options,
                      struct pp_add_result *result, struct pp_findings *findings);
void pp_add_result_free(struct pp_add_result *result);

#endif
