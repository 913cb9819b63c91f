/* prpack adopt: docs/contracts/workspace.md, 8.9. */
#ifndef PRPACK_WORKSPACE_EDIT_ADOPTION_H
#define PRPACK_WORKSPACE_EDIT_ADOPTION_H

#include "workspace/edit/adopted.h"
#include "workspace/edit/edit.h"

/* Plans that asset roots with an asset.json are registered, each a path as for workspace_plan_add: a record whose asset
 * was moved gets the root, a copy gets a uuid of its own, and what is new is added. Copies are refused unless
 * `as_copy`. The options are those of `add`; what they say of the kind of an asset is not set.
 *
 * It is all or nothing: false with the reasons in findings when one of the roots is refused; the plan has no steps
 * then. The plan is empty when nothing is to be done. Free plan and adoption in either case. Needs workspace_open only.
 * Takes the order of n log n steps for n assets, old and new together, besides the check. */
bool workspace_plan_adopt(const struct workspace *workspace, const char *const *roots, size_t count, bool as_copy,
                          const struct workspace_add_options *options, struct workspace_plan *plan,
                          struct workspace_adoption *adoption, struct base_findings *findings);

#endif
