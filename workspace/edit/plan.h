/* A change of a workspace as a plan: what it moves, which files it writes with which content, and why. Planning reads
 * and writes nothing; service/transaction/apply.h carries a plan out, whole or not at all.
 * docs/contracts/workspace.md, 5 and 6.
 *
 * A plan owns what it holds until workspace_plan_free. */
#ifndef PRPACK_WORKSPACE_EDIT_PLAN_H
#define PRPACK_WORKSPACE_EDIT_PLAN_H

#include "base/findings.h"
#include "base/hash_value.h"
#include "base/text.h"
#include "workspace/edit/contents.h"
#include "workspace/model/uuid.h"

enum workspace_action {
    WORKSPACE_ACTION_WRITE,  /* a file gets its content */
    WORKSPACE_ACTION_MOVE,   /* a file or a directory gets another path */
    WORKSPACE_ACTION_RECORD, /* a file is written into a new folder of the quarantine, before anything is moved */
    WORKSPACE_ACTION_DROP,   /* such a file is deleted with its folder, after everything is moved */
    WORKSPACE_ACTION_DELETE  /* a file of an asset is deleted, unless it has other content than when it was read */
};

/* One change. The steps of a plan do not depend on each other: no step needs what a move brings, and nothing is written
 * below a directory that is moved. The one exception: a file may be written into a directory that is missing on the way
 * to the target of a move. */
struct workspace_step {
    enum workspace_action action;
    char *target;       /* relative to assets/ */
    int32_t asset_id;   /* the asset whose file it is; 0: it is the registry */
    const char *reason; /* static; completes "this is done because …" */

    /* Of a move. Nothing is at the target; directories that are missing on the way to it are made. */
    char *source; /* relative to assets/; NULL for other steps. Neither source nor target is in .prometeu, except that
                     one of the two may be the directory in a folder of the quarantine */
    bool moves_directory;
    bool copies; /* of a directory that goes into the quarantine or comes out of it: it is on another file system */

    char *made; /* a directory above the source, or NULL: it and those between it and the source are removed after the
                   move, as far as they are empty; relative to assets/ */
    char *emptied; /* with `made`: the directory right above the source */

    /* Of a file that is written or deleted. */
    size_t path_at;           /* of an asset's file: where in target its path below the asset root begins */
    struct base_text content; /* of the whole file; nothing when it is deleted */
    bool replaces;            /* a file is there already, and had this hash when it was read; set when it is deleted */
    struct base_hash replaced;
};

/* An asset that is added, or was registered before and is searched for new files. */
struct workspace_added {
    size_t request; /* the root that it was asked for with, counted from 0 */
    int32_t asset_id;
    char *root; /* relative to assets/ */
    char *name;
    const char *format; /* static */
    char asset_uuid[WORKSPACE_UUID_SIZE + 1];
    bool drew_uuid;         /* it is new: another plan would have another one */
    bool wrote_declaration; /* there is no asset.json yet: the plan has one */
    struct workspace_contents contents;
    bool updated;   /* it was registered before, and the plan adds new files to its asset.json */
    char *old_name; /* of a copy that gets another one; else NULL */
};

struct workspace_plan {
    struct workspace_step *steps; /* the registry comes last; no steps: nothing is to be done */
    size_t step_count;
    size_t step_capacity;
    bool registry_stays;           /* the last step writes the registry as it is */
    struct workspace_added *added; /* in the order of the request, in which new assets have rising asset_ids */
    size_t added_count;
    size_t added_capacity;
    struct base_findings **refusals; /* of each root that was asked for: why it is left out, or the warnings about it;
                                        or NULL */
    bool *sources_alone;  /* per root likewise: it is left out only because of what the check has found at its
                             sources */
    size_t refusal_count; /* of both */
};

#define WORKSPACE_PLAN_EMPTY ((struct workspace_plan){.steps = NULL})

/* Room for one more step, or one more asset, at the end of a plan: fill it and count it. NULL when memory ran out. */
struct workspace_step *workspace_plan_next_step(struct workspace_plan *plan);
struct workspace_added *workspace_plan_next_added(struct workspace_plan *plan);

/* "write", "move" or "delete". */
const char *workspace_action_name(enum workspace_action action);

/* Nothing is to be done any more; what was refused stays. */
void workspace_plan_drop(struct workspace_plan *plan);

/* Accepts an empty plan, and leaves an empty one. */
void workspace_plan_free(struct workspace_plan *plan);

#endif
