#include "service/transaction/publish.h"

#include "base/descriptor.h"
#include "base/directory.h"
#include "base/file.h"
#include "base/path.h"
#include "service/transaction/directory.h"
#include "service/transaction/swap.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static void report(struct base_findings *findings, const char *file, int problem, const char *what)
{
    struct base_place place = BASE_NOWHERE;
    place.file = file;
    if (problem == ECANCELED) {
        return; /* the operation reports it */
    }
    if (problem == EWOULDBLOCK) {
        base_findings_add(findings, DIAG_BUILD_BUSY, &place, NULL, NULL,
                          "another prpack is building into this directory");
    } else {
        base_findings_add(findings, problem == ENOMEM ? DIAG_ENVIRONMENT_MEMORY : DIAG_ENVIRONMENT_WRITE, &place, NULL,
                          base_file_problem_text(problem), "%s", what);
    }
}

/* Makes the staging directory ours. */
static int open_staging(struct service_publication *publication, bool wait)
{
    int fd = publication->directory_fd;
    bool made;
    int problem;
    do {
        made = mkdirat(fd, SERVICE_STAGING_NAME, 0777) == 0;
        if (!made && errno != EEXIST) {
            return errno;
        }
        problem = service_staging_lock(publication->task, fd, wait ? SERVICE_LOCK_WAIT : SERVICE_LOCK_SOON,
                                       &publication->staging_fd);
        /* ENOENT: another process took it for dead, or committed it, between our two calls. */
    } while (problem == ENOENT);
    if (made && problem != 0 && problem != EWOULDBLOCK) {
        (void)unlinkat(fd, SERVICE_STAGING_NAME, AT_REMOVEDIR);
    }
    return problem;
}

/* Takes back what service_publication_begin did, and closes. Staging that is not ours stays; what cannot be removed is
 * left to the next command, as after a kill. */
static void undo(struct service_publication *publication)
{
    int problem = 0;
    if (publication->staging_fd >= 0) {
        problem = service_staging_remove(publication->directory_fd, publication->staging_fd);
        (void)close(publication->staging_fd);
    }
    if (publication->directory_fd >= 0) {
        (void)close(publication->directory_fd);
    }
    service_directory_unmake(publication->output->path, publication->output->present);
    if (problem == 0) {
        service_journal_remove(publication->registry_fd);
    }
    free(publication->staging);
    *publication = (struct service_publication){.directory_fd = -1, .staging_fd = -1};
}

/* Returns 0 or an errno value; *what is then what could not be done. */
static int prepare(struct service_publication *publication, bool wait, const char **what)
{
    const char *path = publication->output->path;
    *what = "cannot note the output directory in assets/.prometeu";
    int problem = service_journal_write(publication->registry_fd, publication->output);
    if (problem == 0) {
        *what = "cannot make the directory for the artifacts";
        problem = service_directory_make(path);
    }
    if (problem == 0) {
        *what = "cannot open the directory for the artifacts";
        problem = base_directory_open(&publication->directory_fd, path);
    }
    if (problem == 0) {
        *what = "cannot finish what a killed build left in the directory for the artifacts";
        problem = service_swap_settle(publication->task, publication->directory_fd);
    }
    if (problem == 0) {
        *what = "cannot make the staging directory";
        problem = open_staging(publication, wait);
    }
    if (problem == 0) {
        *what = "cannot clear the staging directory";
        problem = service_staging_empty(publication->staging_fd);
    }
    return problem;
}

bool service_publication_begin(struct service_publication *publication, struct base_task *task, int registry_fd,
                               const struct service_output *output, bool wait, struct base_findings *findings)
{
    *publication = (struct service_publication){
        .task = task,
        .output = output,
        .staging = base_path_join(output->path, SERVICE_STAGING_NAME),
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

void service_publication_abandon(struct service_publication *publication)
{
    undo(publication);
}

/* The commit point. Another build into the same directory may be between its own commit and its swap: that is completed
 * first. */
static int commit_staging(struct base_task *task, int directory_fd)
{
    for (;;) {
        if (renameat(directory_fd, SERVICE_STAGING_NAME, directory_fd, SERVICE_COMMIT_NAME) == 0) {
            return 0;
        }
        if (errno != ENOTEMPTY && errno != EEXIST) {
            return errno;
        }
        int problem = service_swap(task, directory_fd);
        if (problem != 0) {
            return problem;
        }
    }
}

/* After the commit point. */
static void report_committed(struct base_findings *findings, const char *path, int problem)
{
    static const char text[] =
        "the new artifacts are complete but not all in place yet; the next command in this directory moves them";
    if (problem == ECANCELED) {
        struct base_place place = BASE_NOWHERE;
        place.file = path;
        base_findings_add(findings, DIAG_CANCELLED, &place, NULL, NULL, "%s", text);
    } else {
        report(findings, path, problem, text);
    }
}

enum service_publication_end service_publication_commit(struct service_publication *publication,
                                                        struct base_findings *findings)
{
    int fd = publication->directory_fd;
    const char *path = publication->output->path;
    const char *what = "cannot make the staged files durable";
    int problem = base_descriptor_sync_directory(publication->staging_fd);
    if (problem == 0) {
        what = "cannot commit the staged files";
        problem = commit_staging(publication->task, fd);
    }
    if (problem != 0) {
        report(findings, path, problem, what);
        undo(publication);
        return SERVICE_PUBLICATION_ABANDONED;
    }
    problem = base_descriptor_sync_directory(fd);
    if (problem == 0) {
        problem = service_swap(publication->task, fd);
    }
    if (problem == 0) {
        service_journal_remove(publication->registry_fd);
    } else {
        report_committed(findings, path, problem);
    }
    (void)close(publication->staging_fd);
    (void)close(fd);
    free(publication->staging);
    return problem == 0 ? SERVICE_PUBLICATION_COMPLETE : SERVICE_PUBLICATION_COMMITTED;
}

int service_publication_settle(struct base_task *task, const char *directory)
{
    int fd;
    int problem = base_directory_open(&fd, directory);
    if (problem != 0) {
        return problem == ENOENT || problem == ENOTDIR ? 0 : problem;
    }
    problem = service_swap_settle(task, fd);
    (void)close(fd);
    return problem;
}

int service_publication_enter(struct base_task *task, const char *directory)
{
    int fd;
    if (base_directory_open(&fd, directory) != 0) {
        return -1;
    }
    bool settled;
    do {
        settled = service_swap_settle(task, fd) == 0;
        if (service_lock_take(task, fd, false, SERVICE_LOCK_WAIT) != 0) {
            (void)close(fd);
            return -1;
        }
        /* A set that was committed since may be half in place: its builder may be dead, and then no other process moves
         * the rest. */
    } while (settled && service_swap_pending(fd));
    return fd;
}

void service_publication_leave(int descriptor)
{
    if (descriptor >= 0) {
        (void)close(descriptor);
    }
}
