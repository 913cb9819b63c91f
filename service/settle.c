#include "service/settle.h"

#include "base/file.h"
#include "base/text.h"
#include "service/directory.h"
#include "service/journal.h"
#include "service/lock.h"
#include "service/publish.h"
#include "service/service.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

static bool is_left_over(int registry_fd)
{
    return pp_journal_exists(registry_fd) || pp_workspace_has_stages(registry_fd);
}

/* The caller holds the workspace lock. */
static void settle(int registry_fd, const char *workspace)
{
    struct pp_output output;
    bool known = pp_journal_read(registry_fd, workspace, &output);
    int problem = known ? pp_publication_settle(output.path) : 0;
    if (known && problem == 0) {
        pp_directory_unmake(output.path, output.present);
    }
    if (problem == 0) {
        pp_journal_remove(registry_fd);
    }
    if (known) {
        pp_output_free(&output);
    }
    pp_workspace_clear_stages(registry_fd);
}

/* Opens assets/.prometeu; path, which is empty, gets its name. Returns 0 or an errno value. */
static int open_registry(const char *workspace, struct pp_text *path, int *fd)
{
    if (strcmp(workspace, ".") != 0) {
        pp_text_addf(path, "%s/", workspace);
    }
    pp_text_add_string(path, "assets/.prometeu");
    return pp_text_failed(path) ? ENOMEM : pp_directory_open(fd, pp_text_string(path));
}

void pp_service_settle(const char *workspace)
{
    struct pp_text path = PP_TEXT_EMPTY;
    int fd;
    if (open_registry(workspace, &path, &fd) == 0) {
        /* The lock is not for looking: a build that starts meanwhile would find it taken. */
        if (is_left_over(fd) && pp_lock_take(fd, true, PP_LOCK_TRY) == 0) {
            settle(fd, workspace);
        }
        (void)close(fd);
    }
    pp_text_free(&path);
}

static void report(struct pp_findings *findings, const char *file, int problem)
{
    struct pp_place place = PP_NOWHERE;
    place.file = file;
    if (problem == ENOENT || problem == ENOTDIR) {
        pp_findings_add(findings, PP_WORKSPACE_MISSING, &place, NULL, pp_file_problem_text(problem),
                        "this is not a workspace: it has no registry");
    } else if (problem == EWOULDBLOCK) {
        pp_findings_add(findings, PP_BUILD_BUSY, &place, NULL, NULL, "another prpack holds the lock on this directory");
    } else {
        pp_findings_add(findings, problem == ENOMEM ? PP_ENVIRONMENT_MEMORY : PP_ENVIRONMENT_READ, &place, NULL,
                        pp_file_problem_text(problem), "cannot open and lock the registry's directory");
    }
}

int pp_lock_workspace(const char *workspace, bool wait, struct pp_findings *findings)
{
    struct pp_text path = PP_TEXT_EMPTY;
    int fd = -1;
    int problem = open_registry(workspace, &path, &fd);
    if (problem == 0) {
        problem = pp_lock_take(fd, true, wait ? PP_LOCK_AWAIT : PP_LOCK_SOON);
    }
    if (problem == 0 && is_left_over(fd)) {
        settle(fd, workspace);
    }
    if (problem != 0) {
        pp_text_add_string(&path, "/index.json");
        report(findings, pp_text_string(&path), problem);
        if (fd >= 0) {
            (void)close(fd);
        }
        fd = -1;
    }
    pp_text_free(&path);
    return fd;
}
