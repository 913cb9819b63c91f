/* The slot that an asset needs in a build set, as a build assigns it: docs/contracts/workspace.md 3.3. */
#ifndef PRPACK_WORKSPACE_EDIT_SLOT_H
#define PRPACK_WORKSPACE_EDIT_SLOT_H

#include "workspace/edit/taken.h"

/* The members of the request that set what is checked; 0: it comes from asset.json. */
struct workspace_slot_fields {
    unsigned slot;
    unsigned preload;
};

/* Whether there is a slot for a preloaded asset beside those of the build set. Reports slot-clash or slot-exhausted at
 * its asset.json. */
bool workspace_check_slot(const struct workspace *workspace, const struct workspace_asset *asset,
                          const struct workspace_taken *taken, struct workspace_slot_fields fields,
                          struct base_findings *findings);

#endif
