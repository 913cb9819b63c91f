/* Assets that come back into the registry, as a plan: docs/contracts/workspace.md, 8.7. */
#ifndef PRPACK_WORKSPACE_EDIT_RESTORE_H
#define PRPACK_WORKSPACE_EDIT_RESTORE_H

#include "workspace/edit/plan.h"
#include "workspace/workspace.h"

/* One asset that comes back. What it is called is known from where it was kept: it is hostile until it is checked. */
struct workspace_restored {
    struct workspace_record record; /* borrowed strings; a root that workspace_root_fault accepts, and a valid uuid */
    const char *typed;              /* as the request names it, for messages */
    char *kept;                     /* where its directory is, relative to assets/; NULL: it had none */
    char *record_path;              /* of its record.json, likewise */
    bool copies;                    /* set: `kept` is on another file system than the root */
};

/* Adds to a plan the moves, the records that are dropped, and as its last step the registry that has the assets again.
 * The ids are below next_asset_id, and they, the uuids and the roots are free. An asset whose name or slot an asset of
 * the build set has comes back excluded, with a warning, and its record says that then. False with the reasons in
 * findings. */
bool workspace_plan_restore(const struct workspace *workspace, struct workspace_restored *restored, size_t count,
                            struct workspace_plan *plan, struct base_findings *findings);

#endif
