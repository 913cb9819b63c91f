#include "service/transaction/settle.h"

#include "base/directory.h"
#include "base/file.h"
#include "base/report.h"
#include "base/text.h"
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
#include <sys/stat.h>
#include <unistd.h>

#define REGISTRY "assets/.prometeu"

/* Opens the directory that builds publish into unless they are told another one. It may be settled without a note, if
 * it lies below the project. Returns -1 when it does not, or is not there. */
static int open_default_output(int begin_fd, const char *workspace)
{
    int root_fd;
    int fd = -1;
    if (base_directory_open(&root_fd, begin_fd, workspace) == 0) {
        (void)base_directory_open_below(&fd, root_fd, SERVICE_DEFAULT_OUTPUT);
        (void)close(root_fd);
    }
    return fd;
}

static bool is_left_in_default_output(int begin_fd, const char *workspace)
{
    int fd = open_default_output(begin_fd, workspace);
    bool left = fd >= 0 && (service_swap_pending(fd) || service_staging_exists(fd));
    if (fd >= 0) {
        (void)close(fd);
    }
    return left;
}

static bool is_left_over(int registry_fd, int begin_fd, const char *workspace)
{
    return service_journal_exists(registry_fd) || service_edit_exists(registry_fd) ||
           service_stage_exists(registry_fd, SERVICE_CACHE_NAME) || is_left_in_default_output(begin_fd, workspace);
}

static void settle_default_output(int begin_fd, const char *workspace)
{
    int fd = open_default_output(begin_fd, workspace);
    if (fd >= 0) {
        (void)service_swap_settle(fd, SERVICE_LOCK_TRY, SERVICE_DEFAULT_OUTPUT, NULL);
        (void)close(fd);
    }
}

/* Opens the output directory of a journal if it may be settled. Returns 0, an errno value, or BASE_FILE_OUTSIDE_ROOT
 * when it may not. Outside of the project the mark decides, and then links are followed as the build did. */
static int open_output(int registry_fd, const char *workspace, const struct service_output *output, int *fd)
{
    int problem = service_output_open_below(output, workspace, fd);
    if (problem != BASE_FILE_OUTSIDE_ROOT) {
        return problem;
    }
    return service_journal_is_marked(registry_fd, output) ? base_directory_open(fd, output->root_fd, output->path)
                                                          : problem;
}

/* Returns 0 when nothing is left of the build that is noted, or nothing of it may be touched; or an errno value. */
static int settle_output(int registry_fd, const char *workspace, const struct service_output *output,
                         enum service_lock_patience patience, const struct service_lock_wish *wish)
{
    int fd;
    int problem = open_output(registry_fd, workspace, output, &fd);
    if (problem == 0) {
        problem = service_swap_settle(fd, patience, output->path, wish);
        (void)close(fd);
    } else if (problem == BASE_FILE_OUTSIDE_ROOT) {
        return 0;
    } else if (problem == ENOENT || problem == ENOTDIR) {
        problem = 0;
    }
    if (problem == 0) {
        service_directory_unmake(output->root_fd, output->path, output->present);
    }
    return problem;
}

/* Whether the registry's directory belongs to this workspace, and is not reached by a link out of it: what is noted in
 * it is noted by another workspace then. */
static bool is_own_registry(int registry_fd, int begin_fd, const char *workspace)
{
    struct stat own;
    struct stat opened;
    int root_fd;
    int fd = -1;
    if (base_directory_open(&root_fd, begin_fd, workspace) != 0) {
        return false;
    }
    bool same = base_directory_open_below(&fd, root_fd, REGISTRY) == 0 && fstat(fd, &own) == 0 &&
                fstat(registry_fd, &opened) == 0 && own.st_dev == opened.st_dev && own.st_ino == opened.st_ino;
    (void)close(root_fd);
    if (fd >= 0) {
        (void)close(fd);
    }
    return same;
}

/* Says that an edit was not made here, and drops it. */
static void refuse_edit(int registry_fd, const char *workspace, struct base_findings *findings)
{
    char *path = workspace_assets_path(workspace, WORKSPACE_REGISTRY_DIRECTORY, SERVICE_EDIT_NAME);
    findings->out_of_memory = findings->out_of_memory || path == NULL;
    base_report(findings, DIAG_EDIT_FOREIGN, &(struct base_details){.place.file = path, .severity = BASE_WARNING},
                "an unfinished edit was here that was not made in this workspace");
    free(path);
    (void)service_edit_drop(registry_fd);
}

/* An edit of the workspace. The caller holds the workspace lock. Returns 0 or an errno value. */
static int settle_edit(int registry_fd, int begin_fd, const char *workspace, struct base_findings *findings)
{
    if (!service_edit_exists(registry_fd) || !is_own_registry(registry_fd, begin_fd, workspace)) {
        return 0;
    }
    bool foreign = false;
    int assets_fd = -1;
    char *assets = workspace_assets_path(workspace, NULL, NULL);
    int problem = assets != NULL ? base_directory_open(&assets_fd, begin_fd, assets) : ENOMEM;
    if (problem == 0) {
        problem = service_edit_settle(registry_fd, assets_fd, &foreign);
        (void)close(assets_fd);
    }
    free(assets);
    if (foreign) {
        refuse_edit(registry_fd, workspace, findings);
    }
    return problem;
}

/* The caller holds the workspace lock. Returns 0 or an errno value; then the journal is kept, and *blocked is, for
 * EWOULDBLOCK, the directory that is locked: the caller's, or NULL. */
