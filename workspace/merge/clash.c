#include "workspace/merge/clash.h"

#include "base/sort.h"
#include "workspace/path.h"

#include <stdlib.h>
#include <string.h>

/* After so many rounds every row of which the sides differ is shown apart: then the versions of a side are all of its
 * records. */
enum { ROUNDS = 8 };

/* A row as it would be when one side was taken everywhere. */
struct version {
    struct workspace_merge_row *row;
    const char *root;
};

static int by_root(const void *left, const void *right)
{
    const struct version *a = left;
    const struct version *b = right;
    int order = workspace_path_compare(a->root, b->root);
    return order != 0 ? order : strcmp(a->row->asset_uuid, b->row->asset_uuid);
}

/* Whether the sides would show it in different ways. */
static bool differs(const struct workspace_merge_row *row)
{
    const struct workspace_record *ours = row->sides[WORKSPACE_MERGE_OURS];
    const struct workspace_record *theirs = row->sides[WORKSPACE_MERGE_THEIRS];
    return ours == NULL || theirs == NULL || strcmp(ours->root, theirs->root) != 0;
}

/* Whether it is shown apart from now on. */
static bool show_apart(struct workspace_merge_row *row, const struct workspace_merge_row *other)
{
    if (row->apart || !differs(row)) {
        return false;
    }
    row->apart = true;
    if (other != NULL) {
        row->conflict = WORKSPACE_MERGE_ROOT;
        row->other = other;
    }
    return true;
}

static size_t list_versions(struct workspace_merge *merge, enum workspace_merge_side side, struct version *versions)
{
    size_t count = 0;
    for (size_t i = 0; i < merge->count; i++) {
        struct workspace_merge_row *row = &merge->rows[i];
        struct workspace_record record;
        if (row->kept && workspace_merge_version(row, side, &record)) {
            versions[count++] = (struct version){.row = row, .root = record.root};
        }
    }
    return count;
}

/* Sorted, a root is followed by all that lies inside it. Returns whether a row is shown apart that was not. */
static bool mark(struct workspace_merge *merge, const struct version *versions, size_t count)
{
    const struct version *outer = NULL;
    bool marked = false;
    for (size_t i = 0; i < count; i++) {
        if (outer == NULL || !workspace_path_within(versions[i].root, outer->root)) {
            outer = &versions[i];
            continue;
        }
        merge->meeting[0] = outer->row;
        merge->meeting[1] = versions[i].row;
        marked = show_apart(outer->row, versions[i].row) || marked;
        marked = show_apart(versions[i].row, outer->row) || marked;
    }
    return marked;
}

static bool look(struct workspace_merge *merge, struct base_task *task, struct version *versions, bool *marked)
{
    *marked = false;
    merge->meeting[0] = NULL;
    merge->meeting[1] = NULL;
    for (int side = 0; side < WORKSPACE_MERGE_SIDES; side++) {
        size_t count = list_versions(merge, (enum workspace_merge_side)side, versions);
        if (!base_sort(versions, count, sizeof *versions, by_root, task)) {
            return false;
        }
        *marked = mark(merge, versions, count) || *marked;
    }
    return true;
}

bool workspace_merge_find_clashes(struct workspace_merge *merge, struct base_task *task)
{
    struct version *versions = calloc(merge->count + 1, sizeof *versions);
    bool fine = versions != NULL;
    bool marked = true;
    for (int round = 0; fine && marked && round < ROUNDS; round++) {
        fine = look(merge, task, versions, &marked);
    }
    for (size_t i = 0; fine && marked && i < merge->count; i++) {
        (void)(merge->rows[i].kept && show_apart(&merge->rows[i], NULL));
    }
    fine = fine && (!marked || look(merge, task, versions, &marked));
    free(versions);
    return fine;
}
