/* The moves of an edit to another file system. The directory is copied to .NAME.new beside its target and compared;
 * that gets its name after the commit, and then the original is deleted, as far as it is still what was copied.
 *
 * All functions return 0, an errno value or a base_file_problem, and all but the first two can be interrupted and
 * repeated. */
#ifndef PRPACK_SERVICE_TRANSACTION_EDIT_COPIES_H
#define PRPACK_SERVICE_TRANSACTION_EDIT_COPIES_H

#include "base/task.h"
#include "service/transaction/edit_ends.h"

/* Before the journal is written: EEXIST when something has the name of the copy. */
int service_edit_check_copy(int assets_fd, const struct service_edit_move *move);

/* Before the edit is committed, when the move is known to be possible: copies, durably. */
int service_edit_copy(struct base_task *task, int assets_fd, const struct service_edit_move *move);

/* Before the edit is committed, to undo it: deletes what was copied. */
int service_edit_drop_copies(int assets_fd, const struct service_edit *edit);

/* After the edit is committed. Where something has taken the place of the target, the copy is deleted and the original
 * stays. */
int service_edit_finish_copy(const struct service_edit_ends *ends);

#endif
