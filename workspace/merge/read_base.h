/* The base of a merge: docs/contracts/workspace.md, 8.13. Threads: one at a time. */
#ifndef PRPACK_WORKSPACE_MERGE_READ_BASE_H
#define PRPACK_WORKSPACE_MERGE_READ_BASE_H

#include "base/findings.h"
#include "base/task.h"
#include "workspace/model/model.h"

/* Reads the base of a merge. One that is empty, or is not a registry, counts as one without records. One with
 * conflicts, which git makes of several bases, counts as having all records of its sides, where a root that the sides
 * contradict each other in is "". False when memory ran out or the task was cancelled. */
bool workspace_merge_read_base(struct base_bytes text, struct base_task *task, struct workspace_registry *base,
                               struct base_findings *findings);

#endif
