#include "service/transaction/settle.h"

#include "base/directory.h"
#include "base/file.h"
#include "base/text.h"
#include "service/transaction/directory.h"
#include "service/transaction/journal.h"
#include "service/transaction/lock.h"
#include "service/transaction/publish.h"
#include "workspace/edit/edit.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

static bool is_left_over(int registry_fd)
{
    return service_journal_exists(registry_fd) || workspace_has_stages(registry_fd);
}

/* The caller holds the workspace lock. */
static void settle(struct base_task *task, int registry_fd, const char *workspace)
{
    struct service_output output;
    bool known = service_journal_read(registry_fd, workspace, &output);
    int problem = known ? service_publication_settle(task, output.path) : 0;
    if (known && problem == 0) {
        service_directory_unmake(output.path, output.present);
    }
    if (problem == 0) {
        service_journal_remove(registry_fd);
    }
    if (known) {
        service_output_free(&output);
    }
    workspace_clear_stages(registry_fd);
}

/* Opens assets/.prometeu; path, which is empty, gets its name. Returns 0 or an errno value. */
static int open_registry(const char *workspace, struct base_text *path, int *fd)
{
    if (strcmp(workspace, ".") != 0) {
        base_text_addf(path, "%s/", workspace);
    }
    base_text_add_string(path, "assets/.prometeu");
    return base_text_out_of_memory(path) ? ENOMEM : base_directory_open(fd, base_text_string(path));
}

void service_workspace_settle(struct base_task *task, const char *workspace)
{
    struct base_text path = BASE_TEXT_EMPTY;
    int fd;
    if (open_registry(workspace, &path, &fd) == 0) {
        /* The lock is not for looking: a build that starts meanwhile would find it taken. */
        if (is_left_over(fd) && service_lock_take(task, fd, true, SERVICE_LOCK_TRY) == 0) {
            settle(task, fd, workspace);
        }
        (void)close(fd);
    }
    base_text_free(&path);
}

static void report(struct base_findings *findings, const char *file, int problem)
{
    struct base_place place = BASE_NOWHERE;
    place.file = file;
    if (problem == ECANCELED) {
        return; /* the operation reports it */
    }
    if (problem == ENOENT || problem == ENOTDIR) {
        base_findings_add(findings, DIAG_WORKSPACE_MISSING, &place, NULL, base_file_problem_text(problem),
                          "this is not a workspace: it has no registry");
    } else if (problem == EWOULDBLOCK) {
        base_findings_add(findings, DIAG_BUILD_BUSY, &place, NULL, NULL,
                          "another prpack holds the lock on this directory");
    } else {
        base_findings_add(findings, problem == ENOMEM ? DIAG_ENVIRONMENT_MEMORY : DIAG_ENVIRONMENT_READ, &place, NULL,
                          base_file_problem_text(problem), "cannot open and lock the registry's directory");
    }
}

int service_lock_workspace(struct base_task *task, const char *workspace, bool wait, struct base_findings *findings)
{
    struct base_text path = BASE_TEXT_EMPTY;
    int fd = -1;
    int problem = open_registry(workspace, &path, &fd);
    if (problem == 0) {
        problem = service_lock_take(task, fd, true, wait ? SERVICE_LOCK_WAIT : SERVICE_LOCK_SOON);
    }
    if (problem == 0 && is_left_over(fd)) {
        settle(task, fd, workspace);
    }
    if (problem != 0) {
        base_text_add_string(&path, "/index.json");
        report(findings, base_text_string(&path), problem);
        if (fd >= 0) {
            (void)close(fd);
        }
        fd = -1;
    }
    base_text_free(&path);
    return fd;
}
