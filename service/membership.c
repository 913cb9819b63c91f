/* include and exclude: docs/contracts/workspace.md, 8.2. */
#include "workspace/edit/membership.h"
#include "service/change.h"

static bool plan(struct service_change *change, struct workspace_plan *plan, bool included)
{
    for (size_t i = 0; i < change->count; i++) {
        change->assets[i].changed = change->records[i]->included_in_build != included;
    }
    return workspace_plan_membership(change->workspace, change->records, change->count, included, plan,
                                     change->findings);
}

static bool plan_include(struct service_change *change, struct workspace_plan *result)
{
    return plan(change, result, true);
}

static bool plan_exclude(struct service_change *change, struct workspace_plan *result)
{
    return plan(change, result, false);
}

enum service_status service_include(struct base_task *task, const char *workspace,
                                    const struct service_change_request *request, struct service_change_result *result,
                                    struct base_findings *findings)
{
    const struct service_change_wish wish = service_change_wish_of(request, "include", "nothing was included");
    return service_change_run(task, workspace, &wish, plan_include, request, result, findings);
}

enum service_status service_exclude(struct base_task *task, const char *workspace,
                                    const struct service_change_request *request, struct service_change_result *result,
                                    struct base_findings *findings)
{
    const struct service_change_wish wish = service_change_wish_of(request, "exclude", "nothing was excluded");
    return service_change_run(task, workspace, &wish, plan_exclude, request, result, findings);
}
