/* Which directory or file something is, as nothing that is copied can say of itself.
 *
 * A number of an inode can be guessed, and a fresh file system gives out the same ones. The time of birth, in
 * nanoseconds, cannot be set, so what was written somewhere else does not know it. Threads: no shared state. */
#ifndef PRPACK_BASE_IDENTITY_H
#define PRPACK_BASE_IDENTITY_H

#include <stdbool.h>
#include <stdint.h>

struct base_identity {
    uint64_t device; /* may be another one after a restart of the machine */
    uint64_t inode;
    int64_t born; /* nanoseconds since 1970; 0: the file system does not say */
};

/* Of an open descriptor. Returns 0 or an errno value. */
int base_identity_of(int fd, struct base_identity *identity);

/* Of a name in an open directory; a link is not followed. Returns 0 or an errno value. */
int base_identity_of_name(int directory_fd, const char *name, struct base_identity *identity);

/* Whether two are the same directory or file now. */
bool base_identity_equal(struct base_identity a, struct base_identity b);

/* Returns 0 when `inner_fd` and `outer_fd` are on one mount, EXDEV when they are not, or another errno value. */
int base_identity_check_mount(int outer_fd, int inner_fd);

#endif
