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
    const struct base_details details = {.place.file = file, .actual = base_file_problem_text(problem)};
    if (problem == ECANCELED) {
        return; /* the operation reports it */
    }
    base_report(findings, problem == ENOMEM ? DIAG_ENVIRONMENT_MEMORY : DIAG_ENVIRONMENT_WRITE, &details, "%s", what);
}

/* Makes the staging directory ours. */
static int open_staging(struct service_publication *publication)
{
    int fd = publication->directory_fd;
    bool made;
    int problem;
    do {
        made = mkdirat(fd, SERVICE_STAGING_NAME, 0777) == 0;
        if (!made && errno != EEXIST) {
            return errno;
        }
        problem = service_staging_lock(fd, SERVICE_LOCK_SOON, publication->output->path, publication->wish,
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
    service_directory_unmake(publication->output->root_fd, publication->output->path, publication->output->present);
    if (problem == 0) {
        service_journal_remove(publication->registry_fd, publication->output);
    }
    free(publication->staging);
    *publication = (struct service_publication){.directory_fd = -1, .staging_fd = -1};
}

/* A step that another process's lock keeps from being done. */
static bool report_busy(const struct service_publication *publication, int problem, int locked_fd, const char *what,
                        struct base_findings *findings)
{
    if (problem == EWOULDBLOCK) {
        service_lock_report(findings, locked_fd, publication->output->path, what);
    }
    return problem == EWOULDBLOCK;
}

/* Notes and makes the output directory. Returns 0 or an errno value; *what is then what could not be done. */
static int make_directory(struct service_publication *publication, const char *workspace, const char **what)
{
    const char *path = publication->output->path;
    *what = "cannot note the output directory";
    int problem = service_journal_write(publication->registry_fd, workspace, publication->output);
    if (problem == 0) {
        *what = "cannot make the directory for the artifacts";
        problem = service_directory_make(publication->output->root_fd, path);
    }
    if (problem == 0) {
        *what = "cannot open the directory for the artifacts";
        problem = base_directory_open(&publication->directory_fd, publication->output->root_fd, path);
    }
    return problem;
}

/* Makes the open directory ready. Returns false with the reason in findings. */
static bool prepare(struct service_publication *publication, struct base_findings *findings)
{
    const char *path = publication->output->path;
    int fd = publication->directory_fd;
    const char *what = "cannot finish what a killed build left in the directory for the artifacts";
    int problem = service_swap_settle(fd, SERVICE_LOCK_BRIEFLY, path, publication->wish);
    if (report_busy(publication, problem, fd, "the directory, in which a killed build is to be completed", findings)) {
        return false;
    }
    if (problem == 0) {
        what = "cannot make the staging directory";
        problem = open_staging(publication);
    }
    if (problem == EWOULDBLOCK) {
        int staging_fd;
        (void)base_directory_enter(&staging_fd, fd, SERVICE_STAGING_NAME);
        (void)report_busy(publication, problem, staging_fd, "this directory to build into it", findings);
        if (staging_fd >= 0) {
            (void)close(staging_fd);
        }
        return false;
    }
    if (problem == 0) {
        what = "cannot clear the staging directory";
        problem = service_staging_empty(publication->staging_fd);
    }
    if (problem != 0) {
        report(findings, path, problem, what);
    }
    return problem == 0;
}

bool service_publication_begin(struct service_publication *publication, int registry_fd, const char *workspace,
                               struct service_output *output, const struct service_lock_wish *wish,
                               struct base_findings *findings)
{
    *publication = (struct service_publication){
        .output = output,
        .wish = wish,
        .staging = base_path_join(output->path, SERVICE_STAGING_NAME),
        .registry_fd = registry_fd,
        .directory_fd = -1,
        .staging_fd = -1,
    };
    const char *what = "memory ran out";
    int problem = publication->staging == NULL ? ENOMEM : make_directory(publication, workspace, &what);
    if (problem != 0) {
        report(findings, output->path, problem, what);
    }
    bool ready = problem == 0 && prepare(publication, findings);
    if (!ready) {
        undo(publication);
    }
    return ready;
}

void service_publication_abandon(struct service_publication *publication)
{
    undo(publication);
}

/* The commit point. A set that another build into this directory left half in place is completed first: that build is
 * dead, because we hold the lock. */
static int commit_staging(int directory_fd)
{
    int problem = service_swap(directory_fd);
    if (problem == 0 && renameat(directory_fd, SERVICE_STAGING_NAME, directory_fd, SERVICE_COMMIT_NAME) != 0) {
        problem = errno;
    }
    return problem;
}

/* Everything up to the commit point. False with the reason in findings: the old set is still there. */
static bool commit(const struct service_publication *publication, struct base_findings *findings)
{
    int fd = publication->directory_fd;
    const char *path = publication->output->path;
    const char *what = "cannot make the staged files durable";
    int problem = base_descriptor_sync_directory(publication->staging_fd);
    if (problem == 0) {
        what = "cannot lock the directory for the artifacts";
        problem = service_lock_take(fd, true, SERVICE_LOCK_BRIEFLY, path, publication->wish);
    }
    if (report_busy(publication, problem, fd, "the directory to read it", findings)) {
        return false;
    }
    if (problem == 0) {
        what = "cannot commit the staged files";
        problem = commit_staging(fd);
    }
    if (problem != 0) {
        report(findings, path, problem, what);
    }
    return problem == 0;
}

enum service_publication_end service_publication_commit(struct service_publication *publication,
                                                        struct base_findings *findings)
{
    int fd = publication->directory_fd;
    if (!commit(publication, findings)) {
        undo(publication);
        return SERVICE_PUBLICATION_ABANDONED;
    }
    int problem = base_descriptor_sync_directory(fd);
    if (problem == 0) {
        problem = service_swap(fd);
    }
    if (problem == 0) {
        service_journal_remove(publication->registry_fd, publication->output);
    } else {
        report(findings, publication->output->path, problem,
               "the new artifacts are complete but not all in place yet; the next command in the workspace moves them");
    }
    (void)close(publication->staging_fd);
    (void)close(fd);
    free(publication->staging);
    return problem == 0 ? SERVICE_PUBLICATION_COMPLETE : SERVICE_PUBLICATION_COMMITTED;
}
