/* Changes of a workspace, as plans (workspace/edit/plan.h). */
#ifndef PRPACK_WORKSPACE_EDIT_EDIT_H
#define PRPACK_WORKSPACE_EDIT_EDIT_H

#include "base/names.h"
#include "base/policy.h"
#include "workspace/edit/plan.h"
#include "workspace/model/fields.h"
#include "workspace/place.h"
#include "workspace/workspace.h"

struct workspace_each_file;

/* What the caller wants of `add`; NULL or negative where nothing was asked for. */
struct workspace_add_options {
    const char *type;   /* "glyph_bank", "sound_bank", "scene_bank" */
    const char *format; /* "GLYPH/indexed_v1" … */
    const char *name;
    int tile_size;        /* 8, 16, 32 or -1 */
    int preload;          /* 1, 0 or -1 */
    int slot;             /* 0 … 15 or -1 */
    bool pad;             /* sprites are padded to whole tiles */
    const char *channels; /* "left", "right", "mix": what is packed of a sound of two channels */
    bool update;          /* the roots are registered; their new files are added. Nothing above is set */
    bool anyway;          /* errors of the check about sources become warnings */
    unsigned jobs;        /* threads; 0: one per processor */

    const bool *copies; /* per root, whether it has an asset.json that is a copy: it gets a uuid of its own, and a name
                           that no asset has. NULL: none is */
    const struct workspace_each_file *each; /* per root, the one file that it is made of
                                               (workspace/edit/each_file.h); NULL: the roots are directories */

    const struct base_policy *policy; /* which findings count; a root with a warning that is an error is left out. NULL:
                                         all as they are */

    /* Adds what a build would find at an asset by itself, which takes decoders (writer/check.h). Called by many threads
     * at once. The asset has the asset_id 0. NULL: nothing is checked. */
    void (*check)(void *context, const struct workspace *workspace, const struct workspace_asset *asset,
                  struct base_findings *findings);
    void *check_context;

    /* How many colours the palette has that a PNG shows as a strip (writer/strips.h), or 0 when it is not a strip.
     * NULL: nothing is taken for a strip. Called by several threads at once. */
    uint32_t (*strip_colours)(int root_fd, const char *name, struct base_findings *findings);
    /* Whether pictures mark what is transparent by entry 0 of their palettes (writer/marked.h), which takes a decoder
     * of pictures. NULL: nobody can tell. */
    bool (*are_marked)(int root_fd, const struct base_names *pictures, const struct base_names *palettes,
                       struct base_findings *findings);
};

/* A new workspace: the empty registry, the last step. The steps before it are the .gitignore beside it, unless
 * something has the name, and with `git` the .gitattributes: the caller writes them. They belong to no asset, so no
 * journal names them. Refuses a registry that is there, and a project directory in a workspace that workspace_search
 * finds from there (workspace-exists); and an assets/ that leads out of the project (path-outside). Also refuses a
 * place where the directories cannot be made, as far as that can be seen (environment-write).
 *
 * With `git`, a registry that is there is not refused: the plan then has registry_stays set and steps for those files
 * alone, perhaps none. False with the reason in findings; the plan is then empty. */
bool workspace_plan_init(struct base_task *task, const struct workspace_place *place, bool git,
                         struct workspace_plan *plan, struct base_findings *findings);

/* Registers asset roots, each a path as the user typed it: from the directory of the task, from the workspace's
 * directory, or from assets/. A root with an asset.json keeps its uuid if no other asset has it, and gets one if it has
 * none. For a root without, one is written from the files of the directory and the options. A slot means that preload
 * is enabled.
 *
 * A root that is refused is left out, with the reason in plan->refusals; the others go in. What concerns all of them
 * (options, memory, a registry that may not be written) is added to findings instead: then the result is false, and the
 * plan has no steps. Free it in either case. Names, uuids, roots and slots are compared with those of the registry and
 * with those of earlier roots that are added.
 *
 * Each root is first looked at by itself, many of them side by side. Needs workspace_open only. Takes the order of
 * n log n steps for n assets, old and new together, besides the check. */
bool workspace_plan_add(const struct workspace *workspace, const char *const *roots, size_t count,
                        const struct workspace_add_options *options, struct workspace_plan *plan,
                        struct base_findings *findings);

#endif
