#include "service/transaction/apply.h"

#include "base/descriptor.h"
#include "base/directory.h"
#include "base/path.h"
#include "base/report.h"
#include "service/transaction/directory.h"
#include "service/transaction/edit_copies.h"
#include "service/transaction/edit_files.h"
#include "service/transaction/edit_folders.h"
#include "service/transaction/edit_moves.h"
#include "service/transaction/edit_print.h"
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
    const struct base_text *history; /* or NULL */
    int registry_fd;
    int assets_fd;
    const struct workspace_step *at;     /* what is being done, for messages */
    struct service_edit_blocked blocked; /* where it cannot be done, beside the target of that; "": there */
};

/* Step 1. */
static int write_journal(const struct edit *edit)
{
    const struct workspace_step *registry = &edit->plan->steps[edit->plan->step_count - 1];
    int problem =
        base_descriptor_make(edit->registry_fd, SERVICE_REGISTRY_STAGE_NAME, base_text_bytes(&registry->content));
    struct base_text text = BASE_TEXT_EMPTY;
    if (problem == 0 && edit->history != NULL) {
        problem = base_descriptor_make(edit->registry_fd, SERVICE_HISTORY_STAGE_NAME, base_text_bytes(edit->history));
    }
    if (problem == 0) {
        problem = service_edit_print(edit->registry_fd, edit->assets_fd, edit->plan, &text);
    }
    if (problem == 0) {
        problem = base_descriptor_make(edit->registry_fd, SERVICE_EDIT_NAME, base_text_bytes(&text));
    }
    base_text_free(&text);
    return problem != 0 ? problem : base_descriptor_sync_directory(edit->registry_fd);
}

static struct service_edit_move move_of(const struct workspace_step *step)
{
    return (struct service_edit_move){
        .is_directory = step->moves_directory, .is_copied = step->copies, .from = step->source, .to = step->target};
}

static int check_paths(struct edit *edit, const struct workspace_step *step)
{
    const struct service_edit_move move = move_of(step);
    int problem = service_edit_check_paths(&move);
    return problem == 0 && move.is_copied ? service_edit_check_copy(edit->assets_fd, &move) : problem;
}

/* The first part of step 2: what would only show after the commit point is found out now. */
static int prepare_move(struct edit *edit, const struct workspace_step *step)
{
    const struct service_edit_move move = move_of(step);
    int problem = service_edit_make_way(edit->assets_fd, step->target);
    if (problem == 0) {
        problem = service_edit_check_move(edit->assets_fd, &move);
    }
    return problem == 0 && move.is_copied ? service_edit_copy(edit->task, edit->assets_fd, &move) : problem;
}

static int write_record(struct edit *edit, const struct workspace_step *step)
{
    return service_edit_write_record(edit->assets_fd, step->target, base_text_bytes(&step->content));
}

/* Before anything is written, so that all of it can be undone. */
static int check_file(struct edit *edit, const struct workspace_step *step)
{
    char *root = strndup(step->target, step->path_at - 1);
    int problem = root != NULL
                      ? service_edit_check_file(edit->assets_fd, root, step->target + step->path_at, &edit->blocked)
                      : ENOMEM;
    free(root);
    return problem;
}

static int stage_file(struct edit *edit, const struct workspace_step *step)
{
    char *root = strndup(step->target, step->path_at - 1);
    int problem = root != NULL ? service_edit_stage(edit->registry_fd, edit->assets_fd, root,
                                                    step->target + step->path_at, base_text_bytes(&step->content))
                               : ENOMEM;
    free(root);
    return problem;
}

static int visit_steps(struct edit *edit, enum workspace_action action,
                       int (*visit)(struct edit *edit, const struct workspace_step *step))
{
    const struct workspace_plan *plan = edit->plan;
    for (size_t i = 0; i + 1 < plan->step_count; i++) {
        if (plan->steps[i].action != action) {
            continue;
        }
        edit->at = &plan->steps[i];
        int problem = base_task_cancelled(edit->task) ? ECANCELED : visit(edit, edit->at);
        if (problem != 0) {
            return problem;
        }
    }
    return 0;
}

