/* How much a search may do. It is counted in steps of the search and never in time, so that the result is the same on
 * every machine. A step is about a nanosecond's work. */
#ifndef PRPACK_PALETTES_EFFORT_H
#define PRPACK_PALETTES_EFFORT_H

#include "base/task.h"

#include <stdint.h>

struct palettes_effort {
    struct base_task *task; /* or NULL */
    uint64_t left;
};

/* Takes steps from what is left. False when none is left, or the task was cancelled. */
static inline bool palettes_effort_take(struct palettes_effort *effort, uint64_t steps)
{
    bool enough = effort->left > steps && !base_task_cancelled(effort->task);
    effort->left = enough ? effort->left - steps : 0;
    return enough;
}

#endif
