#include "workspace/merge/row.h"

#include <stddef.h>

bool workspace_merge_version(const struct workspace_merge_row *row, enum workspace_merge_side side,
                             struct workspace_record *version)
{
    if (!row->apart) {
        *version = row->merged;
        return true;
    }
    if (row->sides[side] == NULL) {
        return false;
    }
    *version = *row->sides[side];
    version->asset_id = row->merged.asset_id;
    if (row->sides[0] != NULL && row->sides[1] != NULL) {
        version->included_in_build = row->merged.included_in_build;
    }
    return true;
}

int32_t workspace_merge_old_id(const struct workspace_merge_row *row, enum workspace_merge_side side)
{
    return row->sides[side] != NULL ? row->sides[side]->asset_id : row->merged.asset_id;
}

bool workspace_merge_is_renumbered(const struct workspace_merge_row *row)
{
    return workspace_merge_old_id(row, WORKSPACE_MERGE_OURS) != row->merged.asset_id ||
           workspace_merge_old_id(row, WORKSPACE_MERGE_THEIRS) != row->merged.asset_id;
}
