/* Threads that share pieces of work, one piece after the other, and the memory that each of them needs for it.
 *
 * Starting a thread and mapping memory that was never used can take longer than reading a small pack. So both are kept:
 * a thread that has nothing to do waits for the next piece, and memory is lent again as it is.
 *
 * Threads: one piece of work at a time. A piece must not begin another one with the same workers. */
#ifndef PRPACK_BASE_WORKERS_H
#define PRPACK_BASE_WORKERS_H

#include "base/task.h"

enum { BASE_WORKERS_MAX = 256, BASE_WORKERS_ALIGNMENT = 4096 };

struct base_workers;

/* No thread is started before one is needed. NULL when memory ran out. */
struct base_workers *base_workers_create(void);
/* Ends the threads and frees the memory. Accepts NULL. */
void base_workers_destroy(struct base_workers *workers);

/* The workers of the task or, where it has none, new ones, which are stored in *own as well. *own is NULL otherwise.
 * The caller destroys *own after use. NULL when memory ran out. task may be NULL. */
struct base_workers *base_workers_of(const struct base_task *task, struct base_workers **own);

/* The number of workers for a `jobs` option: jobs itself, or one per processor when jobs is 0; at most `most` and at
 * most BASE_WORKERS_MAX. 0 only when most is 0. */
unsigned base_workers_count(unsigned jobs, size_t most);

/* Calls work(context, worker) once for each worker 0 … count-1, all at the same time, and returns when all calls have
 * returned. Worker 0 runs in the calling thread, even when count is 0; count <= BASE_WORKERS_MAX. A worker whose thread
 * cannot be started is not called. Therefore the workers must share the work among themselves so that any one of them
 * would do all of it. */
void base_workers_run(struct base_workers *workers, unsigned count, void (*work)(void *context, unsigned worker),
                      void *context);

/* Memory for the use of one worker: `size` bytes at least, of any content, aligned to BASE_WORKERS_ALIGNMENT. The next
 * call for the same worker takes it back. NULL when memory ran out. worker < BASE_WORKERS_MAX. Threads: workers may
 * call it at the same time, each for itself. */
void *base_workers_memory(struct base_workers *workers, unsigned worker, size_t size);

#endif
