/* The step of a plan that writes the registry. */
#ifndef PRPACK_WORKSPACE_EDIT_REGISTRY_STEP_H
#define PRPACK_WORKSPACE_EDIT_REGISTRY_STEP_H

#include "workspace/edit/plan.h"
#include "workspace/model/model.h"
#include "workspace/workspace.h"

/* Appends the step. `reason` is that of the step, `assets` the path of assets/ for messages. False with the
 * reason in findings: the text would be larger than a registry may be, or memory ran out. */
bool workspace_plan_registry(struct workspace_plan *plan, const struct workspace_registry *registry, const char *reason,
                             const char *assets, struct base_findings *findings);

/* The same with a text, which the plan takes over: *text is empty afterwards. */
bool workspace_plan_registry_text(struct workspace_plan *plan, struct base_text *text, const char *reason,
                                  const char *assets, struct base_findings *findings);

/* The same with the bytes that the registry has, for an edit that leaves it as it is. */
bool workspace_plan_registry_as_it_is(struct workspace_plan *plan, const struct workspace *workspace,
                                      struct base_findings *findings);

/* Whether the process may write to the registry's directory; else adds environment-write. Without this check the
 * transaction would fail later. */
bool workspace_check_registry_rights(const struct workspace *workspace, struct base_findings *findings);

/* Adds environment-write at the registry. */
void workspace_report_registry(struct base_findings *findings, const char *assets, int problem);

#endif
