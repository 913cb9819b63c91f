/* gc: docs/contracts/workspace.md, 8.11. */
#include "service/cleaning/clear.h"
#include "service/planned.h"
#include "service/step.h"

#include <stdlib.h>

enum service_status service_gc(struct base_task *task, const char *workspace, const struct service_gc_request *request,
                               struct service_gc_result *result, struct base_findings *findings)
{
    const struct workspace_place place = {.project = workspace, .assets = request->assets};
    const struct service_clear_wish wish = {.output = request->output, .dry_run = request->dry_run, .cache = true};
    service_clear(task, &place, &wish, result, findings);
    if (!result->done) {
        service_report_cancelled(task, findings, "nothing was deleted");
    }
    return service_status_of_findings(findings);
}

void service_gc_result_free(struct service_gc_result *result)
{
    for (size_t i = 0; i < result->count; i++) {
        free(result->files[i].path);
    }
    free(result->files);
    service_planned_free(&result->plan);
    *result = (struct service_gc_result){.files = NULL};
}
