/* Registered assets whose directories were moved by hand: docs/contracts/workspace.md, 8.9 and 8.10. */
#ifndef PRPACK_SERVICE_DOCTOR_FOUND_H
#define PRPACK_SERVICE_DOCTOR_FOUND_H

#include "service/service.h"
#include "workspace/place.h"

/* Adopts the directory of each asset that is not where the registry says, if exactly one directory has its uuid: all of
 * them in one operation or, if one is refused, each chain of directories by itself. Adds what was done, or would be, to
 * the plan of the result. What cannot be adopted is not reported: the examination that follows does that. */
void service_doctor_adopt_found(struct base_task *task, const struct workspace_place *place,
                                const struct service_doctor_request *request, struct service_doctor_result *result,
                                struct base_findings *findings);

#endif
