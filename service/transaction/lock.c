#include "service/transaction/lock.h"

#include "base/descriptor.h"

#include <errno.h>
#include <sys/file.h>
enum { SOON_TRIES = 20, PAUSE_NS = 5000000 };

/* Whether to look again in a moment. A wait without an end tries again and again, too: while a process is asleep in
 * flock(2), a signal that came just before does not end that sleep. */
static bool tries_again(enum service_lock_patience patience, unsigned tries)
{
    return patience == SERVICE_LOCK_WAIT || (patience == SERVICE_LOCK_SOON && tries <= SOON_TRIES);
}

int service_lock_take(struct base_task *task, int directory_fd, bool exclusive, enum service_lock_patience patience)
{
    int operation = (exclusive ? LOCK_EX : LOCK_SH) | LOCK_NB;
    int problem = base_descriptor_lock(directory_fd, operation);
    for (unsigned tries = 1; problem == EWOULDBLOCK && tries_again(patience, tries); tries++) {
        if (base_task_cancelled(task)) {
            return ECANCELED;
        }
        base_task_sleep(task, PAUSE_NS);
        problem = base_descriptor_lock(directory_fd, operation);
    }
    return problem;
}

void service_lock_drop(int directory_fd)
{
    (void)base_descriptor_lock(directory_fd, LOCK_UN);
}
