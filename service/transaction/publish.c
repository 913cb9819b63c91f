#include "service/transaction/publish.h"

#include "base/descriptor.h"
#include "base/directory.h"
#include "base/file.h"
#include "base/path.h"
#include "base/report.h"
#include "service/request.h"
#include "service/transaction/directory.h"
#include "service/transaction/gitignore.h"
#include "service/transaction/journal.h"
#include "service/transaction/swap.h"
#include "service/transaction/targets.h"
#include "workspace/path.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Adds environment-write about a file. `doing` completes "could not …". */
static void report(struct base_findings *findings, const char *file, int problem, const char *doing)
{
    const struct base_place place = {.file = file, .request_field = SERVICE_FIELD_BUILD_OUTPUT};
    if (problem != ECANCELED) { /* the operation reports that */
        base_report_write_failure(findings, &place, doing, problem);
    }
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
    const struct service_path where = service_output_where(publication->output);
    service_directory_unmake(&where, publication->output->present);
    if (problem == 0) {
        service_journal_remove(publication->site);
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

/* Notes and makes the output directory. False with the reason in findings. */
static bool make_directory(struct service_publication *publication, struct base_findings *findings)
{
    const struct service_path where = service_output_where(publication->output);
    int problem = service_journal_write(publication->site, publication->output);
    if (problem != 0) {
        char *note = workspace_assets_path(publication->site->registry, SERVICE_JOURNAL_NAME, NULL);
        report(findings, note, problem, "note the output directory");
        free(note);
        return false;
    }
    const char *doing = "make the directory for the artifacts";
    problem = service_directory_make(&where);
    if (problem == 0) {
        doing = "open the directory for the artifacts";
        problem = service_directory_open(&where, &publication->directory_fd);
    }
    if (problem != 0) {
        report(findings, publication->output->path, problem, doing);
    }
    return problem == 0;
}

/* Whether the output directory, or a part of its path, was not there before this build. */
static bool made_directory(const struct service_publication *publication)
{
    const struct service_path where = service_output_where(publication->output);
    return publication->output->present < strlen(where.path);
}

/* Whether each artifact can be replaced. False with the reason in findings. */
static bool check_targets(const struct service_publication *publication, struct base_findings *findings)
{
    const char *name;
    int problem = service_targets_check(publication->directory_fd, &name);
    if (problem != 0) {
        service_targets_report(publication->output->path, name, problem, findings);
    }
    return problem == 0;
}

/* Completes what a killed build left in the directory. False with the reason in findings. */
static bool settle_directory(const struct service_publication *publication, struct base_findings *findings)
{
    const char *path = publication->output->path;
    int fd = publication->directory_fd;
    int problem = service_swap_settle(fd, SERVICE_LOCK_BRIEFLY, path, publication->wish, publication->moved);
    if (report_busy(publication, problem, fd, "the directory, in which a killed build is to be completed", findings)) {
        return false;
    }
    if (problem != 0) {
        report(findings, path, problem, "finish what a killed build left in the directory for the artifacts");
    }
    return problem == 0;
}

/* Opens and empties the staging directory. False with the reason in findings. */
static bool prepare_staging(struct service_publication *publication, struct base_findings *findings)
{
    int problem = open_staging(publication);
    if (problem == EWOULDBLOCK) {
        int staging_fd;
        (void)base_directory_enter(&staging_fd, publication->directory_fd, SERVICE_STAGING_NAME);
        (void)report_busy(publication, problem, staging_fd, "this directory to build into it", findings);
        if (staging_fd >= 0) {
            (void)close(staging_fd);
        }
        return false;
    }
    const char *doing = "make the staging directory";
    if (problem == 0) {
        doing = "clear the staging directory";
        problem = service_staging_empty(publication->staging_fd);
    }
    if (problem != 0) {
        report(findings, publication->staging, problem, doing);
    }
    return problem == 0;
}

bool service_publication_begin(struct service_publication *publication, const struct service_site *site,
                               const struct service_output *output, const struct service_lock_wish *wish,
                               enum service_moved *moved, struct base_findings *findings)
{
    *publication = (struct service_publication){
        .site = site,
        .output = output,
        .wish = wish,
        .staging = base_path_join(output->path, SERVICE_STAGING_NAME),
        .directory_fd = -1,
        .staging_fd = -1,
    };
    publication->moved = moved;
    if (publication->staging == NULL) {
        base_report_out_of_memory(findings, output->path);
    }
    bool ready = publication->staging != NULL && make_directory(publication, findings) &&
                 check_targets(publication, findings) && settle_directory(publication, findings) &&
                 prepare_staging(publication, findings);
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
 * dead, because we hold the lock. False with the reason in findings. */
static bool commit_staging(const struct service_publication *publication, struct base_findings *findings)
{
    int fd = publication->directory_fd;
    if (!check_targets(publication, findings)) {
        return false;
    }
    int problem = service_swap(fd, publication->moved);
    if (problem == 0 && renameat(fd, SERVICE_STAGING_NAME, fd, SERVICE_COMMIT_NAME) != 0) {
        problem = errno;
    }
    if (problem != 0) {
        report(findings, publication->output->path, problem, "commit the staged files");
    }
    return problem == 0;
}

/* Everything up to the commit point. False with the reason in findings: the old set is still there. */
static bool commit(const struct service_publication *publication, struct base_findings *findings)
{
    int fd = publication->directory_fd;
    const char *path = publication->output->path;
    const char *doing = "make the staged files durable";
    int problem = made_directory(publication) ? service_gitignore_stage(publication->staging_fd) : 0;
    if (problem == 0) {
        problem = base_descriptor_sync_directory(publication->staging_fd);
    }
    if (problem == 0) {
        doing = "lock the directory for the artifacts";
        problem = service_lock_take(fd, true, SERVICE_LOCK_BRIEFLY, path, publication->wish);
    }
    if (report_busy(publication, problem, fd, "the directory to read it", findings)) {
        return false;
    }
    if (problem != 0) {
        report(findings, path, problem, doing);
    }
    return problem == 0 && commit_staging(publication, findings);
}

/* After the commit point: what is true of the new set, which could not be moved as it should. */
static void report_unfinished(const struct service_publication *publication, int problem, enum service_moved moved,
                              struct base_findings *findings)
{
    static const char *const doing[] = {
        [SERVICE_MOVED_NOTHING] = "move the new files into place: they are complete, and the next command in the "
                                  "workspace, or build into this directory, tries again",
        [SERVICE_MOVED_ALL] =
            "finish: the new files are all in place, but that may not last over a power cut, or their "
            "empty directory is left",
        [SERVICE_MOVED_SOME] = "move all new files into place: they are complete, and the next command in the "
                               "workspace, or build into this directory, moves the rest",
    };
    report(findings, publication->output->path, problem, doing[moved]);
}

enum service_publication_end service_publication_commit(struct service_publication *publication,
                                                        struct base_findings *findings)
{
    int fd = publication->directory_fd;
    enum service_moved moved = SERVICE_MOVED_NOTHING;
    if (!commit(publication, findings)) {
        undo(publication);
        return SERVICE_PUBLICATION_ABANDONED;
    }
    int problem = base_descriptor_sync_directory(fd);
    if (problem == 0) {
        problem = service_swap(fd, &moved);
    }
    if (problem == 0) {
        service_journal_remove(publication->site);
    } else {
        report_unfinished(publication, problem, moved, findings);
    }
    (void)close(publication->staging_fd);
    (void)close(fd);
    free(publication->staging);
    return moved == SERVICE_MOVED_ALL ? SERVICE_PUBLICATION_COMPLETE : SERVICE_PUBLICATION_COMMITTED;
}
