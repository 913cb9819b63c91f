/* Deletes what prpack has made in a workspace and does not need any more: docs/contracts/workspace.md, 8.11. */
#ifndef PRPACK_SERVICE_CLEANING_CLEAR_H
#define PRPACK_SERVICE_CLEANING_CLEAR_H

#include "service/service.h"
#include "workspace/place.h"

struct service_clear_wish {
    const char *output; /* a directory that builds were told to publish into; or NULL */
    bool dry_run;
    bool cache; /* delete the cache of builds too */
};

/* Settles the workspace and deletes what is left over, or finds out what that would be. A workspace that another
 * process uses is a warning. Free the result with service_gc_result_free. */
void service_clear(struct base_task *task, const struct workspace_place *place, const struct service_clear_wish *wish,
                   struct service_gc_result *result, struct base_findings *findings);

#endif
