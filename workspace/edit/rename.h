/* Plans a new name for a registered asset: docs/contracts/workspace.md, 8.3. */
#ifndef PRPACK_WORKSPACE_EDIT_RENAME_H
#define PRPACK_WORKSPACE_EDIT_RENAME_H

#include "workspace/edit/plan.h"
#include "workspace/workspace.h"

/* Plans the asset.json of a record with another name; every other byte of it stays. The registry is written with the
 * bytes that it has. The plan is empty when the asset has the name already. A declaration whose only fault is its name
 * is corrected. *old_name is the name before, or NULL where there is none that can be read (free() it). False with the
 * reasons in findings; the plan is then empty, and *old_name NULL. */
bool workspace_plan_rename(const struct workspace *workspace, const struct workspace_record *record, const char *name,
                           struct workspace_plan *plan, char **old_name, struct base_findings *findings);

#endif
