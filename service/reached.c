#include "service/reached.h"

void service_reach(enum service_reached *reached, enum service_reached now, struct base_task *task,
                   const struct base_findings *findings)
{
    /* A set that has no place in a pack is not encoded. */
    bool complete = !base_findings_any(findings, DIAG_CLASS_E) && !findings->out_of_memory &&
                    findings->total[DIAG_PACK_TOO_LARGE] == 0 && !base_task_cancelled(task);
    if (complete && now > *reached) {
        *reached = now;
    }
}
