#include "service/transaction/atomic.h"

#include "base/descriptor.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

enum { STAGE_SIZE = 256 };

/* The name of the stage: ".NAME.ENDING". False when it would be too long. */
static bool stage_name_with(const char *name, const char *ending, char stage[STAGE_SIZE])
{
    int length = snprintf(stage, STAGE_SIZE, ".%s.%s", name, ending);
    return length >= 0 && length < STAGE_SIZE;
}

static bool stage_name(const char *name, char stage[STAGE_SIZE])
{
    return stage_name_with(name, "new", stage);
}

static int open_stage(int stage_fd, const char *stage, int *fd)
{
    if (unlinkat(stage_fd, stage, 0) != 0 && errno != ENOENT) {
        return errno;
    }
    return base_descriptor_open(fd, stage_fd, stage, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW);
}

/* The file gets the rights of *mode; NULL: those of a new file. */
static int stage_and_rename(int directory_fd, const char *stage, const char *name, struct base_bytes content,
                            const mode_t *mode)
{
    int fd = -1;
    int problem = open_stage(directory_fd, stage, &fd);
    if (problem != 0) {
        return problem;
    }
    int unfit = mode != NULL && fchmod(fd, *mode) != 0 ? errno : 0;
    problem = base_descriptor_finish(fd, content);
    problem = unfit != 0 ? unfit : problem;
    if (problem == 0) {
        problem = base_descriptor_rename(directory_fd, stage, directory_fd, name);
    }
    if (problem != 0) {
        (void)unlinkat(directory_fd, stage, 0);
    }
    return problem;
}

int service_write_atomically(int directory_fd, const char *name, struct base_bytes content, bool *replaced)
{
    char stage[STAGE_SIZE];
    int problem = stage_name(name, stage) ? stage_and_rename(directory_fd, stage, name, content, NULL) : ENAMETOOLONG;
    if (replaced != NULL) {
        *replaced = problem == 0;
    }
    return problem != 0 ? problem : base_descriptor_sync_directory(directory_fd);
}

static int write_product(int directory_fd, const char *name, struct base_bytes content, const mode_t *mode)
{
    char stage[STAGE_SIZE];
    if (!stage_name_with(name, "prpack-new", stage)) {
        return ENAMETOOLONG;
    }
    int problem = stage_and_rename(directory_fd, stage, name, content, mode);
    return problem != 0 ? problem : base_descriptor_sync_directory(directory_fd);
}

int service_write_product(int directory_fd, const char *name, struct base_bytes content)
{
    return write_product(directory_fd, name, content, NULL);
}

int service_rewrite_product(int directory_fd, const char *name, struct base_bytes content, mode_t mode)
{
    return write_product(directory_fd, name, content, &mode);
}

bool service_stage_exists(int stage_fd, const char *name)
{
    char stage[STAGE_SIZE];
    struct stat status;
    return stage_name(name, stage) && fstatat(stage_fd, stage, &status, AT_SYMLINK_NOFOLLOW) == 0;
}

void service_stage_clear(int stage_fd, const char *name)
{
    char stage[STAGE_SIZE];
    if (stage_name(name, stage)) {
        (void)unlinkat(stage_fd, stage, 0);
    }
}
