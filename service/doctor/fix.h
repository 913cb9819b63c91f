/* What `doctor --fix` does: docs/contracts/workspace.md, 8.10. */
#ifndef PRPACK_SERVICE_DOCTOR_FIX_H
#define PRPACK_SERVICE_DOCTOR_FIX_H

#include "service/service.h"
#include "workspace/place.h"

/* Does what the request asks to be fixed, each kind by the operation that does it alone, or plans it in a dry run.
 * Without `fix` it does nothing. Returns whether the workspace can be examined as it will be then: not in a dry run
 * that would mend the registry, nor when conflicts are left in it. What was done is in the result; what kept it from
 * being done is in findings. */
bool service_doctor_fix(struct base_task *task, const struct workspace_place *place,
                        const struct service_doctor_request *request, struct service_doctor_result *result,
                        struct base_findings *findings);

#endif
