#include "service/step.h"

bool service_step_end(struct base_task *task, struct base_findings *findings, struct base_findings *step)
{
    if (base_task_cancelled(task)) {
        base_findings_free(step);
        return false;
    }
    base_findings_move(findings, step);
    return true;
}

void service_step_end_last(struct base_task *task, struct base_findings *findings, struct base_findings *step,
                           bool done)
{
    if (done) {
        base_findings_move(findings, step);
    } else {
        (void)service_step_end(task, findings, step);
    }
}

void service_report_cancelled(struct base_task *task, struct base_findings *findings, const char *message)
{
    if (base_task_cancelled(task) && findings->total[DIAG_CANCELLED] == 0) {
        base_report(findings, DIAG_CANCELLED, NULL, "%s", message);
    }
}
