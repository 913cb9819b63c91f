#include "service/extracting/target.h"

#include "base/descriptor.h"
#include "base/directory.h"
#include "base/path.h"
#include "base/report.h"
#include "service/extracting/remove.h"
#include "service/request.h"
#include "service/transaction/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char stage_name[] = ".assets.prpack-new";
static const char assets_name[] = "assets";

/* ---- What is there ---- */

static void refuse(const struct service_extract_target *target, const char *expected, const char *found,
                   struct base_findings *findings)
{
    const struct base_details details = {
        .place = {.file = target->shown, .request_field = SERVICE_FIELD_EXTRACT_TO},
        .expected = expected,
        .actual_bytes = base_bytes_of_string(found),
    };
    base_report(findings, DIAG_EXTRACT_TARGET, &details, "nothing can be extracted into this directory");
}

/* The first name in the directory that may not be there, by its bytes. */
struct entries {
    char *first;  /* or NULL */
    bool is_left; /* there is a stage of a killed process */
};

/* A base_entry_visitor. */
static int look_at_entry(void *context, const char *name, enum base_entry_kind kind)
{
    struct entries *entries = context;
    if (kind == BASE_ENTRY_DIRECTORY && strcmp(name, stage_name) == 0) {
        entries->is_left = true;
        return 0;
    }
    if (entries->first != NULL && strcmp(entries->first, name) <= 0) {
        return 0;
    }
    char *copy = strdup(name);
    if (copy == NULL) {
        return ENOMEM;
    }
    free(entries->first);
    entries->first = copy;
    return 0;
}

/* Whether the open directory is empty, but for a stage. False with the reason in findings. */
static bool is_empty(const struct service_extract_target *target, int directory_fd, bool *is_left,
                     struct base_findings *findings)
{
    struct entries entries = {.first = NULL};
    int fd;
    int problem = base_directory_reopen(&fd, directory_fd);
    problem = problem == 0 ? base_directory_each(fd, look_at_entry, &entries) : problem;
    if (problem != 0) {
        base_report_read_failure(findings, &(struct base_place){.file = target->shown}, problem);
    } else if (entries.first != NULL) {
        refuse(target, "an empty directory", entries.first, findings);
    }
    bool empty = problem == 0 && entries.first == NULL;
    *is_left = entries.is_left;
    free(entries.first);
    return empty;
}

/* The directory is not there: whether it could be made. */
static bool may_be_made(const struct service_extract_target *target, struct base_findings *findings)
{
    struct stat status;
    const char *rest = target->plain + target->kept;
    rest += *rest == '/' ? 1 : 0;
    if (fstatat(target->path.root_fd, target->plain, &status, AT_SYMLINK_NOFOLLOW) == 0) {
        refuse(target, "a directory, or a name that nothing has", "a link that leads nowhere", findings);
        return false;
    }
    if (strchr(rest, '/') != NULL) {
        const struct base_details details = {
            .place = {.file = target->shown, .request_field = SERVICE_FIELD_EXTRACT_TO},
            .remedy = "Make the directory above it first, or name another directory.",
        };
        base_report(findings, DIAG_EXTRACT_TARGET, &details, "the directory above it does not exist");
        return false;
    }
    return true;
}

bool service_extract_target_check(struct service_extract_target *target, struct base_task *task, const char *shown,
                                  struct base_findings *findings)
{
    struct base_text plain = BASE_TEXT_EMPTY;
    *target = SERVICE_EXTRACT_TARGET_EMPTY;
    target->task = task;
    target->shown = shown;
    base_path_add_plain(&plain, shown);
    target->plain = base_text_take(&plain);
    if (target->plain == NULL) {
        base_report_out_of_memory(findings, shown);
        return false;
    }
    target->path = (struct service_path){.root_fd = base_task_directory(task), .path = target->plain};
    int fd;
    int problem = base_directory_open(&fd, target->path.root_fd, target->plain);
    if (problem == ENOENT) {
        target->kept = service_directory_present(&target->path);
        return may_be_made(target, findings);
    }
    target->kept = strlen(target->plain);
    if (problem == ENOTDIR) {
        refuse(target, "a directory", "a file", findings);
        return false;
    }
    if (problem != 0) {
        base_report_read_failure(findings, &(struct base_place){.file = shown}, problem);
        return false;
    }
    bool is_left;
    bool empty = is_empty(target, fd, &is_left, findings);
    (void)close(fd);
    return empty;
}

