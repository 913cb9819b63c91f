#include "workspace/atomic.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

static int write_all(int fd, struct pp_bytes content)
{
    size_t at = 0;
    while (at < content.size) {
        ssize_t count = write(fd, content.data + at, content.size - at);
        if (count < 0 && errno != EINTR) {
            return errno;
        }
        at += count > 0 ? (size_t)count : 0;
    }
    return 0;
}

static int fill(int fd, struct pp_bytes content)
{
    int problem = write_all(fd, content);
    if (problem == 0 && fsync(fd) != 0) {
        problem = errno;
    }
    if (close(fd) != 0 && problem == 0) {
        problem = errno;
    }
    return problem;
}

int pp_sync_directory(int directory_fd)
{
    /* EINVAL: a file system that has no such thing as syncing a directory. */
    return fsync(directory_fd) != 0 && errno != EINVAL ? errno : 0;
}

static int stage_and_rename(int directory_fd, const char *stage, const char *name, struct pp_bytes content)
{
    if (unlinkat(directory_fd, stage, 0) != 0 && errno != ENOENT) {
        return errno;
    }
    int fd = openat(directory_fd, stage, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (fd < 0) {
        return errno;
    }
    int problem = fill(fd, content);
    if (problem == 0 && renameat(directory_fd, stage, directory_fd, name) != 0) {
        problem = errno;
    }
    if (problem != 0) {
        (void)unlinkat(directory_fd, stage, 0);
    }
    return problem;
}

int pp_write_atomically(int directory_fd, const char *name, struct pp_bytes content, bool *replaced)
{
    char stage[256];
    int length = snprintf(stage, sizeof stage, ".%s.new", name);
    int problem = length < 0 || (size_t)length >= sizeof stage ? ENAMETOOLONG : 0;
    if (problem == 0) {
        problem = stage_and_rename(directory_fd, stage, name, content);
    }
    if (replaced != NULL) {
        *replaced = problem == 0;
    }
    return problem != 0 ? problem : pp_sync_directory(directory_fd);
}
