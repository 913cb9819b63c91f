/* The workspace lock, and finishing what a killed process left in a workspace. */
#ifndef PRPACK_SERVICE_TRANSACTION_SETTLE_H
#define PRPACK_SERVICE_TRANSACTION_SETTLE_H

#include "base/findings.h"
#include "service/transaction/lock.h"
#include "service/transaction/site.h"
#include "service/transaction/swap.h"

/* Completes or undoes what a killed prpack has left in a workspace, and in an output directory in its project. Does
 * nothing, silently, where nothing was left, where there is no workspace, where the process may not write, or while
 * another process works there: it never waits. An edit that was not made in this workspace is dropped, with a warning
 * (edit-foreign) in findings. */
void service_workspace_settle(struct base_task *task, const struct workspace_place *place,
                              struct base_findings *findings);

/* Opens the directories of a workspace, locks assets/.prometeu exclusively, and settles what the last holder left: a
 * process that builds or edits holds it. A lock that another process holds is build-busy. Edits are settled as above,
 * and one that cannot be completed is environment-write.
 *
 * moved: NULL unless the caller builds. It will note an output directory of its own, so what is left in the one that is
 * noted has to be settled before, and a reader there is build-busy, too. *moved says whether the set of a killed
 * build was moved into place.
 *
 * Returns true with the site for the caller to close, which ends the lock; or false with the reason in findings. */
bool service_lock_workspace(struct service_site *site, const struct workspace_place *place,
                            const struct service_lock_wish *wish, enum service_moved *moved,
                            struct base_findings *findings);

/* The two halves of service_lock_workspace, for a caller that does not build, and looks at what was left before it is
 * settled. After a failure of the second one the site is still open and locked. service_settle_edit is the part of it
 * that settles an edit of the workspace. */
bool service_lock_unsettled(struct service_site *site, const struct workspace_place *place,
                            const struct service_lock_wish *wish, struct base_findings *findings);
bool service_settle_edit(const struct service_site *site, struct base_findings *findings);
bool service_settle_locked(const struct service_site *site, struct base_findings *findings);

/* Opens the directories of a workspace for a command that writes nothing: takes no lock and settles nothing. A
 * committed edit is waited for as for the lock of a reader of a build directory (lock.h); one whose process was killed
 * is edit-pending. Returns as service_lock_workspace; the site holds no lock. */
bool service_look_at_workspace(struct service_site *site, const struct workspace_place *place,
                               const struct service_lock_wish *wish, struct base_findings *findings);

/* For a command that can run dry: service_lock_workspace where it writes, else service_look_at_workspace. */
bool service_enter_workspace(struct service_site *site, const struct workspace_place *place,
                             const struct service_lock_wish *wish, bool writes, struct base_findings *findings);

/* Waits for a committed edit as service_look_at_workspace does, but there may be no workspace yet. False with the
 * reason in findings, or without one when the task was cancelled. */
bool service_await_edit(struct base_task *task, const struct workspace_place *place, struct base_findings *findings);

#endif
