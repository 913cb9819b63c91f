/* The directories of a project, opened. What a command writes into a workspace is written below them, so no link leads
 * it elsewhere.
 *
 * Threads: one at a time. */
#ifndef PRPACK_SERVICE_TRANSACTION_SITE_H
#define PRPACK_SERVICE_TRANSACTION_SITE_H

#include "base/findings.h"
#include "base/task.h"
#include "workspace/place.h"

struct service_site {
    struct base_task *task;       /* borrowed, or NULL */
    struct workspace_place place; /* its strings are borrowed */
    char *assets;                 /* path of assets/ for messages: workspace_place_assets */
    char *registry;               /* path of the registry's directory for messages */
    int project_fd;
    int assets_fd;   /* in the project, or where the user named it */
    int registry_fd; /* assets/.prometeu, below assets/ */
};

/* Opens all three. Returns 0, an errno value, or BASE_FILE_OUTSIDE_ROOT when a link leads out. Those that could be
 * opened are open after a failure, too, and the others are -1. Close it in either case. */
int service_site_open(struct service_site *site, struct base_task *task, const struct workspace_place *place);

/* Says why a site could not be opened: workspace-missing, path-outside, environment-read or environment-memory. */
void service_site_report(const struct service_site *site, int problem, struct base_findings *findings);

void service_site_close(struct service_site *site);

#endif
