#include "workspace/edit/atomic.h"

#include "base/descriptor.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static int fill(int fd, struct base_bytes content)
{
    int problem = base_descriptor_write(fd, content);
    if (problem == 0) {
        problem = base_descriptor_sync(fd);
    }
    int closing = base_descriptor_close(fd);
    return problem != 0 ? problem : closing;
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
    return base_descriptor_open(fd, stage_fd, stage, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW);
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
    return problem != 0 ? problem : base_descriptor_sync_directory(directory_fd);
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
