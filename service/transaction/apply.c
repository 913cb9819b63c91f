#include "service/transaction/apply.h"

#include "base/descriptor.h"
#include "base/directory.h"
#include "base/report.h"
#include "service/transaction/edit_files.h"
#include "service/transaction/edit_settle.h"
#include "service/transaction/names.h"
#include "workspace/path.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* One edit. */
struct edit {
    struct base_task *task;
    const struct workspace_plan *plan;
    int registry_fd;
    int assets_fd;
    const char *target; /* what is being written, for messages */
};

static int write_file(int registry_fd, const char *name, struct base_bytes content)
{
    int fd;
    int problem = base_descriptor_open(&fd, registry_fd, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW);
    if (problem != 0) {
        return problem;
    }
    problem = base_descriptor_write(fd, content);
    if (problem == 0) {
        problem = base_descriptor_sync(fd);
    }
    int closing = base_descriptor_close(fd);
    return problem != 0 ? problem : closing;
}

/* Step 1. */
static int write_journal(const struct edit *edit)
{
    const struct workspace_step *registry = &edit->plan->steps[edit->plan->step_count - 1];
    int problem = write_file(edit->registry_fd, SERVICE_REGISTRY_STAGE_NAME, base_text_bytes(&registry->content));
    struct base_text text = BASE_TEXT_EMPTY;
    if (problem == 0) {
        problem = service_edit_print(edit->registry_fd, edit->plan, &text);
    }
    if (problem == 0) {
        problem = write_file(edit->registry_fd, SERVICE_EDIT_NAME, base_text_bytes(&text));
    }
    base_text_free(&text);
    return problem != 0 ? problem : base_descriptor_sync_directory(edit->registry_fd);
}

static int stage_step(const struct edit *edit, const struct workspace_step *step)
{
    char *root = strndup(step->target, step->path_at - 1);
    int problem = root != NULL ? service_edit_stage(edit->registry_fd, edit->assets_fd, root,
                                                    step->target + step->path_at, base_text_bytes(&step->content))
                               : ENOMEM;
    free(root);
    return problem;
}

/* Step 2. */
static int stage_all(struct edit *edit)
{
    const struct workspace_plan *plan = edit->plan;
    for (size_t i = 0; i + 1 < plan->step_count; i++) {
        edit->target = plan->steps[i].target;
        int problem = base_task_cancelled(edit->task) ? ECANCELED : stage_step(edit, &plan->steps[i]);
        if (problem != 0) {
            return problem;
        }
    }
    edit->target = plan->steps[plan->step_count - 1].target;
    return plan->step_count > 1 ? base_descriptor_sync_file_system(edit->registry_fd) : 0;
}

/* Step 3. */
static int commit(const struct edit *edit)
{
    if (base_task_cancelled(edit->task)) {
        return ECANCELED;
    }
    return base_descriptor_rename(edit->registry_fd, SERVICE_EDIT_NAME, edit->registry_fd, SERVICE_EDIT_COMMIT_NAME);
}

/* Steps 4 and 5, as a process would do them that finds the journal. */
static int finish(const struct edit *edit)
{
    bool foreign = false;
    int problem = base_descriptor_sync_directory(edit->registry_fd);
    if (problem == 0) {
        problem = service_edit_settle(edit->registry_fd, edit->assets_fd, &foreign);
    }
    return foreign ? EBADMSG : problem;
}

static void report(struct base_findings *findings, const char *assets, const char *target, const char *doing,
                   int problem)
{
    char *display = workspace_assets_path(assets, target, NULL);
    const struct base_place place = {.file = display};
    if (problem != ECANCELED) {
        base_report_write_failure(findings, &place, doing, problem);
    }
    findings->out_of_memory = findings->out_of_memory || display == NULL;
    free(display);
}

static enum service_apply_end apply(struct edit *edit, const char *assets, struct base_findings *findings)
{
    /* What is left of an earlier edit must not be taken for this one. */
    int problem = service_edit_exists(edit->registry_fd) ? service_edit_drop(edit->registry_fd) : 0;
    if (problem == 0) {
        problem = write_journal(edit);
    }
    if (problem == 0) {
        problem = stage_all(edit);
    }
    if (problem == 0) {
        problem = commit(edit);
    }
    if (problem != 0) {
        bool foreign;
        report(findings, assets, edit->target,
               strcmp(edit->target, WORKSPACE_REGISTRY_PATH) == 0 ? "write the registry" : "write the file", problem);
        (void)service_edit_settle(edit->registry_fd, edit->assets_fd, &foreign);
        return SERVICE_APPLY_ABANDONED;
    }
    problem = finish(edit);
    if (problem != 0) {
        report(findings, assets, edit->target,
               "move everything into place, which the next command in this workspace does", problem);
    }
    return problem != 0 ? SERVICE_APPLY_COMMITTED : SERVICE_APPLY_COMPLETE;
}

enum service_apply_end service_apply(struct base_task *task, const struct service_site *site,
                                     const struct workspace_plan *plan, struct base_findings *findings)
{
    if (plan->step_count == 0) {
        return SERVICE_APPLY_COMPLETE;
    }
    struct edit edit = {
        .task = task,
        .plan = plan,
        .registry_fd = site->registry_fd,
        .assets_fd = site->assets_fd,
        .target = plan->steps[plan->step_count - 1].target,
    };
    return apply(&edit, site->assets, findings);
}
