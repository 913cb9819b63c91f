/* The moves of an edit: files and directories that are renamed, and the directories that are made for them.
 *
 * Paths are plain and relative to assets/; no link is followed on the way to them, and none is moved. Nothing is ever
 * overwritten. All functions can be interrupted and repeated. Those that return int return 0, an errno value or a
 * base_file_problem. */
#ifndef PRPACK_SERVICE_TRANSACTION_EDIT_MOVES_H
#define PRPACK_SERVICE_TRANSACTION_EDIT_MOVES_H

#include "service/transaction/edit_journal.h"

/* Before the journal is written: 0, or EINVAL for a move that a journal cannot have. */
int service_edit_check_paths(const struct service_edit_move *move);

/* Before the edit is committed: makes the directories that are missing on the way to the target, durably. */
int service_edit_make_way(int assets_fd, const char *target);

/* Before the edit is committed, when its directories are made: whether a move can be carried out, as far as known.
 * EXDEV: the target is on another file system. */
int service_edit_check_move(int assets_fd, const struct service_edit_move *move);

/* After the edit is committed: carries all moves out, in order. Skips a move whose source or target directory
 * is gone, whose source is of another kind now, or whose target exists. Durable only on file systems other than
 * that of registry_fd. */
int service_edit_move_all(int registry_fd, int assets_fd, const struct service_edit *edit);

/* Removes the directories that an uncommitted edit has made, if they are empty. */
void service_edit_unmake(int assets_fd, const struct service_edit *edit);

#endif