static int settle(int registry_fd, int begin_fd, const char *workspace, enum service_lock_patience patience,
                  const struct service_lock_wish *wish, char **blocked)
{
    struct service_output output = {.root_fd = begin_fd};
    int problem = 0;
    if (!is_own_registry(registry_fd, begin_fd, workspace)) {
        return 0;
    }
    if (service_journal_exists(registry_fd)) {
        if (service_journal_read(registry_fd, begin_fd, workspace, &output)) {
            problem = settle_output(registry_fd, workspace, &output, patience, wish);
        }
        if (!service_journal_is_marked(registry_fd, &output)) {
            output.token[0] = '\0'; /* a mark of another workspace is not ours to remove */
        }
        if (problem == 0) {
            service_journal_remove(registry_fd, &output);
        } else if (problem == EWOULDBLOCK && blocked != NULL) {
            *blocked = output.path;
            output.path = NULL;
        }
        service_output_free(&output);
    }
    settle_default_output(begin_fd, workspace);
    service_stage_clear(registry_fd, SERVICE_CACHE_NAME);
    return problem;
}

/* Opens assets/.prometeu; path, which is empty, gets its name. Returns 0 or an errno value. */
static int open_registry(int begin_fd, const char *workspace, struct base_text *path, int *fd)
{
    if (strcmp(workspace, ".") != 0) {
        base_text_addf(path, "%s/", workspace);
    }
    base_text_add_string(path, REGISTRY);
    return base_text_out_of_memory(path) ? ENOMEM : base_directory_open(fd, begin_fd, base_text_string(path));
}

void service_workspace_settle(struct base_task *task, const char *workspace, struct base_findings *findings)
{
    int begin_fd = base_task_directory(task);
    struct base_text path = BASE_TEXT_EMPTY;
    int fd;
    if (open_registry(begin_fd, workspace, &path, &fd) == 0) {
        /* The lock is not for looking: a build that starts meanwhile would find it taken. */
        if (is_left_over(fd, begin_fd, workspace) &&
            service_lock_take(fd, true, SERVICE_LOCK_TRY, REGISTRY, NULL) == 0) {
            (void)settle_edit(fd, begin_fd, workspace, findings);
            (void)settle(fd, begin_fd, workspace, SERVICE_LOCK_TRY, NULL, NULL);
        }
        (void)close(fd);
    }
    base_text_free(&path);
}

static void report(struct base_findings *findings, const char *file, int problem)
{
    const struct base_details details = {.place.file = file, .actual = base_file_problem_text(problem)};
    if (problem == ECANCELED) {
        return; /* the operation reports it */
    }
    if (problem == ENOENT || problem == ENOTDIR) {
        base_report(findings, DIAG_WORKSPACE_MISSING, &details, "this is not a workspace: it has no registry");
    } else {
        base_report(findings, problem == ENOMEM ? DIAG_ENVIRONMENT_MEMORY : DIAG_ENVIRONMENT_READ, &details,
                    "cannot open and lock the registry's directory");
    }
}

/* Settles before a build. Returns false when a reader is in the way, with the reason in findings. Whatever else is in
 * the way does not keep the build from its own directory. */
static bool settle_before_build(int registry_fd, const char *workspace, const struct service_lock_wish *wish,
                                struct base_findings *findings)
{
    int begin_fd = base_task_directory(wish->task);
    char *blocked = NULL;
    int directory_fd = -1;
    int problem = settle(registry_fd, begin_fd, workspace, SERVICE_LOCK_BRIEFLY, wish, &blocked);
    if (problem != EWOULDBLOCK) {
        return problem != ECANCELED;
    }
    (void)base_directory_open(&directory_fd, begin_fd, blocked);
    service_lock_report(findings, directory_fd, blocked, "the directory, in which a killed build is to be completed");
    if (directory_fd >= 0) {
        (void)close(directory_fd);
    }
    free(blocked);
    return false;
}

static void report_edit(struct base_findings *findings, const char *workspace, int problem)
{
    char *path = workspace_assets_path(workspace, WORKSPACE_REGISTRY_PATH, NULL);
    const struct base_place place = {.file = path};
    base_report_write_failure(findings, &place, "complete an earlier edit of the workspace", problem);
    findings->out_of_memory = findings->out_of_memory || path == NULL;
    free(path);
}

/* With the workspace lock. False with the reason in findings. */
static bool settle_first(int registry_fd, const char *workspace, bool builds, const struct service_lock_wish *wish,
                         struct base_findings *findings)
{
    int begin_fd = base_task_directory(wish->task);
    if (!is_left_over(registry_fd, begin_fd, workspace)) {
        return true;
    }
    int problem = settle_edit(registry_fd, begin_fd, workspace, findings);
    if (problem != 0) {
        report_edit(findings, workspace, problem);
        return false;
    }
    if (builds) {
        return settle_before_build(registry_fd, workspace, wish, findings);
    }
    (void)settle(registry_fd, begin_fd, workspace, SERVICE_LOCK_TRY, NULL, NULL);
    return true;
}

int service_lock_workspace(const char *workspace, bool builds, const struct service_lock_wish *wish,
                           struct base_findings *findings)
{
    int begin_fd = base_task_directory(wish->task);
    struct base_text path = BASE_TEXT_EMPTY;
    int fd = -1;
    int problem = open_registry(begin_fd, workspace, &path, &fd);
    if (problem == 0) {
        problem = service_lock_take(fd, true, SERVICE_LOCK_SOON, base_text_string(&path), wish);
    }
    base_text_add_string(&path, "/index.json");
    bool taken = problem == 0 && settle_first(fd, workspace, builds, wish, findings);
    if (problem == EWOULDBLOCK) {
        service_lock_report(findings, fd, base_text_string(&path), "the workspace");
    } else if (problem != 0) {
        report(findings, base_text_string(&path), problem);
    }
    if (!taken && fd >= 0) {
        (void)close(fd);
        fd = -1;
    }
    base_text_free(&path);
    return fd;
}
