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

bool service_undoing_block(const struct service_undoing *undoing, const char *path, int32_t asset_id, const char *fault)
{
    const struct service_change *change = undoing->change;
    char *display = path != NULL ? workspace_assets_path(change->workspace->assets_path, path, NULL)
                                 : workspace_assets_path(change->site->registry, SERVICE_HISTORY_NAME, NULL);
    const struct base_details details = {
        .place = {.file = display, .has_asset_id = asset_id != 0, .asset_id = asset_id},
    };
    change->findings->out_of_memory = change->findings->out_of_memory || display == NULL;
    base_report(change->findings, DIAG_UNDO_BLOCKED, &details, "operation %" PRIu64 " cannot be undone: %s",
                undoing->line->operation, fault);
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
