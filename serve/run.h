/* Runs a job, and answers it: docs/contracts/serve.md, 4.3 and 4.4.
 *
 * Threads: one per lane. */
#ifndef PRPACK_SERVE_RUN_H
#define PRPACK_SERVE_RUN_H

#include "present/output.h"
#include "serve/job.h"
#include "serve/output.h"

/* What all jobs of a connection have in common. It is set before the first job, but for `watching`. */
struct serve_host {
    struct serve_output *output;
    const struct present_output *present; /* the remedies; its out_of_memory is not used */
    int directory;                        /* at which relative paths begin */
    bool events;
    atomic_bool watching; /* a watch runs: what changes something waits for its builds */
};

/* A serve_lane_run; the context is a struct serve_host. */
void serve_run(void *context, struct serve_job *job);
/* The same for prpack/watch. Sets `watching` to false at its end. */
void serve_run_watch(void *context, struct serve_job *job);

/* Answers a job that was cancelled before it ran. */
void serve_answer_cancelled(struct serve_output *output, const struct serve_job *job);

#endif
