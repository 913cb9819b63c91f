#include "service/transaction/settle.h"

#include "base/directory.h"
#include "base/file_problem.h"
#include "base/report.h"
#include "service/transaction/atomic.h"
#include "service/transaction/directory.h"
#include "service/transaction/edit_settle.h"
#include "service/transaction/journal.h"
#include "service/transaction/lock.h"
#include "service/transaction/names.h"
#include "service/transaction/swap.h"
#include "workspace/path.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What keeps the build that is noted from being settled. */
struct obstacle {
    int directory_fd; /* the directory that another process has locked, or -1 */
    char *path;       /* of it; or NULL */
};

/* Opens the directory that builds publish into unless they are told another one. It may be settled without a note.
 * Returns -1 when it is not there, or is a link. */
static int open_default_output(const struct service_site *site)
{
    int fd;
    (void)base_directory_enter(&fd, site->project_fd, SERVICE_DEFAULT_OUTPUT);
    return fd;
}

static bool is_left_in_default_output(const struct service_site *site)
{
    int fd = open_default_output(site);
    bool left = fd >= 0 && (service_swap_pending(fd) || service_staging_exists(fd));
    if (fd >= 0) {
        (void)close(fd);
    }
    return left;
}

static bool is_left_over(const struct service_site *site)
{
    return service_journal_exists(site) || service_edit_exists(site->registry_fd) ||
           service_stage_exists(site->registry_fd, SERVICE_CACHE_NAME) || is_left_in_default_output(site);
}

static void settle_default_output(const struct service_site *site, enum service_moved *moved)
{
    int fd = open_default_output(site);
    if (fd >= 0) {
        (void)service_swap_settle(fd, SERVICE_LOCK_TRY, SERVICE_DEFAULT_OUTPUT, NULL, moved);
        (void)close(fd);
    }
}

/* Returns 0 when nothing is left of the build that is noted, or nothing of it may be touched; or an errno value. */
static int settle_output(const struct service_output *output, enum service_lock_patience patience,
                         const struct service_lock_wish *wish, struct obstacle *obstacle, enum service_moved *moved)
{
    const struct service_path where = service_output_where(output);
    int fd;
    int problem = service_directory_open(&where, &fd);
    if (problem == 0) {
        problem = service_swap_settle(fd, patience, output->path, wish, moved);
        if (problem == EWOULDBLOCK && obstacle != NULL) {
            obstacle->directory_fd = fd;
        } else {
            (void)close(fd);
        }
    } else if (problem == BASE_FILE_OUTSIDE_ROOT) {
        return 0; /* a link took its place meanwhile */
    } else if (problem == ENOENT || problem == ENOTDIR) {
        problem = 0;
    }
    if (problem == 0) {
        service_directory_unmake(&where, output->present);
    }
    return problem;
}

/* Says that an edit was not made here, and drops it. */
static void refuse_edit(const struct service_site *site, struct base_findings *findings)
{
    char *path = workspace_assets_path(site->registry, SERVICE_EDIT_NAME, NULL);
    const struct base_details details = {.place = {.file = path}, .severity = BASE_WARNING};
    findings->out_of_memory = findings->out_of_memory || path == NULL;
    base_report(findings, DIAG_EDIT_FOREIGN, &details,
                "an unfinished edit was here that was not made in this workspace");
    free(path);
    (void)service_edit_drop(site->registry_fd);
}

/* An edit of the workspace. The caller holds the workspace lock. Returns 0 or an errno value. */
static int settle_edit(const struct service_site *site, struct base_findings *findings)
{
    if (!service_edit_exists(site->registry_fd)) {
        return 0;
    }
    bool foreign = false;
    int problem = service_edit_settle(site->registry_fd, site->assets_fd, &foreign);
    if (foreign) {
        refuse_edit(site, findings);
    }
    return problem;
}

