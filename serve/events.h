/* Events of an operation as notifications, for a client that has asked for them: docs/contracts/serve.md, 5.3.
 *
 * Threads: as serve/output.h. */
#ifndef PRPACK_SERVE_EVENTS_H
#define PRPACK_SERVE_EVENTS_H

#include "serve/job.h"
#include "serve/output.h"

/* Sends build_started. */
void serve_events_begin(struct serve_output *output, const struct serve_job *job);

/* Sends what an answer says; of a build, build_finished too. */
void serve_events_add(struct serve_output *output, const struct serve_job *job, const struct service_answer *answer);

/* Sends build_finished for a build that was cancelled: it has no answer. */
void serve_events_cancelled(struct serve_output *output, const struct serve_job *job);

/* Sends action_applied or action_failed for an operation that changes the workspace, unless it was a dry run. */
void serve_events_end(struct serve_output *output, const struct serve_job *job, enum service_status status);

#endif
