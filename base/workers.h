/* Threads that share one piece of work. */
#ifndef PRPACK_BASE_WORKERS_H
#define PRPACK_BASE_WORKERS_H

#include <stddef.h>

enum { BASE_WORKERS_MAX = 256 };

/* The number of workers for a `jobs` option: jobs itself, or one per processor when jobs is 0; at most `most` and at
 * most BASE_WORKERS_MAX. 0 only when most is 0. */
unsigned base_workers_count(unsigned jobs, size_t most);

/* Calls work(context, worker) once for each worker 0 … count-1, all at the same time, and returns when all calls have
 * returned. Worker 0 runs in the calling thread, even when count is 0; count <= BASE_WORKERS_MAX. A worker whose thread
 * cannot be started is not called. Therefore the workers must share the work among themselves so that any one of them
 * would do all of it. */
void base_workers_run(unsigned count, void (*work)(void *context, unsigned worker), void *context);

#endif
