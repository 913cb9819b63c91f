/* Another root for a registered asset, as a plan: docs/contracts/workspace.md, 8.6. */
#ifndef PRPACK_WORKSPACE_EDIT_MOVE_H
#define PRPACK_WORKSPACE_EDIT_MOVE_H

#include "workspace/edit/plan.h"
#include "workspace/workspace.h"

/* Plans the move of the directory of a record to the root that is typed, and the registry that has it there. The plan
 * is empty when the directory is there already. *root is the new root, which the caller frees. False with the reasons
 * in findings; the plan is then empty, and *root NULL. */
bool workspace_plan_move(const struct workspace *workspace, const struct workspace_record *record, const char *typed,
                         struct workspace_plan *plan, char **root, struct base_findings *findings);

#endif
