#include "workspace/merge/decide.h"

#include <string.h>

static bool same_root(const struct workspace_record *a, const struct workspace_record *b)
{
    return a != NULL && b != NULL && strcmp(a->root, b->root) == 0;
}

/* A record that base does not have was included when it was made. */
static bool merge_included(const struct workspace_merge_row *row)
{
    bool base = row->base == NULL || row->base->included_in_build;
    bool ours = row->sides[WORKSPACE_MERGE_OURS]->included_in_build;
    return ours != base ? ours : row->sides[WORKSPACE_MERGE_THEIRS]->included_in_build;
}

static void decide_on_both(struct workspace_merge_row *row)
{
    const struct workspace_record *ours = row->sides[WORKSPACE_MERGE_OURS];
    const struct workspace_record *theirs = row->sides[WORKSPACE_MERGE_THEIRS];
    bool ours_stays = same_root(row->base, ours);
    row->kept = true;
    row->merged = ours_stays ? *theirs : *ours;
    row->merged.included_in_build = merge_included(row);
    if (!ours_stays && !same_root(row->base, theirs) && !same_root(ours, theirs)) {
        row->conflict = WORKSPACE_MERGE_MOVED;
    }
}

/* What only one side has was added there, or removed on the other side. */
static void decide_on_one(struct workspace_merge_row *row, const struct workspace_record *record)
{
    bool moved = row->base != NULL && !same_root(row->base, record);
    row->kept = row->base == NULL || moved;
    row->merged = *record;
    if (moved) {
        row->conflict = WORKSPACE_MERGE_REMOVED;
    }
}

static void decide(struct workspace_merge_row *row)
{
    const struct workspace_record *ours = row->sides[WORKSPACE_MERGE_OURS];
    const struct workspace_record *theirs = row->sides[WORKSPACE_MERGE_THEIRS];
    if (ours != NULL && theirs != NULL) {
        decide_on_both(row);
    } else if (ours != NULL || theirs != NULL) {
        decide_on_one(row, ours != NULL ? ours : theirs);
    }
    row->apart = row->conflict != WORKSPACE_MERGE_NO_CONFLICT;
}

void workspace_merge_decide(struct workspace_merge *merge)
{
    for (size_t i = 0; i < merge->count; i++) {
        decide(&merge->rows[i]);
    }
}
