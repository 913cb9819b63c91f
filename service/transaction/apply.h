/* Carries a plan of the workspace out: all of it or nothing, whenever the process is killed.
 *
 *   1. The new registry, the new history and the journal (edit_journal.h) are written into assets/.prometeu and synced.
 *   2. Directories that are missing on the way to what is moved are made, and each move is checked. Each new file of an
 *      asset root is written beside its target. Then the file system is synced once.
 *   3. The journal gets its other name: the commit point.
 *   4. The moves are carried out (edit_moves.h), then all files are moved over their targets, the history and the
 *      registry last, and the file system is synced once more.
 *   5. The journal goes.
 *
 * What is staged beside its target needs no room any more when it is moved, and crosses no file system. Nothing that is
 * there is replaced or moved before the commit point. A process that finds a journal undoes or completes the edit
 * (edit_settle.h). */
#ifndef PRPACK_SERVICE_TRANSACTION_APPLY_H
#define PRPACK_SERVICE_TRANSACTION_APPLY_H

#include "base/findings.h"
#include "base/task.h"
#include "service/transaction/site.h"
#include "workspace/edit/plan.h"

enum service_apply_end {
    SERVICE_APPLY_ABANDONED, /* everything is as it was */
    SERVICE_APPLY_COMMITTED, /* the commit point was passed, but not everything is in place: the next command of the
                                workspace moves the rest */
    SERVICE_APPLY_COMPLETE
};

/* `history` is the whole history.jsonl with what the edit does, or NULL: the history stays as it is.
 * The caller holds the workspace lock of the site, and has settled it. When something fails, the reason is in findings.
 * Cancelling the task before the commit point abandons the edit; after it, nothing is cancelled any more. A plan
 * without steps is complete. */
enum service_apply_end service_apply(struct base_task *task, const struct service_site *site,
                                     const struct workspace_plan *plan, const struct base_text *history,
                                     struct base_findings *findings);

#endif
