/* Progress of one operation as notifications: docs/contracts/serve.md, 5.1.
 *
 * Threads: those of the task's callbacks. */
#ifndef PRPACK_SERVE_PROGRESS_H
#define PRPACK_SERVE_PROGRESS_H

#include "serve/job.h"
#include "serve/output.h"

struct serve_progress {
    struct serve_job *job;
    struct serve_output *output;
    int64_t last;                 /* when the last notification was sent */
    struct base_progress seen;    /* as told last */
    void (*visit)(void *context); /* called at each report of the task, before it is looked at; or NULL */
    void *visit_context;
};

/* Takes the callbacks of the job's task, for as long as the operation runs; *progress must stay where it is. `visit`
 * may be NULL. */
void serve_progress_init(struct serve_progress *progress, struct serve_job *job, struct serve_output *output,
                         void (*visit)(void *context), void *visit_context);

/* Sends `begin` or `end`, if the job has a token. */
void serve_progress_begin(struct serve_progress *progress);
void serve_progress_end(struct serve_progress *progress);

#endif
