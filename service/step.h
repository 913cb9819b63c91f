/* An operation as a sequence of steps that can be cancelled: what a step has found counts when it was complete. */
#ifndef PRPACK_SERVICE_STEP_H
#define PRPACK_SERVICE_STEP_H

#include "base/findings.h"
#include "base/task.h"

/* Moves what a step has found to the findings of the operation, or drops it when the task was cancelled meanwhile: it
 * may be wrong then. *step is empty afterwards. Returns whether the operation goes on. */
bool service_step_end(struct base_task *task, struct base_findings *findings, struct base_findings *step);

/* The same of the last step. When it is done, what it has found counts although the task was cancelled since. */
void service_step_end_last(struct base_task *task, struct base_findings *findings, struct base_findings *step,
                           bool done);

/* Adds `cancelled`, once, when the task was cancelled. `message` says what stands. */
void service_report_cancelled(struct base_task *task, struct base_findings *findings, const char *message);

#endif
