/* Plans which registered assets are in the build set: docs/contracts/workspace.md, 8.2. */
#ifndef PRPACK_WORKSPACE_EDIT_MEMBERSHIP_H
#define PRPACK_WORKSPACE_EDIT_MEMBERSHIP_H

#include "workspace/edit/plan.h"
#include "workspace/workspace.h"

/* Plans the registry in which the given records have the given included_in_build. They are records of the
 * workspace's registry, in rising asset_id, each once. The plan is empty when all of them have it already.
 *
 * An asset that comes into the build set has to have a declaration without a fault, and a name and, where it is fixed,
 * a slot that no other asset of the set has. What is wrong with assets that are in the set already makes no difference.
 * False with the reasons in findings; the plan is then empty. */
bool workspace_plan_membership(const struct workspace *workspace, const struct workspace_record *const *records,
                               size_t count, bool included, struct workspace_plan *plan,
                               struct base_findings *findings);

#endif
