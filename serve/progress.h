/* Progress of one operation as notifications: docs/contracts/serve.md, 5.1.
 *
 * Threads: those of the task's callbacks; begin and end are called by the thread that runs the operation. */
#ifndef PRPACK_SERVE_PROGRESS_H
#define PRPACK_SERVE_PROGRESS_H

#include "serve/job.h"
#include "serve/output.h"

struct serve_progress {
    struct serve_job *job;
    struct serve_output *output;
    int64_t last;                 /* when the last notification was sent */
    struct base_progress seen;    /* as told last */
    void (*visit)(void *context); /* called at each report of the task, before it is sent; or NULL */
    void *visit_context;
};

/* Sends `begin`, and takes the callbacks of the job's task, until serve_progress_end, which sends `end`. Nothing is
 * sent for a job without a token. *progress must stay where it is. The caller may set `visit` before. */
void serve_progress_begin(struct serve_progress *progress, struct serve_job *job, struct serve_output *output);
void serve_progress_end(struct serve_progress *progress);

#endif