/* The caller holds the workspace lock. Returns 0 or an errno value; then the note is kept. obstacle may be NULL. */
static int settle(const struct service_site *site, enum service_lock_patience patience,
                  const struct service_lock_wish *wish, struct obstacle *obstacle, enum service_moved *moved)
{
    struct service_output output;
    int problem = 0;
    if (service_journal_exists(site)) {
        int reading = service_journal_read(site, &output);
        problem = reading == EBADMSG ? 0 : reading;
        if (reading == 0) {
            problem = settle_output(&output, patience, wish, obstacle, moved);
        }
        if (problem == 0) {
            service_journal_remove(site);
        } else if (problem == EWOULDBLOCK && obstacle != NULL) {
            obstacle->path = output.path;
            output.path = NULL;
        }
        service_output_free(&output);
    }
    settle_default_output(site, moved);
    service_stage_clear(site->registry_fd, SERVICE_CACHE_NAME);
    return problem;
}

void service_workspace_settle(struct base_task *task, const struct workspace_place *place,
                              struct base_findings *findings)
{
    struct service_site site;
    enum service_moved moved = SERVICE_MOVED_NOTHING;
    /* The lock is not for looking: a build that starts meanwhile would find it taken. */
    if (service_site_open(&site, task, place) == 0 && is_left_over(&site) &&
        service_lock_take(site.registry_fd, true, SERVICE_LOCK_TRY, site.registry, NULL) == 0) {
        (void)settle_edit(&site, findings);
        (void)settle(&site, SERVICE_LOCK_TRY, NULL, NULL, &moved);
    }
    service_site_close(&site);
}

/* Settles before a build. Returns false when a reader is in the way, with the reason in findings. Whatever else is in
 * the way does not keep the build from its own directory. */
static bool settle_before_build(const struct service_site *site, const struct service_lock_wish *wish,
                                enum service_moved *moved, struct base_findings *findings)
{
    struct obstacle obstacle = {.directory_fd = -1};
    int problem = settle(site, SERVICE_LOCK_BRIEFLY, wish, &obstacle, moved);
    if (problem == EWOULDBLOCK) {
        service_lock_report(findings, obstacle.directory_fd, obstacle.path,
                            "the directory, in which a killed build is to be completed");
    }
    if (obstacle.directory_fd >= 0) {
        (void)close(obstacle.directory_fd);
    }
    free(obstacle.path);
    return problem != EWOULDBLOCK && problem != ECANCELED;
}

static void report_edit(const struct service_site *site, int problem, struct base_findings *findings)
{
    char *path = workspace_assets_path(site->registry, WORKSPACE_REGISTRY_NAME, NULL);
    const struct base_place place = {.file = path};
    base_report_write_failure(findings, &place, "complete an earlier edit of the workspace", problem);
    findings->out_of_memory = findings->out_of_memory || path == NULL;
    free(path);
}

bool service_settle_edit(const struct service_site *site, struct base_findings *findings)
{
    int problem = settle_edit(site, findings);
    if (problem != 0) {
        report_edit(site, problem, findings);
    }
    return problem == 0;
}

/* With the workspace lock. moved: NULL unless the caller builds. False with the reason in findings. */
static bool settle_first(const struct service_site *site, const struct service_lock_wish *wish,
                         enum service_moved *moved, struct base_findings *findings)
{
    enum service_moved unused = SERVICE_MOVED_NOTHING;
    if (!is_left_over(site)) {
        return true;
    }
    if (!service_settle_edit(site, findings)) {
        return false;
    }
    if (moved != NULL) {
        return settle_before_build(site, wish, moved, findings);
    }
    (void)settle(site, SERVICE_LOCK_TRY, NULL, NULL, &unused);
    return true;
}

static void report_busy(const struct service_site *site, struct base_findings *findings)
{
    char *path = workspace_assets_path(site->registry, WORKSPACE_REGISTRY_NAME, NULL);
    service_lock_report(findings, site->registry_fd, path, "the workspace");
    findings->out_of_memory = findings->out_of_memory || path == NULL;
    free(path);
}

