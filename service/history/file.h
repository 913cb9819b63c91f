/* history.jsonl as it is read, and the number of the next operation. Nothing here writes.
 *
 * Threads: one at a time. */
#ifndef PRPACK_SERVICE_HISTORY_FILE_H
#define PRPACK_SERVICE_HISTORY_FILE_H

#include "service/history/line.h"

#include <stddef.h>

enum { SERVICE_HISTORY_LIMIT = 64 << 20 }; /* bytes that the file has at most */
enum { SERVICE_HISTORY_LINES = 1000 };     /* lines that the file has at most */

struct service_history_file {
    uint8_t *memory;
    struct base_bytes text; /* whole lines; the last one may lack its newline */
    uint64_t skipped;       /* lines before them are not known: the file is longer than it may be. Bytes */
};

/* Reads the history below registry_fd, assets/.prometeu. Where nothing is, or something that is not a regular file, it
 * is empty. Returns 0 or an errno value, EISDIR where there is a directory. Free it in either case. */
int service_history_read(struct service_history_file *file, int registry_fd);
void service_history_free(struct service_history_file *file);

/* The next line of a text, without its newline, from *at on, which is 0 before the first one. False after the last. */
bool service_history_next(struct base_bytes text, size_t *at, struct base_bytes *line);

/* One above the highest number of the file and of the folders of the quarantine; above SERVICE_OPERATION_MAX when there
 * is none left. Returns 0 or an errno value. */
int service_history_next_number(const struct service_history_file *file, int registry_fd, uint64_t *number);

#endif
