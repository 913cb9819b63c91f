/* Jobs that are run one after the other, in the order in which they came, by a thread: docs/contracts/serve.md, 4.5.
 *
 * Threads: any may push, cancel and ask. */
#ifndef PRPACK_SERVE_LANE_H
#define PRPACK_SERVE_LANE_H

#include "base/workers.h"
#include "serve/job.h"

struct serve_lane;

/* Runs a job, in the thread of the lane. */
typedef void (*serve_lane_run)(void *context, struct serve_job *job);

/* `bell` is rung whenever nothing is left to run. NULL when memory or threads are short; errno says what. */
struct serve_lane *serve_lane_create(serve_lane_run run, void *context, int bell);

/* Takes the job. */
void serve_lane_push(struct serve_lane *lane, struct serve_job *job);

/* What names a job: an id or a token of progress, as JSON. */
struct serve_lane_key {
    const struct base_text *text;
    bool is_token;
};

/* The number of the oldest job with this key; 0: there is none. */
uint64_t serve_lane_find(struct serve_lane *lane, struct serve_lane_key key);
/* Takes the oldest job with this key out, if it waits, or cancels it, if it runs. Returns the job that was taken out,
 * which the caller destroys, or NULL. */
struct serve_job *serve_lane_cancel(struct serve_lane *lane, struct serve_lane_key key);
/* The same for all jobs: returns those that were taken out, linked by `next`. */
struct serve_job *serve_lane_cancel_all(struct serve_lane *lane);

/* Whether nothing runs or waits. */
bool serve_lane_is_idle(struct serve_lane *lane);
/* What the jobs that run or wait cost. */
size_t serve_lane_cost(struct serve_lane *lane);

/* Runs what waits, and ends the thread. No other thread may use the lane any more. Accepts NULL. */
void serve_lane_destroy(struct serve_lane *lane);

#endif
