#include "verify/header/preload.h"

#include "base/sort.h"
#include "reader/layout.h"
#include "verify/core/findings.h"

#include <stdlib.h>

/* An element whose asset is known. */
struct element {
    int32_t asset_id;
    bool has_slot;
    uint64_t slot;
    size_t index;
};

/* By asset, then slot, those without one first, then place in the list. */
static int compare_elements(const void *left, const void *right)
{
    const struct element *a = left;
    const struct element *b = right;
    if (a->asset_id != b->asset_id) {
        return a->asset_id < b->asset_id ? -1 : 1;
    }
    if (a->has_slot != b->has_slot) {
        return a->has_slot ? 1 : -1;
    }
    if (a->slot != b->slot) {
        return a->slot < b->slot ? -1 : 1;
    }
    return (a->index > b->index) - (a->index < b->index);
}

static int compare_ids(const void *left, const void *right)
{
    int32_t a = *(const int32_t *)left;
    int32_t b = *(const int32_t *)right;
    return (a > b) - (a < b);
}

/* ---- The ids of the table ---- */

struct ids {
    int32_t *sorted;
    size_t count;
};

static bool collect_ids(const struct verify_facts *facts, struct base_task *task, struct ids *ids)
{
    ids->count = 0;
    ids->sorted = calloc(facts->entry_count + 1, sizeof *ids->sorted);
    if (ids->sorted == NULL) {
        return false;
    }
    for (size_t i = 0; i < facts->entry_count && !base_task_cancelled_in(task, i); i++) {
        if ((facts->entries[i].flags & VERIFY_ENTRY_HAS_ID) != 0) {
            ids->sorted[ids->count++] = facts->entries[i].asset_id;
        }
    }
    (void)base_sort(ids->sorted, ids->count, sizeof *ids->sorted, compare_ids, task);
    return true;
}

/* An id that no entry has is preload-unknown-asset; it does not name an asset that could be repeated. */
static bool has_id(const struct ids *ids, int32_t id)
{
    return bsearch(&id, ids->sorted, ids->count, sizeof *ids->sorted, compare_ids) != NULL;
}

/* ---- 4.2.10 ---- */

/* The bytes of an integer. */
static size_t integer_length(struct base_bytes header, size_t at)
{
    size_t end = at;
    while (end < header.size && (header.data[end] == '-' || (header.data[end] >= '0' && header.data[end] <= '9'))) {
        end++;
    }
    return end - at;
}

static void report_repeated(const struct verify_subject *subject, const struct verify_facts *facts,
                            struct verify_sink *sink, const struct element *element)
{
    size_t at = facts->preloads[element->index].asset_id_at;
    struct verify_spot spot = {.at = at,
                               .length = integer_length(facts->header, at),
                               .array = "preload",
                               .index = element->index,
                               .member = "asset_id"};
    struct verify_entry named = {.flags = VERIFY_ENTRY_HAS_ID, .asset_id = element->asset_id};
    struct base_bytes actual = {.data = NULL};
    spot.entry = &named;
    verify_report_in_header(subject, sink, DIAG_PRELOAD_DUPLICATE, &spot, NULL, actual,
                            "the asset is preloaded already");
}

/* Whether the element repeats asset and slot of the one before it: that is preload-slot-clash, which the reader
 * reports. A slot out of range does not clash. */
static bool clashes(const struct element *element, const struct element *before)
{
    return element->has_slot && before->has_slot && element->slot == before->slot && element->slot < READER_SLOT_COUNT;
}

/* Reports the elements of one asset: each one but the earliest, unless it clashes. */
static void check_asset(const struct verify_subject *subject, const struct verify_facts *facts,
                        struct verify_sink *sink, const struct element *elements, size_t count)
{
    size_t earliest = 0;
    for (size_t i = 1; i < count; i++) {
        if (elements[i].index < elements[earliest].index) {
            earliest = i;
        }
    }
    for (size_t i = 0; i < count && !base_task_cancelled_in(subject->options->task, i + 1); i++) {
        if (i != earliest && (i == 0 || !clashes(&elements[i], &elements[i - 1]))) {
            report_repeated(subject, facts, sink, &elements[i]);
        }
    }
}

static size_t collect_elements(const struct verify_facts *facts, struct base_task *task, const struct ids *ids,
                               struct element *elements)
{
    size_t count = 0;
    for (size_t i = 0; i < facts->preload_count && !base_task_cancelled_in(task, i); i++) {
        const struct verify_preload *known = &facts->preloads[i];
        if (known->has_asset_id && has_id(ids, known->asset_id)) {
            elements[count++] = (struct element){
                .asset_id = known->asset_id, .has_slot = known->has_slot, .slot = known->slot, .index = i};
        }
    }
    return count;
}

void verify_check_preload(const struct verify_subject *subject, const struct verify_facts *facts,
                          struct verify_sink *sink)
{
    if (facts->preload_count < 2) {
        return;
    }
    struct ids ids;
    struct element *elements = calloc(facts->preload_count, sizeof *elements);
    if (elements == NULL || !collect_ids(facts, subject->options->task, &ids)) {
        base_report_out_of_memory(&sink->findings, subject->path);
        free(elements);
        return;
    }
    size_t count = collect_elements(facts, subject->options->task, &ids, elements);
    (void)base_sort(elements, count, sizeof *elements, compare_elements, subject->options->task);
    for (size_t first = 0, next = 0; first < count && !base_task_cancelled(subject->options->task); first = next) {
        while (next < count && elements[next].asset_id == elements[first].asset_id) {
            next++;
        }
        check_asset(subject, facts, sink, elements + first, next - first);
    }
    free(ids.sorted);
    free(elements);
}
