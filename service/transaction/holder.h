/* Which process holds a lock. */
#ifndef PRPACK_SERVICE_TRANSACTION_HOLDER_H
#define PRPACK_SERVICE_TRANSACTION_HOLDER_H

#include <stdbool.h>
#include <stdint.h>

struct service_holder {
    int64_t process; /* id of the process that took the lock */
    char name[32];   /* "" when it is not known */
};

/* Finds a process that holds a flock lock on an open file, by /proc/locks; of several it finds one. False when there is
 * none, or the kernel does not say, as for a process of another container; *holder is then empty. The answer may be
 * outdated when it comes. Needs no memory. */
bool service_holder_find(int fd, struct service_holder *holder);

/* One line of /proc/locks, without its end: whether it says that a process holds a flock lock on this file. */
bool service_holder_parse(const char *line, uint64_t device, uint64_t inode, int64_t *process);

#endif
