/* What a build that writes nothing does in place of publishing: docs/contracts/artifact-ownership.md 3.7. */
#ifndef PRPACK_SERVICE_BUILDING_CHECK_H
#define PRPACK_SERVICE_BUILDING_CHECK_H

#include "service/building/building.h"

/* Looks at the output directory as a build would before it packs: reports what is in the way of an artifact, and warns
 * of what a killed build has left. False, with the reason in the findings, when a build would end there. */
bool service_check_output(struct service_building *build);

/* Makes the set of a loaded workspace in memory, or nowhere if it is not to be verified. Sets would_publish when there
 * is nothing in the way of publishing it; else the reason is in the findings or in the report. */
void service_check_set(struct service_building *build);

#endif
