/* The plan that mends a registry which a merge without prpack has left: docs/contracts/workspace.md, 8.13. */
#ifndef PRPACK_WORKSPACE_EDIT_MEND_H
#define PRPACK_WORKSPACE_EDIT_MEND_H

#include "workspace/edit/plan.h"
#include "workspace/merge/mend.h"

/* Reads the registry below assets_fd, the open assets/; `assets` is its path for messages. After MENDED the plan has
 * the one step that writes the registry, else none. What the sides contradict each other in cannot be a step, because a
 * registry with it is none: after CONFLICTS, *text has all of index.json with the conflicts between markers, one record
 * each; it is empty if index.json has these bytes already. The caller frees plan and text in any case. What was done
 * and what is left is added to findings; a registry that is not there, or cannot be read, is WORKSPACE_MEND_FAILED. */
enum workspace_mend_end workspace_plan_mend(int assets_fd, const char *assets, struct base_task *task,
                                            struct workspace_plan *plan, struct base_text *text,
                                            struct base_findings *findings);

#endif
