/* All operations of the history. Threads: one at a time. */
#ifndef PRPACK_SERVICE_HISTORY_OPERATIONS_H
#define PRPACK_SERVICE_HISTORY_OPERATIONS_H

#include "service/history/file.h"
#include "service/history/past.h"
#include "service/history/undone.h"

struct service_operations {
    struct service_history_line *lines;
    struct service_history_link *links; /* one for each line */
    size_t count;
};

/* Reads all lines that are not broken, whose text is that of the file. Returns 0 or ENOMEM. Free it in either case. */
int service_operations_read(struct service_operations *operations, const struct service_history_file *file);
void service_operations_free(struct service_operations *operations);

/* What the operation at `at` has changed. The folders of the quarantine are those where its files are now: what was
 * restored and then put back by an undo is in another folder. Returns what service_past_read returns; free `past` in
 * either case. */
int service_operations_past(const struct service_operations *operations, size_t at, struct service_past *past);

#endif
