/* How far an examination of a workspace came. Threads: one at a time. */
#ifndef PRPACK_SERVICE_REACHED_H
#define PRPACK_SERVICE_REACHED_H

#include "base/findings.h"
#include "base/task.h"
#include "service/examined.h"

/* Goes on to `now` if nothing that could not be read, and no lack of memory, left a part of the work before it undone.
 * `findings` are those of that work. */
void service_reach(enum service_reached *reached, enum service_reached now, struct base_task *task,
                   const struct base_findings *findings);

#endif
