/* Numbered work that several threads share, with findings in the order of the numbers.
 *
 * The result does not show which thread did what: the results of the work belong to an index, and findings are merged
 * by index. */
#ifndef PRPACK_BASE_PARALLEL_H
#define PRPACK_BASE_PARALLEL_H

#include "base/findings.h"
#include "base/task.h"

/* Does the work of one index. It is called from several threads at the same time, once for each index. *findings is
 * empty and belongs to the call. */
typedef void (*base_parallel_visitor)(void *context, size_t index, struct base_findings *findings);

/* Calls visit for 0 … count-1 and returns when all calls have returned. jobs is the number of threads, the calling one
 * included; 0 means one per processor. Appends the findings of each index to *findings in the order of the indices.
 * When memory runs out, *findings says so, and then either no index was visited or findings are out of order.
 *
 * When the task is cancelled, only a first part of the indices is visited, and the findings of a call that ended after
 * that are dropped: they may be wrong. */
void base_parallel_each(struct base_task *task, unsigned jobs, size_t count, base_parallel_visitor visit, void *context,
                        struct base_findings *findings);

#endif
