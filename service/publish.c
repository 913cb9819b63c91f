#include "service/publish.h"

#include "base/file.h"
#include "base/text.h"
#include "service/directory.h"
#include "service/swap.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static void report(struct pp_findings *findings, const char *file, int problem, const char *what)
{
    struct pp_place place = PP_NOWHERE;
    place.file = file;
    if (problem == EWOULDBLOCK) {
        pp_findings_add(findings, PP_BUILD_BUSY, &place, NULL, NULL, "another prpack is building into this directory");
    } else {
        pp_findings_add(findings, problem == ENOMEM ? PP_ENVIRONMENT_MEMORY : PP_ENVIRONMENT_WRITE, &place, NULL,
                        pp_file_problem_text(problem), "%s", what);
    }
}

/* Makes the staging directory ours. */
static int open_staging(struct pp_publication *publication, bool wait)
{
    int fd = publication->directory_fd;
    bool made;
    int problem;
    do {
        made = mkdirat(fd, PP_STAGING_NAME, 0777) == 0;
        if (!made && errno != EEXIST) {
            return errno;
        }
        problem = pp_staging_lock(fd, wait ? PP_LOCK_AWAIT : PP_LOCK_SOON, &publication->staging_fd);
        /* ENOENT: somebody took it for dead, or committed it, between our two calls. */
    } while (problem == ENOENT);
    if (made && problem != 0 && problem != EWOULDBLOCK) {
        (void)unlinkat(fd, PP_STAGING_NAME, AT_REMOVEDIR);
    }
    return problem;
}

/* Takes back what pp_publication_begin did, and closes. Staging that is not ours stays; what cannot be removed is left to the next
 * command, as after a kill. */
static void undo(struct pp_publication *publication)
{
    int problem = 0;
    if (publication->staging_fd >= 0) {
        problem = pp_staging_remove(publication->directory_fd, publication->staging_fd);
        (void)close(publication->staging_fd);
    }
    if (publication->directory_fd >= 0) {
        (void)close(publication->directory_fd);
    }
    pp_directory_unmake(publication->output->path, publication->output->present);
    if (problem == 0) {
        pp_journal_remove(publication->registry_fd);
    }
    free(publication->staging);
    *publication = (struct pp_publication){.directory_fd = -1, .staging_fd = -1};
}

/* Returns 0 or an errno value; *what is then what could not be done. */
static int prepare(struct pp_publication *publication, bool wait, const char **what)
{
    const char *path = publication->output->path;
    *what = "cannot note the output directory in assets/.prometeu";
    int problem = pp_journal_write(publication->registry_fd, publication->output);
    if (problem == 0) {
        *what = "cannot make the directory for the artifacts";
        problem = pp_directory_make(path);
    }
    if (problem == 0) {
        *what = "cannot open the directory for the artifacts";
        problem = pp_directory_open(&publication->directory_fd, path);
    }
    if (problem == 0) {
        *what = "cannot finish what a killed build left in the directory for the artifacts";
        problem = pp_swap_settle(publication->directory_fd);
    }
    if (problem == 0) {
        *what = "cannot make the staging directory";
        problem = open_staging(publication, wait);
    }
    if (problem == 0) {
        *what = "cannot clear the staging directory";
        problem = pp_staging_empty(publication->staging_fd);
    }
    return problem;
}

bool pp_publication_begin(struct pp_publication *publication, int registry_fd, const struct pp_output *output,
                          bool wait, struct pp_findings *findings)
{
    struct pp_text staging = PP_TEXT_EMPTY;
    pp_text_addf(&staging, "%s/" PP_STAGING_NAME, output->path);
    *publication = (struct pp_publication){
        .output = output,
        .staging = pp_text_take(&staging),
        .registry_fd = registry_fd,
        .directory_fd = -1,
        .staging_fd = -1,
    };
    const char *what = "memory ran out";
    int problem = publication->staging == NULL ? ENOMEM : prepare(publication, wait, &what);
    if (problem != 0) {
        report(findings, output->path, problem, what);
        undo(publication);
    }
    return problem == 0;
}

void pp_publication_abandon(struct pp_publication *publication)
{
    undo(publication);
}

/* The commit point. Another build into the same directory may be between its own commit and its swap: that is completed first. */
static int commit_staging(int directory_fd)
{
    for (;;) {
        if (renameat(directory_fd, PP_STAGING_NAME, directory_fd, PP_COMMIT_NAME) == 0) {
            return 0;
        }
        if (errno != ENOTEMPTY && errno != EEXIST) {
            return errno;
        }
        int problem = pp_swap(directory_fd);
        if (problem != 0) {
            return problem;
        }
    }
}

enum pp_published pp_publication_commit(struct pp_publication *publication, struct pp_findings *findings)
{
    int fd = publication->directory_fd;
    const char *path = publication->output->path;
    const char *what = "cannot make the staged files durable";
    int problem = pp_directory_sync(publication->staging_fd);
    if (problem == 0) {
        what = "cannot commit the staged files";
        problem = commit_staging(fd);
    }
    if (problem != 0) {
        report(findings, path, problem, what);
        undo(publication);
        return PP_PUBLISHED_NOT;
    }
    problem = pp_directory_sync(fd);
    if (problem == 0) {
        problem = pp_swap(fd);
    }
    if (problem == 0) {
        pp_journal_remove(publication->registry_fd);
    } else {
        report(findings, path, problem,
               "the new artifacts are complete but not all in place yet; the next prpack command moves them");
    }
    (void)close(publication->staging_fd);
    (void)close(fd);
    free(publication->staging);
    return problem == 0 ? PP_PUBLISHED : PP_COMMITTED;
}

int pp_publication_settle(const char *directory)
{
    int fd;
    int problem = pp_directory_open(&fd, directory);
    if (problem != 0) {
        return problem == ENOENT || problem == ENOTDIR ? 0 : problem;
    }
    problem = pp_swap_settle(fd);
    (void)close(fd);
    return problem;
}

int pp_publication_enter(const char *directory)
{
    int fd;
    if (pp_directory_open(&fd, directory) != 0) {
        return -1;
    }
    bool settled;
    do {
        settled = pp_swap_settle(fd) == 0;
        if (pp_lock_take(fd, false, PP_LOCK_AWAIT) != 0) {
            (void)close(fd);
            return -1;
        }
        /* A set that was committed since may be half in place: its builder may be dead, and then nobody else moves the rest. */
    } while (settled && pp_swap_pending(fd));
    return fd;
}

void pp_publication_leave(int descriptor)
{
    if (descriptor >= 0) {
        (void)close(descriptor);
    }
}
