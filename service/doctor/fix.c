#include "service/doctor/fix.h"

#include "service/cleaning/clear.h"
#include "service/doctor/found.h"
#include "service/doctor/mend.h"
#include "service/planned.h"

/* Deletes what is left over. */
static void clear(struct base_task *task, const struct workspace_place *place,
                  const struct service_doctor_request *request, struct service_doctor_result *result,
                  struct base_findings *findings)
{
    const struct service_clear_wish wish = {.output = request->output, .dry_run = request->dry_run};
    struct service_gc_result cleared;
    service_clear(task, place, &wish, &cleared, findings);
    if (!service_planned_append(&result->plan, &cleared.plan)) {
        findings->out_of_memory = true;
    }
    service_gc_result_free(&cleared);
}

bool service_doctor_fix(struct base_task *task, const struct workspace_place *place,
                        const struct service_doctor_request *request, struct service_doctor_result *result,
                        struct base_findings *findings)
{
    if (!request->fix) {
        return true;
    }
    bool mended = service_doctor_mend(task, place, request->dry_run, &result->plan, findings);
    if (mended && request->dry_run) {
        return false; /* all that follows would read the registry as it is */
    }
    clear(task, place, request, result, findings);
    service_doctor_adopt_found(task, place, request, result, findings);
    return true;
}
