#include "verify/core/set.h"

#include "base/directory.h"
#include "base/path.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

int verify_set_open(struct verify_set *set, int root_fd, const char *directory, const char *pending)
{
    int fd;
    *set = (struct verify_set){.root_fd = root_fd, .directory = directory, .shown = directory, .pending_fd = -1};
    if (pending == NULL || base_directory_open(&fd, root_fd, directory) != 0) {
        return 0; /* opening a file in a directory that cannot be opened reports the problem */
    }
    int problem = base_directory_enter(&set->pending_fd, fd, pending);
    (void)close(fd);
    return problem == ENOENT || problem == ENOTDIR || problem == ELOOP ? 0 : problem;
}

void verify_set_close(struct verify_set *set)
{
    if (set->pending_fd >= 0) {
        (void)close(set->pending_fd);
    }
    set->pending_fd = -1;
}

bool verify_set_has(const struct verify_set *set, const char *name, int *problem)
{
    struct stat status;
    if (set->pending_fd >= 0 && fstatat(set->pending_fd, name, &status, AT_SYMLINK_NOFOLLOW) == 0) {
        return true;
    }
    char *path = base_path_join(set->directory, name);
    bool there = path != NULL && fstatat(set->root_fd, path, &status, AT_SYMLINK_NOFOLLOW) == 0;
    if (path == NULL) {
        *problem = ENOMEM;
    } else if (!there && errno != ENOENT) {
        *problem = errno;
    }
    free(path);
    return there;
}

int verify_set_open_file(const struct verify_set *set, const char *name, struct base_file *file)
{
    if (set->pending_fd >= 0) {
        int problem = base_file_open_below(file, set->pending_fd, name);
        if (problem != ENOENT) {
            return problem;
        }
    }
    char *path = base_path_join(set->directory, name);
    *file = BASE_FILE_CLOSED;
    int problem = path != NULL ? base_file_open_at(file, set->root_fd, path) : ENOMEM;
    free(path);
    return problem;
}
