#include "service/transaction/lock.h"

#include "base/descriptor.h"

#include <errno.h>
#include <sys/file.h>
#include <time.h>

enum { SOON_TRIES = 20, SOON_PAUSE_NS = 5000000 };

int service_lock_take(int directory_fd, bool exclusive, enum service_lock_patience patience)
{
    int operation = exclusive ? LOCK_EX : LOCK_SH;
    if (patience == SERVICE_LOCK_WAIT) {
        return base_descriptor_lock(directory_fd, operation);
    }
    int problem = base_descriptor_lock(directory_fd, operation | LOCK_NB);
    for (int i = 0; i < SOON_TRIES && patience == SERVICE_LOCK_SOON && problem == EWOULDBLOCK; i++) {
        const struct timespec pause = {.tv_nsec = SOON_PAUSE_NS};
        (void)nanosleep(&pause, NULL);
        problem = base_descriptor_lock(directory_fd, operation | LOCK_NB);
    }
    return problem;
}

void service_lock_drop(int directory_fd)
{
    (void)base_descriptor_lock(directory_fd, LOCK_UN);
}
