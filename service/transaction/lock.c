#include "service/transaction/lock.h"

#include <errno.h>
#include <sys/file.h>
#include <time.h>

enum { SOON_TRIES = 20, SOON_PAUSE_NS = 5000000 };

static int apply(int directory_fd, int operation)
{
    int result;
    do {
        result = flock(directory_fd, operation);
    } while (result != 0 && errno == EINTR);
    return result == 0 ? 0 : errno;
}

int service_lock_take(int directory_fd, bool exclusive, enum service_lock_patience patience)
{
    int operation = exclusive ? LOCK_EX : LOCK_SH;
    if (patience == SERVICE_LOCK_WAIT) {
        return apply(directory_fd, operation);
    }
    int problem = apply(directory_fd, operation | LOCK_NB);
    for (int i = 0; i < SOON_TRIES && patience == SERVICE_LOCK_SOON && problem == EWOULDBLOCK; i++) {
        const struct timespec pause = {.tv_nsec = SOON_PAUSE_NS};
        (void)nanosleep(&pause, NULL);
        problem = apply(directory_fd, operation | LOCK_NB);
    }
    return problem;
}

void service_lock_drop(int directory_fd)
{
    (void)apply(directory_fd, LOCK_UN);
}
