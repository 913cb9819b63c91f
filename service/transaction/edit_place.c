#include "service/transaction/edit_place.h"

#include "base/descriptor.h"
#include "base/file_problem.h"

#include <errno.h>
#include <sys/stat.h>

bool service_edit_is_gone(int problem)
{
    return problem == ENOENT || problem == ENOTDIR || problem == BASE_FILE_OUTSIDE_ROOT ||
           problem == BASE_FILE_NOT_REGULAR;
}

int service_edit_sync_elsewhere(int registry_fd, int fd)
{
    struct stat here;
    struct stat there;
    if (fstat(registry_fd, &here) != 0 || fstat(fd, &there) != 0) {
        return errno;
    }
    return here.st_dev == there.st_dev ? 0 : base_descriptor_sync_directory(fd);
}
