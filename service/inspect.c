#include "base/beside.h"
#include "base/path.h"
#include "service/examination/directory.h"
#include "service/examination/examine.h"
#include "service/policy.h"
#include "service/service.h"
#include "service/transaction/swap.h"
#include "verify/verify.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static bool is_directory(int root_fd, const char *path)
{
    struct stat status;
    return fstatat(root_fd, path, &status, 0) == 0 && S_ISDIR(status.st_mode);
}

/* Whether a name is in a directory; a link counts. */
static bool has(int root_fd, const char *directory, const char *name)
{
    struct stat status;
    char *path = base_path_join(directory, name);
    bool there = path != NULL && fstatat(root_fd, path, &status, AT_SYMLINK_NOFOLLOW) == 0;
    free(path);
    return there;
}

/* Whether builds may publish into a directory, so that it has to be locked to be read. A cartridge never is. The commit
 * is looked for first: while a first set is moved into place, it is there until all artifacts are. */
static bool may_be_published_into(const struct base_task *task, const char *directory)
{
    int root_fd = base_task_directory(task);
    int problem;
    return !has(root_fd, directory, "manifest.json") && !has(root_fd, directory, "program.pbx") &&
           (has(root_fd, directory, SERVICE_COMMIT_NAME) || verify_is_build(task, directory, NULL, &problem) ||
            problem != 0);
}

/* The directory of a path to a file. NULL when memory ran out. The caller frees it. */
static char *directory_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (slash == NULL) {
        return strdup(".");
    }
    return slash == path ? strdup("/") : strndup(path, (size_t)(slash - path));
}

static void inspect_file(struct base_task *task, const char *path, const struct service_examination_options *options,
                         struct service_report *report)
{
    const struct service_examination examination = {.examined = SERVICE_EXAMINED_PATH, .path = path};
    if (!service_examine(task, &examination, options, report) ||
        strcmp(base_path_name(path), service_artifacts[SERVICE_ARTIFACT_COUNT - 1]) != 0) {
        return;
    }
    char *directory = directory_of(path);
    if (directory != NULL) {
        service_report_pending_beside(task, directory, report);
    } else {
        report->findings.out_of_memory = true;
    }
    free(directory);
}

static void inspect_cartridge(struct base_task *task, const char *path,
                              const struct service_examination_options *options, struct service_report *report)
{
    const struct service_examination examination = {.examined = SERVICE_EXAMINED_CARTRIDGE, .path = path};
    if (service_examine(task, &examination, options, report)) {
        service_report_pending_beside(task, path, report);
    }
}

/* Where the path leads nowhere, the finding that says so gets what is beside it. */
static void name_what_was_meant(const struct base_task *task, const char *path, struct service_report *report)
{
    struct stat status;
    int root_fd = base_task_directory(task);
    if (fstatat(root_fd, path, &status, 0) == 0 || errno != ENOENT) {
        return;
    }
    for (size_t i = 0; i < report->findings.count; i++) {
        struct base_finding *finding = &report->findings.items[i];
        if (finding->diagnostic == DIAG_ENVIRONMENT_READ && finding->cause == DIAG_CAUSE_NONE) {
            finding->subject = base_beside_path(root_fd, path, &report->findings.out_of_memory);
            finding->cause = finding->subject != NULL ? DIAG_CAUSE_READ_MISSPELT : DIAG_CAUSE_NONE;
        }
    }
}

enum service_status service_inspect(struct base_task *task, const char *path,
                                    const struct service_inspect_request *request, struct service_report *report)
{
    const struct base_policy policy = service_policy_of(&request->findings, false);
    const struct service_examination_options options = {
        .jobs = request->jobs, .wait = request->wait, .policy = &policy};
    if (!is_directory(base_task_directory(task), path)) {
        inspect_file(task, path, &options, report);
        name_what_was_meant(task, path, report);
    } else if (may_be_published_into(task, path)) {
        service_examine_directory(task, path, true, &options, report);
    } else {
        inspect_cartridge(task, path, &options, report);
    }
    service_policy_apply(&policy, &report->findings);
    return service_status_of_report(report);
}