/* ---- The stage ---- */

static int begin_stage(struct service_extract_target *target, bool is_left)
{
    static const mode_t mode = 0777; /* less the umask */
    int problem = is_left ? service_extract_remove(target->fd, stage_name) : 0;
    if (problem == 0 && mkdirat(target->fd, stage_name, mode) != 0) {
        problem = errno;
    }
    if (problem != 0) {
        return problem;
    }
    problem = base_directory_enter(&target->stage_fd, target->fd, stage_name);
    if (problem != 0) {
        (void)unlinkat(target->fd, stage_name, AT_REMOVEDIR);
    }
    return problem;
}

/* Takes the lock. False with the reason in findings, or when the task was cancelled. */
static bool lock(struct service_extract_target *target, bool wait, struct base_findings *findings)
{
    const struct service_lock_wish wish = {.task = target->task, .wait = wait};
    int problem = service_lock_take(target->fd, true, SERVICE_LOCK_SOON, target->shown, &wish);
    if (problem == EWOULDBLOCK) {
        service_lock_report(findings, target->fd, target->shown, "the directory to extract into");
    } else if (problem != 0 && problem != ECANCELED) {
        base_report_read_failure(findings, &(struct base_place){.file = target->shown}, problem);
    }
    if (problem != 0) { /* it is of the process that has the lock */
        (void)close(target->fd);
        target->fd = -1;
    }
    return problem == 0;
}

bool service_extract_target_begin(struct service_extract_target *target, bool wait, struct base_findings *findings)
{
    const struct base_place place = {.file = target->shown};
    bool is_left = false;
    target->making = target->kept < strlen(target->plain);
    int problem = service_directory_make(&target->path);
    problem = problem == 0 ? base_directory_open(&target->fd, target->path.root_fd, target->plain) : problem;
    if (problem != 0) {
        base_report_write_failure(findings, &place, "make the directory", problem);
        return false;
    }
    if (!lock(target, wait, findings) || !is_empty(target, target->fd, &is_left, findings)) {
        return false;
    }
    problem = begin_stage(target, is_left);
    if (problem != 0) {
        base_report_write_failure(findings, &place, "begin to write into it", problem);
    }
    return problem == 0;
}

bool service_extract_target_finish(struct service_extract_target *target, struct base_findings *findings)
{
    const struct base_place place = {.file = target->shown};
    int problem = base_descriptor_sync_file_system(target->stage_fd);
    if (base_task_cancelled(target->task)) {
        return false;
    }
    if (problem == 0) {
        problem = base_descriptor_rename_new(target->fd, stage_name, target->fd, assets_name);
    }
    if (problem == 0) {
        problem = base_descriptor_sync_directory(target->fd);
        if (problem != 0) {
            (void)base_descriptor_rename_new(target->fd, assets_name, target->fd, stage_name);
        }
    }
    if (problem != 0) {
        base_report_write_failure(findings, &place, "move the files into place", problem);
        return false;
    }
    (void)close(target->stage_fd);
    target->stage_fd = -1;
    target->making = false;
    return true;
}

void service_extract_target_free(struct service_extract_target *target)
{
    if (target->stage_fd >= 0) {
        (void)close(target->stage_fd);
        (void)service_extract_remove(target->fd, stage_name);
    }
    if (target->making) {
        service_directory_unmake(&target->path, target->kept);
    }
    if (target->fd >= 0) {
        (void)close(target->fd);
    }
    free(target->plain);
    *target = SERVICE_EXTRACT_TARGET_EMPTY;
}
