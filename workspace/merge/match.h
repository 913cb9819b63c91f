/* Brings the records of one uuid together. */
#ifndef PRPACK_WORKSPACE_MERGE_MATCH_H
#define PRPACK_WORKSPACE_MERGE_MATCH_H

#include "base/findings.h"
#include "base/task.h"
#include "workspace/merge/row.h"

/* Makes the rows. False with the reason in findings, or because the task was cancelled. */
bool workspace_merge_match(const struct workspace_merge_input *input, struct base_task *task,
                           struct workspace_merge *merge, struct base_findings *findings);

/* Adds registry-duplicate about a record whose uuid another record of its registry has, too. */
void workspace_merge_report_twice(const struct workspace_record *record, struct base_findings *findings);

#endif
