/* Roots that are in each other's way. */
#ifndef PRPACK_WORKSPACE_MERGE_CLASH_H
#define PRPACK_WORKSPACE_MERGE_CLASH_H

#include "base/task.h"
#include "workspace/merge/row.h"

/* Finds roots that are in each other's way, and shows the sides of their rows apart, until all versions of ours
 * fit together, and all of theirs, if they did before. Sets merge->meeting. False when memory ran out or the task was
 * cancelled. */
bool workspace_merge_find_clashes(struct workspace_merge *merge, struct base_task *task);

#endif
