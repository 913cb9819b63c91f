/* The workspace lock, and finishing what a killed process left in a workspace. */
#ifndef PRPACK_SERVICE_TRANSACTION_SETTLE_H
#define PRPACK_SERVICE_TRANSACTION_SETTLE_H

#include "base/findings.h"
#include "service/transaction/lock.h"

/* Completes or undoes what a killed prpack has left in a workspace, and in an output directory that lies below it or
 * that bears its mark (journal.h). Does nothing, silently, where nothing was left, where there is no workspace, where
 * the process may not write, or while another process works there: it never waits. An edit that was not made in this
 * workspace is dropped, with a warning (edit-foreign) in findings. */
void service_workspace_settle(struct base_task *task, const char *workspace, struct base_findings *findings);

/* Opens the registry's directory of a workspace (assets/.prometeu), locks it exclusively, and settles what the last
 * holder left: a process that builds or edits holds it. A lock that another process holds is build-busy. `builds`: the
 * caller will note an output directory of its own, so what is left in the one that is noted has to be settled before,
 * and a reader there is build-busy, too. Edits are settled as above, and one that cannot
 * be completed is environment-write. Returns the descriptor to close, or -1 with the reason in findings. */
int service_lock_workspace(const char *workspace, bool builds, const struct service_lock_wish *wish,
                           struct base_findings *findings);

#endif
