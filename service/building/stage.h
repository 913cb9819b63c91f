/* Makes a set of artifacts where nobody looks for it yet, and checks it there. */
#ifndef PRPACK_SERVICE_BUILDING_STAGE_H
#define PRPACK_SERVICE_BUILDING_STAGE_H

#include "service/building/building.h"
#include "service/building/memory.h"

/* Where a set is made. All borrowed. */
struct service_stage {
    int fd;                        /* the staging directory; -1: in memory, or else nowhere */
    const char *path;              /* as messages name it */
    int directory_fd;              /* has the artifacts of the last build; -1: they are not there */
    struct service_memory *memory; /* holds the artifacts, if fd is -1; or NULL */
};

/* Whether the files in a directory are what the contract promises; the verdicts are in result->report, which speaks of
 * what is published. Without verdicts when the task was cancelled. */
bool service_building_verify(struct service_building *build, const char *directory);

/* From now on nothing is kept of the last build, for this reason, and the verdicts on what was kept are dropped. */
void service_building_keep_nothing(struct service_building *build, enum service_build_reason reason);

/* Makes the set, with what can be kept of the last build, and with the request's `verify` checks it. False, with the
 * reason in the findings or in the report, when it must not be published. */
bool service_stage_make(struct service_building *build, const struct service_stage *stage);

/* Whether what was found so far lets a set be published: no error, and no warning that counts as one. */
bool service_building_permits(struct service_building *build);

#endif
