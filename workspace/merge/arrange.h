/* The ids of a merge. */
#ifndef PRPACK_WORKSPACE_MERGE_ARRANGE_H
#define PRPACK_WORKSPACE_MERGE_ARRANGE_H

#include "base/task.h"
#include "workspace/merge/row.h"

enum workspace_merge_arrangement {
    WORKSPACE_MERGE_ARRANGED,
    WORKSPACE_MERGE_NOT_ARRANGED, /* memory ran out, or the task was cancelled */
    WORKSPACE_MERGE_NO_IDS        /* there is no id left */
};

/* Gives each row that is kept its id, makes merge->kept and merge->next_asset_id. */
enum workspace_merge_arrangement workspace_merge_arrange(const struct workspace_merge_input *input,
                                                         struct base_task *task, struct workspace_merge *merge);

#endif
