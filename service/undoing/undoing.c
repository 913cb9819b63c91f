#include "service/undoing/undoing.h"

#include "base/report.h"
#include "service/transaction/names.h"
#include "workspace/path.h"

#include <inttypes.h>
#include <stdlib.h>

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
    bool passes; /* the undo goes on with another operation */
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
    if (blocking->passes) {
        details.severity = BASE_WARNING;
    }
    change->findings->out_of_memory = change->findings->out_of_memory || display == NULL;
    base_report(change->findings, DIAG_UNDO_BLOCKED, &details,
                blocking->passes ? "operation %" PRIu64 " is passed over: %s"
                                 : "operation %" PRIu64 " cannot be undone: %s",
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
    report(undoing, &(struct blocking){.cause = DIAG_CAUSE_UNDO_LOST, .passes = true}, fault);
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
