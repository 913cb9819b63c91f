#include "service/transaction/gitignore.h"

#include "base/descriptor.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

static const char name[] = SERVICE_GITIGNORE_NAME;
static const char content[] = "*\n"; /* itself included */

int service_gitignore_drop(int staging_fd)
{
    static const int flags = 0;
    return unlinkat(staging_fd, name, flags) == 0 || errno == ENOENT ? 0 : errno;
}

int service_gitignore_stage(int staging_fd)
{
    int fd;
    int problem = base_descriptor_open(&fd, staging_fd, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW);
    if (problem != 0) {
        return problem;
    }
    problem = base_descriptor_write(fd, base_bytes_of_string(content));
    if (problem == 0) {
        problem = base_descriptor_sync(fd);
    }
    int closing = base_descriptor_close(fd);
    return problem != 0 ? problem : closing;
}

int service_gitignore_move(int commit_fd, int directory_fd)
{
    int problem = base_descriptor_rename_new(commit_fd, name, directory_fd, name);
    if (problem == EEXIST) {
        return service_gitignore_drop(commit_fd);
    }
    return problem == ENOENT ? 0 : problem;
}
