#include "service/undoing/undoing.h"

#include "base/report.h"
#include "service/transaction/names.h"
#include "workspace/path.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

bool service_undoing_report_memory(const struct service_undoing *undoing)
{
    base_report_out_of_memory(undoing->change->findings, NULL);
    return false;
}

/* What a finding says beside its message. */
struct blocking {
    const char *path; /* relative to assets/; NULL: it is about the history */
    int32_t asset_id; /* 0: no asset is named */
    enum diag_cause cause;
    enum { BLOCKS, PASSES, KEEPS } effect; /* the undo goes on with another operation, or with the other files */
};

static void report(const struct service_undoing *undoing, const struct blocking *blocking, const char *fault)
{
    const struct service_change *change = undoing->change;
    char *display = blocking->path != NULL ? workspace_assets_path(change->workspace->assets_path, blocking->path, NULL)
                                           : workspace_assets_path(change->site->registry, SERVICE_HISTORY_NAME, NULL);
    struct base_details details = {
        .place = {.file = display, .has_asset_id = blocking->asset_id != 0, .asset_id = blocking->asset_id},
        .cause = blocking->cause,
    };
    if (blocking->effect != BLOCKS) {
        details.severity = BASE_WARNING;
    }
    change->findings->out_of_memory = change->findings->out_of_memory || display == NULL;
    base_report(change->findings, DIAG_UNDO_BLOCKED, &details,
                blocking->effect == BLOCKS   ? "operation %" PRIu64 " cannot be undone: %s"
                : blocking->effect == PASSES ? "operation %" PRIu64 " is passed over: %s"
                                             : "a file of operation %" PRIu64 " stays: %s",
                undoing->line->operation, fault);
    free(display);
}

bool service_undoing_block(const struct service_undoing *undoing, const char *path, int32_t asset_id, const char *fault)
{
    report(undoing, &(struct blocking){.path = path, .asset_id = asset_id}, fault);
    return false;
}

bool service_undoing_block_lost(const struct service_undoing *undoing, const char *fault)
{
    report(undoing, &(struct blocking){.cause = DIAG_CAUSE_UNDO_LOST}, fault);
    return false;
}

bool service_undoing_block_branch(const struct service_undoing *undoing, const char *path, int32_t asset_id,
                                  const char *fault)
{
    report(undoing, &(struct blocking){.path = path, .asset_id = asset_id, .cause = DIAG_CAUSE_UNDO_BRANCH}, fault);
    return false;
}

void service_undoing_pass_over(const struct service_undoing *undoing, const char *fault)
{
    report(undoing, &(struct blocking){.cause = DIAG_CAUSE_UNDO_LOST, .effect = PASSES}, fault);
}

void service_undoing_keep(const struct service_undoing *undoing, const char *path, int32_t asset_id)
{
    report(undoing,
           &(struct blocking){.path = path, .asset_id = asset_id, .cause = DIAG_CAUSE_UNDO_KEPT, .effect = KEEPS},
           "it was changed since");
}

void service_undoing_keep_whole(const struct service_undoing *undoing, const char *path, int32_t asset_id)
{
    report(undoing,
           &(struct blocking){.path = path, .asset_id = asset_id, .cause = DIAG_CAUSE_UNDO_KEPT, .effect = KEEPS},
           "the history has no room for so many files at once");
}

bool service_undoing_report_write(const struct service_undoing *undoing, const char *path, const char *doing,
                                  int problem)
{
    char *display = workspace_assets_path(undoing->change->workspace->assets_path, path, NULL);
    const struct base_place place = {.file = display};
    base_report_write_failure(undoing->change->findings, &place, doing, problem);
    undoing->change->findings->out_of_memory = undoing->change->findings->out_of_memory || display == NULL;
    free(display);
    return false;
}

struct workspace_step *service_undoing_add_step(const struct service_undoing *undoing, enum workspace_action action,
                                                char *target, char *source, const char *reason)
{
    struct workspace_step *step = target != NULL ? workspace_plan_next_step(undoing->plan) : NULL;
    if (step == NULL) {
        free(target);
        free(source);
        (void)service_undoing_report_memory(undoing);
        return NULL;
    }
    *step = (struct workspace_step){.action = action, .target = target, .source = source, .reason = reason};
    undoing->plan->step_count++;
    return step;
}

struct workspace_step *service_undoing_add_file_step(const struct service_undoing *undoing,
                                                     enum workspace_action action, const struct service_past_file *file,
                                                     const char *root, const char *reason)
{
    struct workspace_step *step =
        service_undoing_add_step(undoing, action, workspace_assets_path(root, file->path, NULL), NULL, reason);
    if (step != NULL) {
        step->path_at = strlen(root) + 1;
        step->asset_id = file->asset_id;
    }
    return step;
}
