/* Mends a registry that a merge without prpack has left: docs/contracts/workspace.md, 8.13. */
#ifndef PRPACK_SERVICE_DOCTOR_MEND_H
#define PRPACK_SERVICE_DOCTOR_MEND_H

#include "service/service.h"
#include "workspace/place.h"

enum service_doctor_mended {
    SERVICE_DOCTOR_NOT_MENDED,
    SERVICE_DOCTOR_MENDED,        /* it is a registry, or would be */
    SERVICE_DOCTOR_CONFLICTS_LEFT /* findings say which, or why they cannot be merged: it is not a registry before they
                                     are decided by hand */
};

/* Mends it under the workspace lock, or plans that in a dry run; *planned, which is empty, gets the write. What was
 * renumbered and what is left is added to findings, and what kept it from being written. A registry without conflicts
 * that cannot be mended, or needs nothing, is the matter of those who read it. */
enum service_doctor_mended service_doctor_mend(struct base_task *task, const struct workspace_place *place,
                                               bool dry_run, struct service_planned *planned,
                                               struct base_findings *findings);

#endif
