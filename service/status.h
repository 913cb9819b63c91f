/* How an operation ended, as the process's exit code says it: docs/contracts/builder-integration.md. */
#ifndef PRPACK_SERVICE_STATUS_H
#define PRPACK_SERVICE_STATUS_H

#include "base/findings.h"

enum service_status {
    SERVICE_STATUS_WELL = 0,        /* all is well */
    SERVICE_STATUS_WRONG = 1,       /* what was examined or packed is wrong */
    SERVICE_STATUS_USAGE = 2,       /* the request is wrong */
    SERVICE_STATUS_ENVIRONMENT = 3, /* cannot read, cannot write, out of memory: nothing was checked */
    SERVICE_STATUS_CANCELLED = 4    /* the task was cancelled before the operation was complete; no exit code: the front
                                       end    decides */
};

/* The status that a list of findings amounts to. A failure of the environment outranks a fault found before it, and
 * `cancelled` outranks both. */
enum service_status service_status_of_findings(const struct base_findings *findings);

/* The status of two parts together: the higher one. */
enum service_status service_status_worse(enum service_status a, enum service_status b);

#endif
