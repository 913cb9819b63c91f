#include "workspace/edit/atomic.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static int write_all(int fd, struct base_bytes content)
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

static int make_durable(int fd)
{
    int result;
    do {
        result = fsync(fd);
    } while (result != 0 && errno == EINTR);
    return result == 0 ? 0 : errno;
}

static int fill(int fd, struct base_bytes content)
{
    int problem = write_all(fd, content);
    if (problem == 0) {
        problem = make_durable(fd);
    }
    /* After EINTR the descriptor is gone all the same, and its bytes are synced. */
    if (close(fd) != 0 && errno != EINTR && problem == 0) {
        problem = errno;
    }
    return problem;
}

int workspace_sync_directory(int directory_fd)
{
    int problem = make_durable(directory_fd);
    /* A file system that has no such thing as syncing a directory. */
    return problem == EINVAL ? 0 : problem;
}

enum { STAGE_SIZE = 256 };

/* The name of the stage: ".NAME.new". False when it would be too long. */
static bool stage_name(const char *name, char stage[STAGE_SIZE])
{
    int length = snprintf(stage, STAGE_SIZE, ".%s.new", name);
    return length >= 0 && length < STAGE_SIZE;
}

static int open_stage(int stage_fd, const char *stage, int *fd)
{
    if (unlinkat(stage_fd, stage, 0) != 0 && errno != ENOENT) {
        return errno;
    }
    do {
        *fd = openat(stage_fd, stage, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
    } while (*fd < 0 && errno == EINTR);
    return *fd < 0 ? errno : 0;
}

static int stage_and_rename(int stage_fd, const char *stage, int directory_fd, const char *name,
                            struct base_bytes content)
{
    int fd = -1;
    int problem = open_stage(stage_fd, stage, &fd);
    if (problem != 0) {
        return problem;
    }
    problem = fill(fd, content);
    if (problem == 0 && renameat(stage_fd, stage, directory_fd, name) != 0) {
        problem = errno;
    }
    if (problem != 0) {
        (void)unlinkat(stage_fd, stage, 0);
    }
    return problem;
}

int workspace_write_atomically_from(int stage_fd, int directory_fd, const char *name, struct base_bytes content,
                                    bool *replaced)
{
    char stage[STAGE_SIZE];
    int problem = stage_name(name, stage) ? 0 : ENAMETOOLONG;
    if (problem == 0) {
        problem = stage_and_rename(stage_fd, stage, directory_fd, name, content);
    }
    if (problem == EXDEV) {
        problem = stage_and_rename(directory_fd, stage, directory_fd, name, content);
    }
    if (replaced != NULL) {
        *replaced = problem == 0;
    }
    return problem != 0 ? problem : workspace_sync_directory(directory_fd);
}

int workspace_write_atomically(int directory_fd, const char *name, struct base_bytes content, bool *replaced)
{
    return workspace_write_atomically_from(directory_fd, directory_fd, name, content, replaced);
}

bool workspace_stage_exists(int stage_fd, const char *name)
{
    char stage[STAGE_SIZE];
    struct stat status;
    return stage_name(name, stage) && fstatat(stage_fd, stage, &status, AT_SYMLINK_NOFOLLOW) == 0;
}

void workspace_stage_clear(int stage_fd, const char *name)
{
    char stage[STAGE_SIZE];
    if (stage_name(name, stage)) {
        (void)unlinkat(stage_fd, stage, 0);
    }
}
