/* The files of a directory that goes into the quarantine.
 *
 * Threads: one at a time. */
#ifndef PRPACK_SERVICE_QUARANTINE_INVENTORY_H
#define PRPACK_SERVICE_QUARANTINE_INVENTORY_H

#include "base/hash_value.h"
#include "base/task.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct service_kept_file {
    char *path; /* relative to the directory; owned */
    uint64_t size;
    bool has_hash; /* else it may not be read */
    struct base_hash hash;
};

/* Zero-initialise. */
struct service_inventory {
    struct service_kept_file *files; /* regular files, in byte order of their paths */
    size_t count;
    size_t capacity;
};

/* Lists all regular files below a directory, and hashes them; no link is followed. Returns 0, an errno value or a
 * base_file_problem; ECANCELED when the task was cancelled. Free it in any case. */
int service_inventory(struct service_inventory *inventory, struct base_task *task, int directory_fd);
void service_inventory_free(struct service_inventory *inventory);

#endif
