/* Plans the removal of assets from the registry: docs/contracts/workspace.md, 8.4. */
#ifndef PRPACK_WORKSPACE_EDIT_FORGET_H
#define PRPACK_WORKSPACE_EDIT_FORGET_H

#include "workspace/edit/plan.h"
#include "workspace/workspace.h"

/* Adds to a plan, as its last step, the registry without the given records, which are as for workspace_plan_membership;
 * at least one. Their ids are never used again: next_asset_id stays. Nothing is read or written in the roots. False
 * with the reason in findings; the plan is then without this step. */
bool workspace_plan_forget(const struct workspace *workspace, const struct workspace_record *const *records,
                           size_t count, struct workspace_plan *plan, struct base_findings *findings);

#endif
