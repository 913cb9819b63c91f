/* Reading a build directory while builds may publish into it. Nothing here changes anything on disk. */
#ifndef PRPACK_SERVICE_TRANSACTION_READER_H
#define PRPACK_SERVICE_TRANSACTION_READER_H

#include "service/transaction/lock.h"

/* Opens DIR and takes the shared lock, which keeps promotions from starting; waits for one that is under way. Returns 0
 * with *fd for service_reader_leave; *fd is -1 where there is no such directory or locking is not possible, and reading
 * goes on. Returns EWOULDBLOCK when another process held the lock for too long; *fd is then open and not locked. */
int service_reader_enter(const char *directory, const struct service_lock_wish *wish, int *fd);
/* The same for a directory that is open. */
int service_reader_lock(int *fd, const char *directory, const struct service_lock_wish *wish);
void service_reader_leave(int fd);

/* What lies under one of the two names that only builds use. */
enum service_left {
    SERVICE_LEFT_NOTHING, /* or what a living build has there */
    SERVICE_LEFT_DEAD,    /* a directory that no build holds */
    SERVICE_LEFT_FOREIGN  /* no directory: prpack has not made it */
};

/* What killed builds have left in a directory. */
struct service_left_over {
    enum service_left commit;  /* .prpack-commit; DEAD: a set that is to be completed. Sure with the shared lock only */
    enum service_left staging; /* .prpack-staging */
};

/* All nothing for descriptor -1. Takes the lock on the staging directory for an instant. */
struct service_left_over service_reader_look(int directory_fd);

/* Says what was left in a directory: a warning build-pending for each. `dead_commit` is the text about a commit that no
 * build holds. */
void service_reader_report(const char *directory, const struct service_left_over *left, const char *dead_commit,
                           struct base_findings *findings);
/* The same about a commit alone. */
void service_reader_report_commit(const char *directory, const char *text, struct base_findings *findings);

#endif
