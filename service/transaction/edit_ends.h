/* The two ends of a move: names in open directories.
 *
 * Paths are plain and relative to assets/; no link is followed on the way to them. Threads: one at a time. */
#ifndef PRPACK_SERVICE_TRANSACTION_EDIT_ENDS_H
#define PRPACK_SERVICE_TRANSACTION_EDIT_ENDS_H

#include "service/transaction/edit_journal.h"

/* A path, and the directory above it. */
struct service_edit_end {
    int directory_fd; /* -1: it is not open */
    const char *name; /* points into the path */
};

struct service_edit_ends {
    struct service_edit_end from;
    struct service_edit_end to;
};

/* How many bytes of a path are the directory above it; 0: assets/ itself. */
size_t service_edit_length_above(const char *path);

/* Returns 0, an errno value or a base_file_problem. Close them in any case. */
int service_edit_ends_open(struct service_edit_ends *ends, int assets_fd, const struct service_edit_move *move);
void service_edit_ends_close(struct service_edit_ends *ends);

#endif
