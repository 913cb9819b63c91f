/* All that is below a directory: counted, or deleted. No link is followed.
 *
 * The directories are known by their paths, so the depth of the nesting costs no stack. Functions that return int
 * return 0, an errno value or a base_file_problem. Threads: one at a time. */
#ifndef PRPACK_SERVICE_TRANSACTION_TREE_H
#define PRPACK_SERVICE_TRANSACTION_TREE_H

#include "base/names.h"

#include <stdint.h>

/* Zero-initialise. */
struct service_tree {
    struct base_names directories; /* relative paths; each comes after the one that it lies in; the first one is "" */
    uint64_t files;                /* regular files */
    uint64_t bytes;                /* of them */
};

/* Lists and counts; ECANCELED when the task was cancelled. Free it in either case. */
int service_tree_read(struct service_tree *tree, struct base_task *task, int directory_fd);
void service_tree_free(struct service_tree *tree);

/* Deletes what is below the directory; the directory itself stays. What another program puts there meanwhile may keep
 * it from being empty: ENOTEMPTY. */
int service_tree_delete(const struct service_tree *tree, int directory_fd);

#endif