/* Step 2. */
static int stage_all(struct edit *edit)
{
    const struct workspace_plan *plan = edit->plan;
    int problem = visit_steps(edit, WORKSPACE_ACTION_RECORD, write_record);
    if (problem == 0) {
        problem = visit_steps(edit, WORKSPACE_ACTION_MOVE, prepare_move);
    }
    if (problem == 0) {
        problem = visit_steps(edit, WORKSPACE_ACTION_WRITE, stage_file);
    }
    if (problem != 0) {
        return problem;
    }
    edit->at = &plan->steps[plan->step_count - 1];
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

static const char *doing(const struct edit *edit)
{
    const struct workspace_step *step = edit->at;
    if (step->action == WORKSPACE_ACTION_MOVE) {
        return step->moves_directory ? "move the directory" : "move the file";
    }
    if (strcmp(step->target, WORKSPACE_REGISTRY_PATH) != 0) {
        return step->action == WORKSPACE_ACTION_DELETE ? "delete the file" : "write the file";
    }
    bool of_history = strcmp(edit->blocked.name, SERVICE_HISTORY_NAME) == 0 ||
                      strcmp(edit->blocked.name, SERVICE_HISTORY_STAGE_NAME) == 0;
    return of_history ? "write the history" : "write the registry";
}

/* A move is reported at its source. NULL when memory ran out; free() it. */
static char *place_of(const struct edit *edit, const char *assets)
{
    const struct workspace_step *at = edit->at;
    if (edit->blocked.name[0] == '\0') {
        return workspace_assets_path(assets, at->source != NULL ? at->source : at->target, NULL);
    }
    char *above = strndup(at->target, (size_t)(base_path_name(at->target) - at->target) - 1);
    char *place = above != NULL ? workspace_assets_path(assets, above, edit->blocked.name) : NULL;
    free(above);
    return place;
}

static void report(const struct edit *edit, const char *assets, const char *what, int problem,
                   struct base_findings *findings)
{
    char *display = place_of(edit, assets);
    const struct base_place place = {.file = display};
    if (problem == EXDEV && edit->at->action == WORKSPACE_ACTION_MOVE) {
        char *target = workspace_assets_path(assets, edit->at->target, NULL);
        base_report(findings, DIAG_ENVIRONMENT_WRITE,
                    &(struct base_details){
                        .place = place,
                        .expected = "both on one file system",
                        .cause = DIAG_CAUSE_WRITE_ELSEWHERE,
                        .subject = target,
                    },
                    "could not %s to another file system", what);
        findings->out_of_memory = findings->out_of_memory || target == NULL;
        free(target);
    } else if (problem == ENAMETOOLONG && edit->at->action == WORKSPACE_ACTION_WRITE) {
        base_report(findings, DIAG_ENVIRONMENT_WRITE,
                    &(struct base_details){.place = place, .cause = DIAG_CAUSE_WRITE_LONG_NAME},
                    "could not %s: it is first written as .NAME.new, and that name is too long", what);
    } else if (problem == EEXIST && edit->blocked.name[0] != '\0') {
        base_report(findings, DIAG_ENVIRONMENT_WRITE,
                    &(struct base_details){
                        .place = place, .expected = "nothing of this name", .cause = DIAG_CAUSE_WRITE_BLOCKED},
                    "could not %s: %s is not a regular file", what, edit->blocked.name);
    } else if (problem != ECANCELED) {
        base_report_write_failure(findings, &place, what, problem);
    }
    findings->out_of_memory = findings->out_of_memory || display == NULL;
    free(display);
}

/* Directories that have become empty are no part of the edit: a kill, or a failure here, leaves them. */
static void empty_ways(const struct edit *edit)
{
    for (size_t i = 0; i < edit->plan->step_count; i++) {
        const struct workspace_step *step = &edit->plan->steps[i];
        if (step->made != NULL) {
            const struct service_path path = {.root_fd = edit->assets_fd, .path = step->emptied, .below = true};
            service_directory_unmake(&path, strlen(step->made) - 1);
        }
    }
}

static enum service_apply_end apply(struct edit *edit, const char *assets, struct base_findings *findings)
{
    /* What is left of an earlier edit must not be taken for this one. */
    int problem = service_edit_exists(edit->registry_fd) ? service_edit_drop(edit->registry_fd) : 0;
    if (problem == 0) {
        problem = visit_steps(edit, WORKSPACE_ACTION_MOVE, check_paths);
    }
    if (problem == 0) {
        problem = visit_steps(edit, WORKSPACE_ACTION_WRITE, check_file);
    }
    if (problem == 0) {
        problem = visit_steps(edit, WORKSPACE_ACTION_DELETE, check_file);
    }
    if (problem == 0) {
        edit->at = &edit->plan->steps[edit->plan->step_count - 1];
        problem = service_edit_check_registry(edit->registry_fd, &edit->blocked);
    }
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
        report(edit, assets, doing(edit), problem, findings);
        (void)service_edit_settle(edit->registry_fd, edit->assets_fd, &foreign);
        return SERVICE_APPLY_ABANDONED;
    }
    problem = finish(edit);
    if (problem != 0) {
        report(edit, assets, "move everything into place, which the next command in this workspace does", problem,
               findings);
    } else {
        empty_ways(edit);
    }
    return problem != 0 ? SERVICE_APPLY_COMMITTED : SERVICE_APPLY_COMPLETE;
}

enum service_apply_end service_apply(struct base_task *task, const struct service_site *site,
                                     const struct workspace_plan *plan, const struct base_text *history,
                                     struct base_findings *findings)
{
    if (plan->step_count == 0) {
        return SERVICE_APPLY_COMPLETE;
    }
    struct edit edit = {
        .task = task,
        .plan = plan,
        .history = history,
        .registry_fd = site->registry_fd,
        .assets_fd = site->assets_fd,
        .at = &plan->steps[plan->step_count - 1],
    };
    return apply(&edit, site->assets, findings);
}
