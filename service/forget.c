/* forget: docs/contracts/workspace.md, 8.4. */
#include "workspace/edit/forget.h"
#include "service/change.h"

static bool plan(struct service_change *change, struct workspace_plan *plan)
{
    for (size_t i = 0; i < change->count; i++) {
        change->assets[i].changed = true;
    }
    return workspace_plan_forget(change->workspace, change->records, change->count, plan, change->findings);
}

enum service_status service_forget(struct base_task *task, const char *workspace,
                                   const struct service_change_request *request, struct service_change_result *result,
                                   struct base_findings *findings)
{
    const struct service_change_wish wish = service_change_wish_of(request, "forget", "nothing was forgotten");
    return service_change_run(task, workspace, &wish, plan, request, result, findings);
}
