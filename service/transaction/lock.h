/* Which process may write where: advisory locks on the directories themselves, so that no lock file is left behind. The
 * kernel drops them when their holder dies. */
#ifndef PRPACK_SERVICE_TRANSACTION_LOCK_H
#define PRPACK_SERVICE_TRANSACTION_LOCK_H

#include "base/task.h"

#include <stdbool.h>

/* What to do about a lock that another process holds. */
enum service_lock_patience {
    SERVICE_LOCK_TRY,  /* give up at once */
    SERVICE_LOCK_SOON, /* give up after a tenth of a second: a process that only looks whether a holder died is gone by
                          then */
    SERVICE_LOCK_WAIT, /* wait until the lock is free or the task is cancelled */
};

/* Takes the lock on an open directory, exclusively or shared. Returns 0, EWOULDBLOCK when another process holds it,
 * ECANCELED when the task was cancelled while another process held it, or another errno value: a lock that is free is
 * taken in any case. The lock ends with service_lock_drop or with the last close of the descriptor. */
int service_lock_take(struct base_task *task, int directory_fd, bool exclusive, enum service_lock_patience patience);
void service_lock_drop(int directory_fd);

#endif
