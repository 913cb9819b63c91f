#include "workspace/registry/rules.h"

#include "base/sort.h"
#include "workspace/document/problem.h"
#include "workspace/path.h"

#include <stdlib.h>
#include <string.h>

/* One value of one record, to be sorted next to its like. */
struct entry {
    const char *text; /* uuid or root; "" for ids */
    int64_t number;   /* id; 0 for texts */
    size_t at;
    const struct workspace_record *record;
    const struct workspace_record *other; /* the one it is in conflict with, or NULL */
    bool nested;
};

enum subject { ID, UUID, ROOT };

static int by_value(const void *a, const void *b)
{
    const struct entry *x = a;
    const struct entry *y = b;
    if (x->number != y->number) {
        return x->number < y->number ? -1 : 1;
    }
    int order = workspace_path_compare(x->text, y->text);
    if (order != 0) {
        return order;
    }
    return (x->at > y->at) - (x->at < y->at);
}

static int by_place(const void *a, const void *b)
{
    const struct entry *x = a;
    const struct entry *y = b;
    return (x->at > y->at) - (x->at < y->at);
}

static struct entry entry_of(const struct workspace_record *record, const struct workspace_record_places *places,
                             enum subject subject)
{
    switch (subject) {
    case ID:
        return (struct entry){.text = "", .number = record->asset_id, .at = places->id_at, .record = record};
    case UUID:
        return (struct entry){.text = record->asset_uuid, .at = places->uuid_at, .record = record};
    case ROOT:
        break;
    }
    return (struct entry){.text = record->root, .at = places->root_at, .record = record};
}

/* Entries are sorted by value: equal ones are neighbours, and a root is followed by all that lies inside it. */
static void mark_conflicts(struct entry *entries, size_t count, enum subject subject)
{
    const struct entry *first = NULL;
    for (size_t i = 0; i < count; i++) {
        struct entry *entry = &entries[i];
        bool equal = first != NULL && first->number == entry->number && strcmp(first->text, entry->text) == 0;
        bool nested = first != NULL && subject == ROOT && !equal && workspace_path_within(entry->text, first->text);
        if (equal || nested) {
            entry->other = first->record;
            entry->nested = nested;
        } else {
            first = entry;
        }
    }
}

static void report(struct workspace_document *document, const struct entry *entry, enum subject subject)
{
    static const char *const names[] = {[ID] = "asset_id", [UUID] = "asset_uuid", [ROOT] = "root"};
    struct base_text root = BASE_TEXT_EMPTY;
    struct base_text actual = BASE_TEXT_EMPTY;
    base_text_add_printable(&root, base_bytes_of_string(entry->other->root), 60);
    if (subject == ID) {
        base_text_addf(&actual, "%d", (int)entry->record->asset_id);
    } else {
        base_text_add_printable(&actual, base_bytes_of_string(entry->text), 60);
    }
    if (entry->nested) {
        document->cause = DIAG_CAUSE_ROOT_NESTED;
        workspace_document_fault(document, DIAG_ROOT_INVALID, entry->at, "a root outside of all others",
                                 base_text_string(&actual), "the root lies inside the root \"%s\" of asset %d",
                                 base_text_string(&root), (int)entry->other->asset_id);
    } else {
        static const enum diag_cause causes[] = {
            [ID] = DIAG_CAUSE_DUPLICATE_ID, [UUID] = DIAG_CAUSE_DUPLICATE_UUID, [ROOT] = DIAG_CAUSE_DUPLICATE_ROOT};
        document->cause = causes[subject];
        document->subject = entry->record->root;
        workspace_document_fault(document, DIAG_REGISTRY_DUPLICATE, entry->at, "a value of its own",
                                 base_text_string(&actual), "this %s is the one of asset %d (\"%s\") already",
                                 names[subject], (int)entry->other->asset_id, base_text_string(&root));
    }
    base_text_release(&actual, &document->findings->out_of_memory);
    base_text_release(&root, &document->findings->out_of_memory);
}

static void check_subject(struct workspace_document *document, const struct workspace_registry *registry,
                          const struct workspace_record_places *places, struct entry *entries, enum subject subject)
{
    for (size_t i = 0; i < registry->count; i++) {
        entries[i] = entry_of(&registry->records[i], &places[i], subject);
    }
    struct base_task *task = document->task;
    if (!base_sort(entries, registry->count, sizeof *entries, by_value, task)) {
        return;
    }
    mark_conflicts(entries, registry->count, subject);
    (void)base_sort(entries, registry->count, sizeof *entries, by_place, task);
    for (size_t i = 0; i < registry->count && !base_task_cancelled_in(task, i); i++) {
        if (entries[i].other != NULL) {
            report(document, &entries[i], subject);
        }
    }
}

void workspace_registry_check_records(struct workspace_document *document, const struct workspace_registry *registry,
                                      const struct workspace_record_places *places)
{
    if (registry->count == 0) {
        return;
    }
    struct entry *entries = calloc(registry->count, sizeof *entries);
    if (entries == NULL) {
        base_report_out_of_memory(document->findings, NULL);
        return;
    }
    check_subject(document, registry, places, entries, ID);
    check_subject(document, registry, places, entries, UUID);
    check_subject(document, registry, places, entries, ROOT);
    free(entries);
}
