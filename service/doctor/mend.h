/* Mends a registry that a merge without prpack has left: docs/contracts/workspace.md, 8.13. */
#ifndef PRPACK_SERVICE_DOCTOR_MEND_H
#define PRPACK_SERVICE_DOCTOR_MEND_H

#include "service/service.h"
#include "workspace/place.h"

/* Mends it under the workspace lock, or plans that in a dry run; *planned, which is empty, gets the write. What was
 * renumbered and what is left is added to findings, and what kept it from being written. A registry that cannot be
 * mended, or needs nothing, is the matter of those who read it. Returns whether it was mended, or would be, conflicts
 * or not. */
bool service_doctor_mend(struct base_task *task, const struct workspace_place *place, bool dry_run,
                         struct service_planned *planned, struct base_findings *findings);

#endif
