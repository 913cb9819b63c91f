/* The workspace lock, and finishing what a killed process left in a workspace. */
#ifndef PRPACK_SERVICE_TRANSACTION_SETTLE_H
#define PRPACK_SERVICE_TRANSACTION_SETTLE_H

#include "base/findings.h"
#include "base/task.h"

/* What service_settle promises: service/service.h. */
void service_workspace_settle(struct base_task *task, const char *workspace);

/* Opens the registry's directory of a workspace (assets/.prometeu), locks it exclusively, and settles what the last
 * holder left: a process that builds or edits holds it. Without `wait` a lock that another process holds is build-busy.
 * Returns the descriptor to close, or -1 with the reason in findings; that the task was cancelled is not reported. */
int service_lock_workspace(struct base_task *task, const char *workspace, bool wait, struct base_findings *findings);

#endif
