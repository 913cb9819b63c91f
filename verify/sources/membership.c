#include "verify/sources/membership.h"

#include "base/sort.h"
#include "verify/core/findings.h"

#include <stdlib.h>

/* An entry that has an id. */
struct numbered {
    int32_t asset_id;
    uint32_t entry;
    uint32_t at;
};

struct numbers {
    struct numbered *items;
    size_t count;
    bool ascend;
};

/* Equal ids in the order of the table. */
static int compare_numbers(const void *left, const void *right)
{
    const struct numbered *a = left;
    const struct numbered *b = right;
    if (a->asset_id != b->asset_id) {
        return a->asset_id < b->asset_id ? -1 : 1;
    }
    return (a->entry > b->entry) - (a->entry < b->entry);
}

/* The entries in the order of their ids. False when memory ran out or the task was cancelled. */
static bool number_entries(struct base_task *task, const struct verify_facts *facts, struct numbers *numbers)
{
    struct json_walk walk;
    struct json_token element;
    *numbers = (struct numbers){.items = calloc(facts->entry_count + 1, sizeof *numbers->items), .ascend = true};
    if (numbers->items == NULL || facts->asset_table.kind != JSON_ARRAY_BEGIN) {
        return numbers->items != NULL;
    }
    json_walk_begin_inside(&walk, facts->header, facts->asset_table);
    walk.json.task = task;
    for (size_t i = 0; i < facts->entry_count && json_walk_element(&walk, &element); i++) {
        const struct verify_entry *entry = &facts->entries[i];
        if ((entry->flags & VERIFY_ENTRY_HAS_ID) == 0) {
            continue;
        }
        struct numbered *last = numbers->count > 0 ? &numbers->items[numbers->count - 1] : NULL;
        numbers->ascend = numbers->ascend && (last == NULL || last->asset_id <= entry->asset_id);
        numbers->items[numbers->count++] =
            (struct numbered){.asset_id = entry->asset_id, .entry = (uint32_t)i, .at = (uint32_t)element.begin};
    }
    return numbers->ascend || base_sort(numbers->items, numbers->count, sizeof *numbers->items, compare_numbers, task);
}

static void report_missing(const struct verify_registry *registry, const struct verify_record_of_registry *record,
                           struct verify_sink *sink)
{
    struct base_text pointer = BASE_TEXT_EMPTY;
    json_pointer_add_name(&pointer, "assets");
    json_pointer_add_index(&pointer, record->index);
    struct base_details details = {.place = verify_document_place(&record->place)};
    details.place.file = registry->path;
    details.place.json_pointer = base_text_string(&pointer);
    details.place.has_asset_id = true;
    details.place.asset_id = record->asset_id;
    base_report(&sink->findings, DIAG_ASSET_MISSING, &details, "the pack does not have asset %d, whose root is %s",
                (int)record->asset_id, record->root);
    base_text_release(&pointer, &sink->findings.out_of_memory);
}

static void report_foreign(const struct verify_subject *subject, const struct verify_facts *facts,
                           const struct numbered *number, struct verify_sink *sink)
{
    const struct verify_spot spot = {
        .at = number->at, .array = "asset_table", .index = number->entry, .entry = &facts->entries[number->entry]};
    verify_report_in_header(subject, sink, DIAG_ASSET_FOREIGN, &spot, NULL, (struct base_bytes){.data = NULL},
                            "the pack has asset %d, which index.json does not include in the build",
                            (int)number->asset_id);
}

/* Both ascend by id. Of entries with one id, which is another finding, the first one counts. */
static void pair(const struct verify_subject *subject, const struct verify_facts *facts,
                 const struct verify_registry *registry, const struct numbers *numbers, struct verify_member *members,
                 struct verify_sink *sink)
{
    size_t i = 0;
    size_t k = 0;
    while (i < registry->count || k < numbers->count) {
        const struct verify_record_of_registry *record = i < registry->count ? &registry->records[i] : NULL;
        const struct numbered *number = k < numbers->count ? &numbers->items[k] : NULL;
        if (number == NULL || (record != NULL && record->asset_id < number->asset_id)) {
            members[i++] = (struct verify_member){.entry = VERIFY_NO_ENTRY};
            report_missing(registry, record, sink);
            continue;
        }
        if (record != NULL && record->asset_id == number->asset_id) {
            members[i++] = (struct verify_member){.entry = number->entry, .entry_at = number->at};
        } else {
            report_foreign(subject, facts, number, sink);
        }
        int32_t seen = number->asset_id;
        while (k < numbers->count && numbers->items[k].asset_id == seen) {
            k++;
        }
    }
}

struct verify_member *verify_check_membership(const struct verify_subject *subject, const struct verify_facts *facts,
                                              const struct verify_registry *registry, struct verify_sink *sink)
{
    struct numbers numbers;
    struct verify_member *members = calloc(registry->count + 1, sizeof *members);
    bool enough_memory = number_entries(subject->options->task, facts, &numbers) && members != NULL;
    if (enough_memory) {
        pair(subject, facts, registry, &numbers, members, sink);
    } else if (!base_task_cancelled(subject->options->task)) {
        base_report_out_of_memory(&sink->findings, registry->path);
    }
    free(numbers.items);
    if (!enough_memory) {
        free(members);
        return NULL;
    }
    return members;
}
