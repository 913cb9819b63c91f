#include "workspace/edit/forget.h"

#include "base/report.h"
#include "workspace/edit/registry_step.h"

#include <stdlib.h>

/* The registry without the records, which are in its order. False when memory ran out; free left->records in either
 * case. */
static bool leave_out(const struct workspace_registry *registry, const struct workspace_record *const *records,
                      size_t count, struct workspace_registry *left)
{
    *left = *registry;
    left->records = calloc(registry->count + 1, sizeof *left->records);
    left->count = 0;
    size_t next = 0;
    for (size_t i = 0; left->records != NULL && i < registry->count; i++) {
        if (next < count && records[next] == &registry->records[i]) {
            next++;
        } else {
            left->records[left->count++] = registry->records[i];
        }
    }
    return left->records != NULL;
}

bool workspace_plan_forget(const struct workspace *workspace, const struct workspace_record *const *records,
                           size_t count, struct workspace_plan *plan, struct base_findings *findings)
{
    struct workspace_registry left;
    bool fine = leave_out(&workspace->registry, records, count, &left);
    if (!fine) {
        base_report_out_of_memory(findings, NULL);
    }
    fine = fine && workspace_check_registry_rights(workspace, findings) &&
           workspace_plan_registry(plan, &left, "their records are removed", workspace->assets_path, findings);
    free(left.records); /* their strings are those of the workspace */
    return fine;
}
