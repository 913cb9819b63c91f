#include "service/publish.h"

#include "base/file.h"
#include "base/text.h"
#include "service/directory.h"
#include "service/lock.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define STAGING ".prpack-staging"
#define COMMIT ".prpack-commit"

/* The whole set. assets.pa comes last, so that its time of change is that of the set. */
static const char *const artifacts[] = {"asset_table.json", "preload.json", "asset_table_metadata.json", "assets.pa"};

static void report(struct pp_findings *findings, const char *file, int problem, const char *what)
{
    struct pp_place place = PP_NOWHERE;
    place.file = file;
    pp_findings_add(findings, problem == ENOMEM ? PP_ENVIRONMENT_MEMORY : PP_ENVIRONMENT_WRITE, &place, NULL,
                    pp_file_problem_text(problem), "%s", what);
}

/* Moves the artifacts that are still in the commit directory into place. Being interrupted and repeated does no harm. */
static int move_into_place(int directory_fd)
{
    int commit_fd = openat(directory_fd, COMMIT, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (commit_fd < 0) {
        return errno == ENOENT ? 0 : errno;
    }
    int problem = 0;
    for (size_t i = 0; i < sizeof artifacts / sizeof artifacts[0] && problem == 0; i++) {
        if (renameat(commit_fd, artifacts[i], directory_fd, artifacts[i]) != 0 && errno != ENOENT) {
            problem = errno;
        }
    }
    (void)close(commit_fd);
    if (problem == 0) {
        problem = pp_directory_sync(directory_fd);
    }
    if (problem == 0) {
        problem = pp_directory_clear(directory_fd, COMMIT);
    }
    return problem;
}

/* Completes a committed swap under the exclusive lock on the directory. */
static int swap(int directory_fd)
{
    while (flock(directory_fd, LOCK_EX) != 0) {
        if (errno != EINTR) {
            return errno;
        }
    }
    int problem = move_into_place(directory_fd);
    pp_unlock_directory(directory_fd);
    return problem;
}

static bool exists(int directory_fd, const char *name)
{
    struct stat status;
    return fstatat(directory_fd, name, &status, AT_SYMLINK_NOFOLLOW) == 0;
}

/* Opens the staging directory if it is nobody's: *fd holds it locked. Returns 0, EWOULDBLOCK, or another problem. */
static int lock_staging(int directory_fd, bool wait, int *fd)
{
    *fd = openat(directory_fd, STAGING, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (*fd < 0) {
        return errno;
    }
    int problem = 0;
    while (flock(*fd, LOCK_EX | (wait ? 0 : LOCK_NB)) != 0) {
        if (errno != EINTR) {
            problem = errno;
            break;
        }
    }
    if (problem != 0) {
        (void)close(*fd);
        *fd = -1;
    }
    return problem;
}

/* Whether the locked directory is still the one that has the name: its last holder may have moved it away. */
static bool is_current(int directory_fd, int staging_fd)
{
    struct stat named;
    struct stat held;
    return fstatat(directory_fd, STAGING, &named, AT_SYMLINK_NOFOLLOW) == 0 && fstat(staging_fd, &held) == 0 &&
           named.st_dev == held.st_dev && named.st_ino == held.st_ino;
}

static void clear_dead_staging(int directory_fd)
{
    int fd;
    if (lock_staging(directory_fd, false, &fd) == 0) {
        if (is_current(directory_fd, fd)) {
            (void)pp_directory_clear(directory_fd, STAGING);
        }
        (void)close(fd);
    }
}

void pp_publication_recover(const char *directory)
{
    int fd;
    if (pp_directory_open(&fd, directory) != 0) {
        return;
    }
    bool left_over = false;
    if (exists(fd, COMMIT)) {
        left_over = swap(fd) == 0;
    }
    if (exists(fd, STAGING)) {
        clear_dead_staging(fd);
        left_over = true;
    }
    (void)close(fd);
    if (left_over) {
        /* A first build that was killed leaves the directory that it made; a directory in use is not empty. */
        (void)rmdir(directory);
    }
}

void pp_publication_recover_default(const char *workspace)
{
    struct pp_text path = PP_TEXT_EMPTY;
    pp_text_addf(&path, "%s/build", workspace);
    if (!pp_text_failed(&path)) {
        pp_publication_recover(pp_text_string(&path));
    }
    pp_text_free(&path);
}

int pp_publication_enter(const char *directory)
{
    pp_publication_recover(directory);
    int fd;
    if (pp_directory_open(&fd, directory) != 0) {
        return -1;
    }
    while (flock(fd, LOCK_SH) != 0) {
        if (errno != EINTR) {
            (void)close(fd);
            return -1;
        }
    }
    return fd;
}

void pp_publication_leave(int descriptor)
{
    if (descriptor >= 0) {
        (void)close(descriptor);
    }
}

/* Makes the staging directory ours and empty. */
static int open_staging(struct pp_publication *publication, bool wait)
{
    for (;;) {
        if (mkdirat(publication->directory_fd, STAGING, 0777) != 0 && errno != EEXIST) {
            return errno;
        }
        int fd;
        int problem = lock_staging(publication->directory_fd, wait, &fd);
        if (problem == ENOENT) {
            continue; /* its holder committed between our two calls */
        }
        if (problem != 0) {
            return problem;
        }
        if (is_current(publication->directory_fd, fd)) {
            publication->staging_fd = fd;
            return 0;
        }
        (void)close(fd);
    }
}

/* Removes files that a killed build left in a staging directory which is ours now. */
static int empty_staging(int staging_fd)
{
    static const int flags = 0;
    for (size_t i = 0; i < sizeof artifacts / sizeof artifacts[0]; i++) {
        if (unlinkat(staging_fd, artifacts[i], flags) != 0 && errno != ENOENT) {
            return errno;
        }
    }
    return 0;
}

static void close_publication(struct pp_publication *publication)
{
    if (publication->staging_fd >= 0) {
        (void)close(publication->staging_fd);
    }
    if (publication->directory_fd >= 0) {
        (void)close(publication->directory_fd);
    }
    free(publication->directory);
    free(publication->staging);
    *publication = (struct pp_publication){.directory_fd = -1, .staging_fd = -1};
}

bool pp_publication_begin(struct pp_publication *publication, const char *directory, bool wait,
                          struct pp_findings *findings)
{
    *publication = (struct pp_publication){.directory_fd = -1, .staging_fd = -1};
    struct pp_text staging = PP_TEXT_EMPTY;
    pp_text_addf(&staging, "%s/" STAGING, directory);
    publication->staging = pp_text_take(&staging);
    publication->directory = strdup(directory);
    int problem = publication->staging == NULL || publication->directory == NULL ? ENOMEM : 0;
    const char *what = "memory ran out";
    if (problem == 0) {
        pp_publication_recover(directory);
        what = "cannot make the directory for the artifacts";
        problem = pp_directory_make(directory, &publication->made_directory);
    }
    if (problem == 0) {
        what = "cannot open the directory for the artifacts";
        problem = pp_directory_open(&publication->directory_fd, directory);
    }
    if (problem == 0) {
        what = "cannot make the staging directory";
        problem = open_staging(publication, wait);
    }
    if (problem == 0) {
        what = "cannot clear the staging directory";
        problem = empty_staging(publication->staging_fd);
    }
    if (problem == EWOULDBLOCK) {
        struct pp_place place = PP_NOWHERE;
        place.file = directory;
        pp_findings_add(findings, PP_BUILD_BUSY, &place, NULL, NULL, "another prpack is building into this directory");
    } else if (problem != 0) {
        report(findings, directory, problem, what);
    }
    if (problem != 0) {
        close_publication(publication);
    }
    return problem == 0;
}

/* The commit point. Another build into the same directory may be between its own commit and its swap: that is completed first. */
static int commit_staging(int directory_fd)
{
    for (;;) {
        if (renameat(directory_fd, STAGING, directory_fd, COMMIT) == 0) {
            return 0;
        }
        if (errno != ENOTEMPTY && errno != EEXIST) {
            return errno;
        }
        int problem = swap(directory_fd);
        if (problem != 0) {
            return problem;
        }
    }
}

enum pp_published pp_publication_commit(struct pp_publication *publication, struct pp_findings *findings)
{
    int fd = publication->directory_fd;
    const char *what = "cannot make the staged files durable";
    int problem = pp_directory_sync(publication->staging_fd);
    if (problem == 0) {
        what = "cannot commit the staged files";
        problem = commit_staging(fd);
    }
    if (problem != 0) {
        report(findings, publication->directory, problem, what);
        pp_publication_abandon(publication);
        return PP_PUBLISHED_NOT;
    }
    problem = pp_directory_sync(fd);
    if (problem == 0) {
        problem = swap(fd);
    }
    if (problem != 0) {
        report(findings, publication->directory, problem,
               "the new artifacts are complete but not all in place yet; the next prpack command moves them");
    }
    close_publication(publication);
    return problem == 0 ? PP_PUBLISHED : PP_COMMITTED;
}

void pp_publication_abandon(struct pp_publication *publication)
{
    if (publication->directory_fd < 0) {
        return;
    }
    (void)pp_directory_clear(publication->directory_fd, STAGING);
    if (publication->made_directory) {
        (void)rmdir(publication->directory);
    }
    close_publication(publication);
}
