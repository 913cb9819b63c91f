#include "workspace/merge/match.h"

#include "base/report.h"
#include "base/sort.h"

#include <stdlib.h>
#include <string.h>

/* One record of one of the registries. */
struct entry {
    const struct workspace_record *record;
    int from; /* a workspace_merge_side; BASE */
};

enum { BASE = -1 };

static int by_uuid(const void *left, const void *right)
{
    const struct entry *a = left;
    const struct entry *b = right;
    int order = strcmp(a->record->asset_uuid, b->record->asset_uuid);
    return order != 0 ? order : (a->from > b->from) - (a->from < b->from);
}

static void add_all(const struct workspace_registry *registry, int from, struct entry *entries, size_t *count)
{
    for (size_t i = 0; i < registry->count; i++) {
        entries[(*count)++] = (struct entry){.record = &registry->records[i], .from = from};
    }
}

void workspace_merge_report_twice(const struct workspace_record *record, struct base_findings *findings)
{
    const struct base_details details = {
        .actual = record->asset_uuid, .cause = DIAG_CAUSE_DUPLICATE_UUID, .subject = record->root};
    base_report(findings, DIAG_REGISTRY_DUPLICATE, &details, "two records have one asset_uuid");
}

/* Puts the entry into the last row, or into a new one. False: the row has a record of that registry. */
static bool place(struct workspace_merge *merge, const struct entry *entry, bool is_new)
{
    if (is_new) {
        merge->rows[merge->count++] = (struct workspace_merge_row){.asset_uuid = entry->record->asset_uuid};
    }
    struct workspace_merge_row *row = &merge->rows[merge->count - 1];
    const struct workspace_record **where = entry->from == BASE ? &row->base : &row->sides[entry->from];
    bool is_free = *where == NULL;
    *where = entry->record;
    return is_free;
}

static bool match(struct workspace_merge *merge, const struct entry *entries, size_t count,
                  struct base_findings *findings)
{
    bool fine = true;
    for (size_t i = 0; i < count; i++) {
        bool is_new = i == 0 || strcmp(entries[i - 1].record->asset_uuid, entries[i].record->asset_uuid) != 0;
        if (!place(merge, &entries[i], is_new)) {
            workspace_merge_report_twice(entries[i].record, findings);
            fine = false;
        }
    }
    return fine;
}

bool workspace_merge_match(const struct workspace_merge_input *input, struct base_task *task,
                           struct workspace_merge *merge, struct base_findings *findings)
{
    /* Each registry is in memory, so the sum of their counts fits. */
    size_t most = input->base->count + input->sides[0]->count + input->sides[1]->count;
    struct entry *entries = calloc(most + 1, sizeof *entries);
    merge->rows = calloc(most + 1, sizeof *merge->rows);
    size_t count = 0;
    bool fine = entries != NULL && merge->rows != NULL;
    if (!fine) {
        base_report_out_of_memory(findings, NULL);
    } else {
        add_all(input->base, BASE, entries, &count);
        add_all(input->sides[WORKSPACE_MERGE_OURS], WORKSPACE_MERGE_OURS, entries, &count);
        add_all(input->sides[WORKSPACE_MERGE_THEIRS], WORKSPACE_MERGE_THEIRS, entries, &count);
        fine = base_sort(entries, count, sizeof *entries, by_uuid, task) && match(merge, entries, count, findings);
    }
    free(entries);
    return fine;
}
