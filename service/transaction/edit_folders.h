/* The records that an edit writes into new folders of the quarantine, and those that it deletes with their folders.
 *
 * Paths are relative to assets/; no link is followed on the way to them. All functions return 0 or an errno value or a
 * base_file_problem, and can be interrupted and repeated. */
#ifndef PRPACK_SERVICE_TRANSACTION_EDIT_FOLDERS_H
#define PRPACK_SERVICE_TRANSACTION_EDIT_FOLDERS_H

#include "base/bytes.h"
#include "service/transaction/edit_journal.h"

/* Before the edit is committed: makes the folder of a record, and writes the record, durably. */
int service_edit_write_record(int assets_fd, const char *path, struct base_bytes content);

/* Before the edit is committed, to undo it: removes the records that it has written. Their folders are among its ways.
 */
int service_edit_unwrite_records(int assets_fd, const struct service_edit *edit);

/* After the edit is committed and its moves are carried out: deletes what is to be dropped. A record stays whose folder
 * still has the directory, because another program has taken the place that it was to be moved to. */
int service_edit_drop_records(int registry_fd, int assets_fd, const struct service_edit *edit);

#endif
