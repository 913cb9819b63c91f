/* Numbered work that several threads share, of which the calling thread takes the results one by one, in order.
 *
 * A result that is made early waits in a place of its own until it is taken. There are few places, so memory does not
 * grow with the work. The caller has the places; they are known by number here. */
#ifndef PRPACK_BASE_ORDERED_H
#define PRPACK_BASE_ORDERED_H

#include "base/workers.h"

enum {
    BASE_ORDERED_PLACES_PER_WORKER = 4,
    BASE_ORDERED_PLACES_MAX = BASE_WORKERS_MAX * BASE_ORDERED_PLACES_PER_WORKER
};

/* The places for `workers` workers: so many that a worker seldom waits. workers <= BASE_WORKERS_MAX. */
static inline size_t base_ordered_places(unsigned workers)
{
    return (size_t)workers * BASE_ORDERED_PLACES_PER_WORKER;
}

struct base_ordered {
    size_t count; /* of results */
    /* Makes the result `index` in the place `place`, which is free. Called from several threads at the same time, once
     * for each index. */
    void (*make)(void *context, size_t index, size_t place, unsigned worker);
    /* Takes the result `index` and leaves its place free. Called from the calling thread only, in rising index. */
    void (*take)(void *context, size_t index, size_t place);
    void *context;
};

/* Makes and takes the results 0 … count-1, with workers 0 … worker_count-1 and base_ordered_places(worker_count)
 * places. worker_count > 0. When the task is cancelled, results that were not taken stay in their places. */
void base_ordered_run(struct base_task *task, struct base_workers *workers, unsigned worker_count,
                      const struct base_ordered *work);

#endif
