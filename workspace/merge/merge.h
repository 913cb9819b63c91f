/* Two registries that come from one, as one again: docs/contracts/workspace.md, 8.13.
 *
 * A merge has a row for each uuid of the three registries (match.h). It is decided in this order: which records stay
 * and what they have (decide.h), which roots are in each other's way (clash.h), and which ids they get (arrange.h). The
 * result depends on the set of records alone: not on which side is called ours, nor on the order in which several
 * branches are merged.
 *
 * Threads: one at a time. */
#ifndef PRPACK_WORKSPACE_MERGE_MERGE_H
#define PRPACK_WORKSPACE_MERGE_MERGE_H

#include "base/findings.h"
#include "base/task.h"
#include "workspace/merge/row.h"

/* Merges. The ids of a side may repeat, as after a merge that joined lines; a uuid may not (registry-duplicate). False
 * with the reason in findings; when the task was cancelled, without one. Free it in either case. Takes n log n time. */
bool workspace_merge_make(const struct workspace_merge_input *input, struct base_task *task,
                          struct workspace_merge *merge, struct base_findings *findings);
void workspace_merge_free(struct workspace_merge *merge);

/* Adds asset-renumbered for each row with another id, and merge-conflict for each conflict: one for two
 * assets that are in each other's way. `file`, which may be NULL,
 * is where the conflicts are. */
void workspace_merge_report(const struct workspace_merge *merge, const char *file, struct base_findings *findings);

#endif
