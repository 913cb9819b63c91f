/* Work shared among threads, with findings in the order of the work.
 *
 * Which thread does what never shows: results belong to an index, and findings are merged by index. */
#ifndef PRPACK_WRITER_WORKERS_H
#define PRPACK_WRITER_WORKERS_H

#include "base/findings.h"

/* Does the work of one index; called from many threads at once, each index once. findings belongs to the call. */
typedef void (*writer_job)(void *context, size_t index, struct base_findings *findings);

/* The number of workers for `jobs`: one a processor when it is 0, and never more than there is work. */
unsigned writer_workers_count(unsigned jobs, size_t count);

/* Calls job for 0 … count-1 and waits for all. The calling thread works too; where threads cannot be had, it does
 * all of it. Running out of memory shows in findings. */
void writer_workers_run(unsigned jobs, size_t count, writer_job job, void *context, struct base_findings *findings);

#endif
