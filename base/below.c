#include "base/below.h"

#include "base/descriptor.h"
#include "base/file_problem.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Whether every component is a real name: the only way up is then a link. */
static bool is_plain_relative(const char *relative)
{
    const char *at = relative;
    for (;;) {
        size_t length = strcspn(at, "/");
        if (length == 0 || (length == 1 && at[0] == '.') || (length == 2 && at[0] == '.' && at[1] == '.')) {
            return false;
        }
        if (at[length] == '\0') {
            return true;
        }
        at += length + 1;
    }
}

/* An errno value of an open as this project names it: a socket cannot be opened at all. */
static int problem_of(int error)
{
    return error == ENXIO ? BASE_FILE_NOT_REGULAR : error;
}

static int open_below(int *fd, int root_fd, const char *relative, int flags, uint64_t resolve)
{
    if (!is_plain_relative(relative)) {
        return BASE_FILE_OUTSIDE_ROOT;
    }
    struct open_how how = {
        .flags = (uint64_t)(unsigned)flags,
        .resolve = resolve | RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS,
    };
    long opened;
    do {
        opened = syscall(SYS_openat2, root_fd, relative, &how, sizeof how);
        /* EAGAIN: a rename raced with the check of the kernel. */
    } while (opened < 0 && (errno == EINTR || errno == EAGAIN));
    if (opened >= 0) {
        *fd = (int)opened;
        return 0;
    }
    if (errno == ENOSYS || errno == EPERM) {
        return base_open_below_stepwise(fd, root_fd, relative, flags);
    }
    return errno == EXDEV ? BASE_FILE_OUTSIDE_ROOT : problem_of(errno);
}

int base_open_below(int *fd, int root_fd, const char *relative, int flags)
{
    return open_below(fd, root_fd, relative, flags, 0);
}

int base_open_below_without_links(int *fd, int root_fd, const char *relative, int flags)
{
    int problem = open_below(fd, root_fd, relative, flags, RESOLVE_NO_SYMLINKS);
    return problem == ELOOP ? BASE_FILE_OUTSIDE_ROOT : problem;
}

/* Opens one component without following a link. */
static int open_component(int *fd, int directory_fd, const char *name, int flags)
{
    int problem = base_descriptor_open(fd, directory_fd, name, flags | O_NOFOLLOW);
    if (problem == 0) {
        return 0;
    }
    char target[1];
    /* With O_DIRECTORY a link is ENOTDIR, else ELOOP. */
    if ((problem == ELOOP || problem == ENOTDIR) && readlinkat(directory_fd, name, target, sizeof target) >= 0) {
        return BASE_FILE_OUTSIDE_ROOT;
    }
    return problem_of(problem);
}

int base_open_below_stepwise(int *fd, int root_fd, const char *relative, int flags)
{
    if (!is_plain_relative(relative)) {
        return BASE_FILE_OUTSIDE_ROOT;
    }
    int directory_fd = root_fd;
    const char *at = relative;
    for (;;) {
        char name[256]; /* NAME_MAX and a NUL: no longer name exists */
        size_t length = strcspn(at, "/");
        bool last = at[length] == '\0';
        int opened = -1;
        int problem = ENAMETOOLONG;
        if (length < sizeof name) {
            memcpy(name, at, length);
            name[length] = '\0';
            problem = open_component(&opened, directory_fd, name, last ? flags : O_PATH | O_DIRECTORY);
        }
        if (directory_fd != root_fd) {
            (void)close(directory_fd);
        }
        if (problem != 0 || last) {
            *fd = opened;
            return problem;
        }
        directory_fd = opened;
        at += length + 1;
    }
}
