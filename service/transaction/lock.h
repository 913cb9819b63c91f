/* Which process may write where: advisory locks on the directories themselves, so that no lock file is left behind. The
 * kernel drops them when their holder dies. docs/contracts/artifact-ownership.md 3.1 says who takes which lock. */
#ifndef PRPACK_SERVICE_TRANSACTION_LOCK_H
#define PRPACK_SERVICE_TRANSACTION_LOCK_H

#include "base/findings.h"
#include "base/task.h"

#include <stdbool.h>

/* How long to wait for a lock that another process holds. */
enum service_lock_patience {
    SERVICE_LOCK_TRY,     /* not at all */
    SERVICE_LOCK_SOON,    /* a tenth of a second: a process that only looks whether a holder died is gone by then */
    SERVICE_LOCK_BRIEFLY, /* two seconds: a promotion is a few renames, and most readers are done by then */
    SERVICE_LOCK_WAIT     /* for as long as it takes */
};

/* How an operation waits for locks that another process holds. */
struct service_lock_wish {
    struct base_task *task; /* told when a second has passed; ends the waiting when it is cancelled; or NULL */
    bool wait;              /* wait for as long as it takes */
};

/* Takes the lock on an open directory, exclusively or shared. `file` names the directory in messages. `wish` may be
 * NULL; its `wait` turns any patience into SERVICE_LOCK_WAIT but SERVICE_LOCK_TRY. Returns 0, EWOULDBLOCK when another
 * process held it all the time, ECANCELED, or another errno value. The lock ends with service_lock_drop or with the
 * last close of the descriptor. */
int service_lock_take(int directory_fd, bool exclusive, enum service_lock_patience patience, const char *file,
                      const struct service_lock_wish *wish);
void service_lock_drop(int directory_fd);

/* Adds build-busy about a directory that another process has locked. Names the process, if it can be found by the open
 * directory; directory_fd may be -1. `what` says what is locked: "the workspace". */
void service_lock_report(struct base_findings *findings, int directory_fd, const char *file, const char *what);

#endif
