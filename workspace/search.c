#include "workspace/search.h"

#include "base/descriptor.h"
#include "base/identity.h"
#include "base/path.h"
#include "workspace/model/limits.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define ASSETS "assets"

/* What has to fit behind the path of a project directory. */
enum { ROOM = 512 };

/* A walk from a directory to those above it. */
struct walk {
    int fd;       /* of the directory that is looked at; -1: there is none any more */
    bool trusted; /* no other user owns it, or one that came before it */
};

/* Looks for the registry of a directory: 0, ENOENT or another errno value. */
static int look_for_registry(int fd)
{
    struct stat status;
    if (fstatat(fd, ASSETS "/" WORKSPACE_REGISTRY_PATH, &status, AT_SYMLINK_NOFOLLOW) == 0) {
        return 0;
    }
    return errno == ENOTDIR ? ENOENT : errno;
}

/* Whether another user owns what is at a path. What cannot be looked at cannot be read either. */
static bool is_anothers(int fd, const char *path, int flags)
{
    struct stat status;
    return fstatat(fd, path, &status, flags) == 0 && status.st_uid != geteuid();
}

/* In a directory that all may write to, such as /tmp, any user can put an assets/, or a link of that name. */
static bool is_anothers_workspace(int fd)
{
    static const char *const paths[] = {ASSETS, ASSETS "/" WORKSPACE_REGISTRY_DIRECTORY};
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        if (is_anothers(fd, paths[i], 0) || is_anothers(fd, paths[i], AT_SYMLINK_NOFOLLOW)) {
            return true;
        }
    }
    return false;
}

/* What cannot be looked at is no reason to trust it. */
static bool is_own_directory(int fd)
{
    struct stat status;
    return fstat(fd, &status) == 0 && status.st_uid == geteuid();
}

/* What the directory of the walk is. Where the search begins, its owner does not count. */
static enum workspace_search_end look(const struct walk *walk, bool first)
{
    int problem = look_for_registry(walk->fd);
    if (problem == ENOENT || (problem != 0 && !walk->trusted)) {
        return WORKSPACE_SEARCH_NOTHING;
    }
    if (problem != 0) {
        return WORKSPACE_SEARCH_UNKNOWN;
    }
    bool strange = !first && (!walk->trusted || is_anothers_workspace(walk->fd));
    return strange ? WORKSPACE_SEARCH_STRANGE : WORKSPACE_SEARCH_FOUND;
}

/* Goes to the directory above, also in the path. At "/", that is "/" itself, and the walk ends. */
static void go_up(struct walk *walk, struct base_text *path)
{
    struct base_identity own;
    struct base_identity other;
    int above = -1;
    bool known = base_identity_of(walk->fd, &own) == 0 &&
                 base_descriptor_open(&above, walk->fd, "..", O_PATH | O_DIRECTORY) == 0 &&
                 base_identity_of(above, &other) == 0;
    (void)close(walk->fd);
    walk->fd = above;
    if (above >= 0 && (!known || base_identity_equal(own, other))) {
        (void)close(above);
        walk->fd = -1;
    }
    walk->trusted = walk->trusted && walk->fd >= 0 && is_own_directory(walk->fd);
    base_path_add(path, "..");
}

/* Opens the last directory of a path that is there, and appends its path to *project. *all: nothing of the path is
 * missing. Returns -1 when it cannot be opened. */
static int open_present(int begin_fd, const char *from, struct base_text *project, bool *all)
{
    char *path = strdup(from[0] != '\0' ? from : ".");
    int fd = -1;
    if (path == NULL) {
        project->out_of_memory = true;
        return -1;
    }
    int problem = base_descriptor_open(&fd, begin_fd, path, O_PATH | O_DIRECTORY);
    *all = problem == 0;
    while (problem == ENOENT && strcmp(path, ".") != 0 && strcmp(path, "/") != 0) {
        char *slash = strrchr(path, '/');
        if (slash == NULL) {
            path[0] = '.';
            slash = path;
        }
        slash[slash == path ? 1 : 0] = '\0';
        problem = base_descriptor_open(&fd, begin_fd, path, O_PATH | O_DIRECTORY);
    }
    base_path_add_directory(project, path);
    free(path);
    return fd;
}

enum workspace_search_end workspace_search(int begin_fd, const char *from, bool above, struct base_text *project)
{
    bool all = false;
    struct walk walk = {.fd = open_present(begin_fd, from, project, &all)};
    bool first = all;
    enum workspace_search_end end = WORKSPACE_SEARCH_NOTHING;
    walk.trusted = walk.fd >= 0 && (all || is_own_directory(walk.fd));
    if (walk.fd >= 0 && all && above) {
        first = false;
        go_up(&walk, project);
    }
    while (walk.fd >= 0 && end == WORKSPACE_SEARCH_NOTHING && project->size < PATH_MAX - ROOM) {
        end = look(&walk, first);
        first = false;
        if (end == WORKSPACE_SEARCH_NOTHING) {
            go_up(&walk, project);
        }
    }
    if (walk.fd >= 0) {
        (void)close(walk.fd);
    }
    return end;
}
