#include "service/doctor/fix.h"

#include "service/cleaning/clear.h"
#include "service/doctor/found.h"
#include "service/doctor/mend.h"
#include "service/planned.h"
#include "service/selected.h"

/* What is wrong with the registry is the matter of the examination. */
static bool is_about_cleaning(const struct base_finding *finding)
{
    return finding->class_ != DIAG_CLASS_W || finding->severity != BASE_ERROR;
}

/* Deletes what is left over. */
static void clear(struct base_task *task, const struct workspace_place *place,
                  const struct service_doctor_request *request, struct service_doctor_result *result,
                  struct base_findings *findings)
{
    const struct service_clear_wish wish = {.output = request->output, .dry_run = request->dry_run};
    struct service_gc_result cleared;
    struct base_findings found;
    base_findings_init(&found);
    service_clear(task, place, &wish, &cleared, &found);
    service_select_findings(findings, &found, is_about_cleaning);
    base_findings_free(&found);
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
    enum service_doctor_mended mended = service_doctor_mend(task, place, request->dry_run, &result->plan, findings);
    result->mended = mended == SERVICE_DOCTOR_MENDED;
    if (mended != SERVICE_DOCTOR_NOT_MENDED && request->dry_run) {
        return false; /* all that follows would read the registry as it is */
    }
    clear(task, place, request, result, findings);
    if (mended == SERVICE_DOCTOR_CONFLICTS_LEFT) {
        return false; /* there is no registry to read, and it is said why */
    }
    service_doctor_adopt_found(task, place, request, result, findings);
    return true;
}
