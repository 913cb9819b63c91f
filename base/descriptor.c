#include "base/descriptor.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

int base_descriptor_open(int *fd, int directory_fd, const char *path, int flags)
{
    do {
        *fd = openat(directory_fd, path, flags | O_CLOEXEC, 0666);
    } while (*fd < 0 && errno == EINTR);
    return *fd < 0 ? errno : 0;
}

int base_descriptor_write(int fd, struct base_bytes bytes)
{
    size_t at = 0;
    while (at < bytes.size) {
        ssize_t count = write(fd, bytes.data + at, bytes.size - at);
        if (count < 0 && errno != EINTR) {
            return errno;
        }
        at += count > 0 ? (size_t)count : 0;
    }
    return 0;
}

int base_descriptor_sync(int fd)
{
    int result;
    do {
        result = fsync(fd);
    } while (result != 0 && errno == EINTR);
    return result == 0 ? 0 : errno;
}

int base_descriptor_sync_directory(int directory_fd)
{
    int problem = base_descriptor_sync(directory_fd);
    return problem == EINVAL ? 0 : problem;
}

int base_descriptor_sync_file_system(int fd)
{
    int result;
    do {
        result = syncfs(fd);
    } while (result != 0 && errno == EINTR);
    return result == 0 ? 0 : errno;
}

int base_descriptor_rename(int from_fd, const char *from, int to_fd, const char *to)
{
    return renameat(from_fd, from, to_fd, to) == 0 ? 0 : errno;
}

int base_descriptor_rename_new(int from_fd, const char *from, int to_fd, const char *to)
{
    if (renameat2(from_fd, from, to_fd, to, RENAME_NOREPLACE) == 0) {
        return 0;
    }
    if (errno != EINVAL && errno != ENOSYS) {
        return errno;
    }
    struct stat status;
    if (fstatat(to_fd, to, &status, AT_SYMLINK_NOFOLLOW) == 0) {
        return EEXIST;
    }
    return errno == ENOENT ? base_descriptor_rename(from_fd, from, to_fd, to) : errno;
}

int base_descriptor_lock(int fd, int operation)
{
    int result;
    do {
        result = flock(fd, operation);
    } while (result != 0 && errno == EINTR);
    return result == 0 ? 0 : errno;
}

int base_descriptor_close(int fd)
{
    /* After EINTR the descriptor is closed as well, and its bytes were synced before. */
    return close(fd) == 0 || errno == EINTR ? 0 : errno;
}

int base_descriptor_finish(int fd, struct base_bytes content)
{
    int problem = base_descriptor_write(fd, content);
    if (problem == 0) {
        problem = base_descriptor_sync(fd);
    }
    int closing = base_descriptor_close(fd);
    return problem != 0 ? problem : closing;
}

int base_descriptor_make(int directory_fd, const char *name, struct base_bytes content)
{
    int fd;
    int problem = base_descriptor_open(&fd, directory_fd, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW);
    return problem != 0 ? problem : base_descriptor_finish(fd, content);
}
