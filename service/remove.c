/* remove: docs/contracts/workspace.md, 8.7. */
#include "service/change.h"
#include "service/quarantine/place.h"
#include "service/quarantine/put.h"
#include "workspace/edit/forget.h"

static bool plan(struct service_change *change, struct workspace_plan *plan)
{
    uint64_t number;
    bool fine = service_quarantine_check_place(change) && service_quarantine_next(change, &number);
    for (size_t i = 0; fine && i < change->count; i++) {
        fine = service_quarantine_put(change, plan, change->records[i], &change->assets[i], number + i);
    }
    change->note->numbers = change->count;
    return fine && workspace_plan_forget(change->workspace, change->records, change->count, plan, change->findings);
}

enum service_status service_remove(struct base_task *task, const char *workspace,
                                   const struct service_change_request *request, struct service_change_result *result,
                                   struct base_findings *findings)
{
    const struct service_change_wish wish = service_change_wish_of(request, "remove", "nothing was removed");
    return service_change_run(task, workspace, &wish, plan, request, result, findings);
}
