#include "workspace/edit/way.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int workspace_way_look(int assets_fd, const char *path, size_t *present)
{
    char *head = strdup(path);
    int problem = head != NULL ? 0 : ENOMEM;
    *present = 0;
    for (size_t at = 0; problem == 0 && path[at] != '\0';) {
        at += strcspn(path + at, "/");
        head[at] = '\0';
        struct stat status;
        if (fstatat(assets_fd, head, &status, AT_SYMLINK_NOFOLLOW) != 0) {
            problem = errno;
        } else if (S_ISLNK(status.st_mode)) {
            problem = ELOOP;
        } else if (path[at] == '/' && !S_ISDIR(status.st_mode)) {
            problem = ENOTDIR;
        } else {
            *present = at;
        }
        if (path[at] == '/') {
            head[at++] = '/';
        }
    }
    free(head);
    return problem;
}

int workspace_way_check(int assets_fd, const char *path, size_t length, dev_t *device)
{
    char *directory = length > 0 ? strndup(path, length) : strdup(".");
    struct stat status;
    int problem = directory != NULL ? 0 : ENOMEM;
    if (problem == 0 && fstatat(assets_fd, directory, &status, AT_SYMLINK_NOFOLLOW) != 0) {
        problem = errno;
    }
    if (problem == 0) {
        *device = status.st_dev;
        problem = faccessat(assets_fd, directory, W_OK | X_OK, AT_EACCESS) == 0 ? 0 : errno;
    }
    free(directory);
    return problem;
}

size_t workspace_way_above(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL ? (size_t)(slash - path) : 0;
}