static bool lock(const struct service_site *site, const struct service_lock_wish *wish, struct base_findings *findings)
{
    int problem = service_lock_take(site->registry_fd, true, SERVICE_LOCK_SOON, site->registry, wish);
    if (problem == EWOULDBLOCK) {
        report_busy(site, findings);
    } else if (problem != 0 && problem != ECANCELED) { /* the operation reports that it was cancelled */
        service_site_report(site, problem, findings);
    }
    return problem == 0;
}

bool service_lock_unsettled(struct service_site *site, const struct workspace_place *place,
                            const struct service_lock_wish *wish, struct base_findings *findings)
{
    int problem = service_site_open(site, wish->task, place);
    if (problem != 0) {
        service_site_report(site, problem, findings);
    }
    bool locked = problem == 0 && lock(site, wish, findings);
    if (!locked) {
        service_site_close(site);
    }
    return locked;
}

bool service_settle_locked(const struct service_site *site, struct base_findings *findings)
{
    return settle_first(site, NULL, NULL, findings);
}

bool service_lock_workspace(struct service_site *site, const struct workspace_place *place,
                            const struct service_lock_wish *wish, enum service_moved *moved,
                            struct base_findings *findings)
{
    bool locked = service_lock_unsettled(site, place, wish, findings);
    if (locked && !settle_first(site, wish, moved, findings)) {
        service_site_close(site);
        locked = false;
    }
    return locked;
}

static void report_edit_pending(const struct service_site *site, struct base_findings *findings)
{
    char *path = workspace_assets_path(site->registry, SERVICE_EDIT_COMMIT_NAME, NULL);
    findings->out_of_memory = findings->out_of_memory || path == NULL;
    base_report(findings, DIAG_EDIT_PENDING, &(struct base_details){.place.file = path},
                "an edit of the workspace was committed, and its process was killed before it was complete");
    free(path);
}

/* Waits for the process that completes a committed edit: it holds the workspace lock. False with the reason in
 * findings. */
static bool await_edit(const struct service_site *site, const struct service_lock_wish *wish,
                       struct base_findings *findings)
{
    if (!service_edit_is_committed(site->registry_fd)) {
        return true;
    }
    int problem = service_lock_take(site->registry_fd, false, SERVICE_LOCK_BRIEFLY, site->registry, wish);
    if (problem == EWOULDBLOCK) {
        report_busy(site, findings);
        return false;
    }
    bool committed = service_edit_is_committed(site->registry_fd);
    if (problem == 0) {
        service_lock_drop(site->registry_fd);
    }
    if (committed && problem != ECANCELED) { /* the operation reports that it was cancelled */
        report_edit_pending(site, findings);
    }
    return !committed && problem != ECANCELED;
}

bool service_look_at_workspace(struct service_site *site, const struct workspace_place *place,
                               const struct service_lock_wish *wish, struct base_findings *findings)
{
    int problem = service_site_open(site, wish->task, place);
    if (problem != 0) {
        service_site_report(site, problem, findings);
    }
    bool opened = problem == 0 && await_edit(site, wish, findings);
    if (!opened) {
        service_site_close(site);
    }
    return opened;
}

bool service_enter_workspace(struct service_site *site, const struct workspace_place *place,
                             const struct service_lock_wish *wish, bool writes, struct base_findings *findings)
{
    return writes ? service_lock_workspace(site, place, wish, NULL, findings)
                  : service_look_at_workspace(site, place, wish, findings);
}

bool service_await_edit(struct base_task *task, const struct workspace_place *place, struct base_findings *findings)
{
    const struct service_lock_wish wish = {.task = task};
    struct service_site site;
    bool settled = service_site_open(&site, task, place) != 0 || await_edit(&site, &wish, findings);
    service_site_close(&site);
    return settled;
}
