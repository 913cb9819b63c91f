/* Which operations of the history are undone. Threads: one at a time. */
#ifndef PRPACK_SERVICE_HISTORY_UNDONE_H
#define PRPACK_SERVICE_HISTORY_UNDONE_H

#include "service/history/file.h"

/* Finds the line of an operation; with 0 that of the last one that is neither undone nor an undo itself. *by is the
 * operation that has undone it, and has not been undone itself; 0: none. Returns 0, ENOENT or ENOMEM. */
int service_history_find(const struct service_history_file *file, uint64_t operation, struct service_history_line *line,
                         uint64_t *by);

#endif
