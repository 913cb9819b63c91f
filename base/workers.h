/* A few threads that share out numbered pieces of work. */
#ifndef PRPACK_BASE_WORKERS_H
#define PRPACK_BASE_WORKERS_H

#include <stddef.h>

/* The number of workers for a `jobs` option: 0 is one a processor; never more than a fixed bound. */
unsigned base_workers_count(unsigned jobs);

/* Calls work(context, worker) once for each worker 0 … count-1 at the same time, worker 0 in the calling thread, and
 * returns when all have returned. Where a thread cannot be started its worker is not called: the work must be shared
 * out by the workers themselves, so that any of them alone would do all of it. */
void base_workers_run(unsigned count, void (*work)(void *context, unsigned worker), void *context);

#endif
