#include "service/transaction/swap.h"

#include "base/descriptor.h"
#include "base/directory.h"
#include "base/identity.h"
#include "service/transaction/directory.h"
#include "service/transaction/gitignore.h"
#include "service/transaction/targets.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

int service_staging_empty(int staging_fd)
{
    static const int flags = 0;
    int problem = service_gitignore_drop(staging_fd);
    if (problem != 0) {
        return problem;
    }
    for (size_t i = 0; i < SERVICE_ARTIFACT_COUNT; i++) {
        if (unlinkat(staging_fd, service_artifacts[i], flags) != 0 && errno != ENOENT) {
            return errno;
        }
    }
    return 0;
}

/* Removes a directory of ours, durably, with what another program may have put in. */
static int remove_with_content(int directory_fd, const char *name, int fd)
{
    int problem = service_staging_empty(fd);
    if (problem == 0 && unlinkat(directory_fd, name, AT_REMOVEDIR) != 0) {
        problem = errno;
    }
    if (problem == ENOTEMPTY || problem == EEXIST) {
        problem = service_directory_empty(fd);
        if (problem == 0 && unlinkat(directory_fd, name, AT_REMOVEDIR) != 0) {
            problem = errno;
        }
    }
    return problem != 0 ? problem : base_descriptor_sync_directory(directory_fd);
}

int service_staging_remove(int directory_fd, int staging_fd)
{
    return remove_with_content(directory_fd, SERVICE_STAGING_NAME, staging_fd);
}

static void raise(enum service_moved *moved, enum service_moved to)
{
    *moved = to > *moved ? to : *moved;
}

/* What is not in the commit any more was moved before. */
static int move_artifacts(int commit_fd, int directory_fd, enum service_moved *moved)
{
    size_t renamed = 0;
    int problem = service_gitignore_move(commit_fd, directory_fd);
    for (size_t i = 0; problem == 0 && i < SERVICE_ARTIFACT_COUNT; i++) {
        if (renameat(commit_fd, service_artifacts[i], directory_fd, service_artifacts[i]) == 0) {
            renamed++;
        } else if (errno != ENOENT) {
            problem = errno;
        }
    }
    if (problem == 0) {
        raise(moved, SERVICE_MOVED_ALL);
    } else if (renamed > 0) {
        raise(moved, SERVICE_MOVED_SOME);
    }
    return problem;
}

/* Opens a directory that a build has made in its output directory. */
static int enter(int *fd, int directory_fd, const char *name)
{
    int problem = base_directory_enter(fd, directory_fd, name);
    if (problem == 0) {
        problem = base_identity_check_mount(directory_fd, *fd);
        if (problem != 0) {
            (void)close(*fd);
            *fd = -1;
        }
    }
    return problem;
}

/* Only when the artifacts are in place for good may the commit directory go. */
int service_swap(int directory_fd, enum service_moved *moved)
{
    int commit_fd;
    int problem = enter(&commit_fd, directory_fd, SERVICE_COMMIT_NAME);
    if (problem != 0) {
        return problem == ENOENT ? 0 : problem;
    }
    problem = move_artifacts(commit_fd, directory_fd, moved);
    if (problem == 0) {
        problem = base_descriptor_sync_directory(directory_fd);
    }
    if (problem == 0) {
        problem = remove_with_content(directory_fd, SERVICE_COMMIT_NAME, commit_fd);
    }
    (void)close(commit_fd);
    return problem;
}

static bool exists(int directory_fd, const char *name)
{
    struct stat status;
    return fstatat(directory_fd, name, &status, AT_SYMLINK_NOFOLLOW) == 0;
}

bool service_swap_pending(int directory_fd)
{
    return exists(directory_fd, SERVICE_COMMIT_NAME);
}

bool service_staging_exists(int directory_fd)
{
    return exists(directory_fd, SERVICE_STAGING_NAME);
}

/* Returns 0 when an open directory is still the one that has the name, ENOENT when its last holder moved it away, or
 * another errno value. */
static int check_current(int directory_fd, int staging_fd)
{
    struct base_identity named;
    struct base_identity held;
    int problem = base_identity_of_name(directory_fd, SERVICE_STAGING_NAME, &named);
    if (problem == 0) {
        problem = base_identity_of(staging_fd, &held);
    }
    return problem != 0 || base_identity_equal(named, held) ? problem : ENOENT;
}

int service_staging_lock(int directory_fd, enum service_lock_patience patience, const char *file,
                         const struct service_lock_wish *wish, int *fd)
{
    int problem = enter(fd, directory_fd, SERVICE_STAGING_NAME);
    if (problem != 0) {
        return problem;
    }
    problem = service_lock_take(*fd, true, patience, file, wish);
    if (problem == 0) {
        problem = check_current(directory_fd, *fd);
    }
    if (problem != 0) {
        (void)close(*fd);
        *fd = -1;
    }
    return problem;
}

static int clear_dead_staging(int directory_fd)
{
    int fd;
    int problem = service_staging_lock(directory_fd, SERVICE_LOCK_TRY, SERVICE_STAGING_NAME, NULL, &fd);
    if (problem != 0) {
        return problem == ENOENT || problem == EWOULDBLOCK ? 0 : problem;
    }
    problem = service_staging_remove(directory_fd, fd);
    (void)close(fd);
    return problem;
}

int service_swap_settle(int directory_fd, enum service_lock_patience patience, const char *file,
                        const struct service_lock_wish *wish, enum service_moved *moved)
{
    const char *name;
    int problem = 0;
    if (service_swap_pending(directory_fd)) {
        problem = service_lock_take(directory_fd, true, patience, file, wish);
        if (problem == 0) {
            problem = service_targets_check(directory_fd, &name);
            problem = problem == 0 ? service_swap(directory_fd, moved) : problem;
            service_lock_drop(directory_fd);
        }
    }
    return problem != 0 ? problem : clear_dead_staging(directory_fd);
}
