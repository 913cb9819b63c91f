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

/* ---- The ids of the table ---- */

/* An asset by its id: of entries with one id the first counts. */
struct asset {
    int32_t id;
    size_t entry;
};

struct assets {
    struct asset *sorted;
    size_t count;
};

static int compare_assets(const void *left, const void *right)
{
    const struct asset *a = left;
    const struct asset *b = right;
    int order = (a->id > b->id) - (a->id < b->id);
    return order != 0 ? order : (a->entry > b->entry) - (a->entry < b->entry);
}

static int compare_id(const void *key, const void *element)
{
    int32_t id = *(const int32_t *)key;
    const struct asset *asset = element;
    return (id > asset->id) - (id < asset->id);
}

static void keep_first_ones(struct assets *assets)
{
    size_t kept = 0;
    for (size_t i = 0; i < assets->count; i++) {
        if (kept == 0 || assets->sorted[kept - 1].id != assets->sorted[i].id) {
            assets->sorted[kept++] = assets->sorted[i];
        }
    }
    assets->count = kept;
}

static bool collect_assets(const struct verify_facts *facts, struct base_task *task, struct assets *assets)
{
    assets->count = 0;
    assets->sorted = calloc(facts->entry_count + 1, sizeof *assets->sorted);
    if (assets->sorted == NULL) {
        return false;
    }
    for (size_t i = 0; i < facts->entry_count && !base_task_cancelled_in(task, i); i++) {
        if ((facts->entries[i].flags & VERIFY_ENTRY_HAS_ID) != 0) {
            assets->sorted[assets->count++] = (struct asset){.id = facts->entries[i].asset_id, .entry = i};
        }
    }
    (void)base_sort(assets->sorted, assets->count, sizeof *assets->sorted, compare_assets, task);
    keep_first_ones(assets);
    return true;
}

/* NULL: no entry has the id. That is preload-unknown-asset, and there is no asset to say more about. */
static const struct asset *find_asset(const struct assets *assets, int32_t id)
{
    return bsearch(&id, assets->sorted, assets->count, sizeof *assets->sorted, compare_id);
}

/* ---- Findings at an element ---- */

/* The bytes of an integer. */
static size_t integer_length(struct base_bytes header, size_t at)
{
    size_t end = at;
    while (end < header.size && (header.data[end] == '-' || (header.data[end] >= '0' && header.data[end] <= '9'))) {
        end++;
    }
    return end - at;
}

/* Its asset_id is known. */
static void report_element(const struct verify_subject *subject, const struct verify_facts *facts,
                           struct verify_sink *sink, enum diag diagnostic, size_t index, const char *text)
{
    const struct verify_preload *known = &facts->preloads[index];
    size_t at = known->asset_id_at;
    struct verify_spot spot = {.at = at,
                               .length = integer_length(facts->header, at),
                               .array = "preload",
                               .index = index,
                               .member = "asset_id"};
    struct verify_entry named = {.flags = VERIFY_ENTRY_HAS_ID, .asset_id = known->asset_id};
    struct base_bytes actual = {.data = NULL};
    spot.entry = &named;
    verify_report_in_header(subject, sink, diagnostic, &spot, NULL, actual, "%s", text);
}

/* ---- preload-duplicate: 4.2.10 ---- */

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
            report_element(subject, facts, sink, DIAG_PRELOAD_DUPLICATE, elements[i].index,
                           "the asset is preloaded already");
        }
    }
}

static size_t collect_elements(const struct verify_facts *facts, struct base_task *task, const struct assets *assets,
                               struct element *elements)
{
    size_t count = 0;
    for (size_t i = 0; i < facts->preload_count && !base_task_cancelled_in(task, i); i++) {
        const struct verify_preload *known = &facts->preloads[i];
        if (known->has_asset_id && find_asset(assets, known->asset_id) != NULL) {
            elements[count++] = (struct element){
                .asset_id = known->asset_id, .has_slot = known->has_slot, .slot = known->slot, .index = i};
        }
    }
    return count;
}

static void check_repeated(const struct verify_subject *subject, const struct verify_facts *facts,
                           const struct assets *assets, struct verify_sink *sink)
{
    struct base_task *task = subject->options->task;
    struct element *elements = calloc(facts->preload_count, sizeof *elements);
    if (elements == NULL) {
        base_report_out_of_memory(&sink->findings, subject->path);
        return;
    }
    size_t count = collect_elements(facts, task, assets, elements);
    (void)base_sort(elements, count, sizeof *elements, compare_elements, task);
    for (size_t first = 0, next = 0; first < count && !base_task_cancelled(task); first = next) {
        while (next < count && elements[next].asset_id == elements[first].asset_id) {
            next++;
        }
        check_asset(subject, facts, sink, elements + first, next - first);
    }
    free(elements);
}

/* ---- preload-order: 4.2.14 ---- */

/* Where an element belongs: bank by bank, and slot by slot in each. False: its asset, bank or slot is not known. */
static bool find_place(const struct verify_facts *facts, const struct assets *assets,
                       const struct verify_preload *known, uint64_t *place)
{
    const struct asset *asset = known->has_asset_id ? find_asset(assets, known->asset_id) : NULL;
    const struct verify_entry *entry = asset != NULL ? &facts->entries[asset->entry] : NULL;
    if (entry == NULL || (entry->flags & VERIFY_ENTRY_HAS_BANK) == 0 || !known->has_slot ||
        known->slot >= READER_SLOT_COUNT) {
        return false;
    }
    *place = (uint64_t)entry->bank * READER_SLOT_COUNT + known->slot;
    return true;
}

static void check_order(const struct verify_subject *subject, const struct verify_facts *facts,
                        const struct assets *assets, struct verify_sink *sink)
{
    bool has_before = false;
    uint64_t before = 0;
    for (size_t i = 0; i < facts->preload_count && !base_task_cancelled_in(subject->options->task, i + 1); i++) {
        uint64_t place = 0;
        bool has_place = find_place(facts, assets, &facts->preloads[i], &place);
        if (has_place && has_before && place < before) {
            report_element(subject, facts, sink, DIAG_PRELOAD_ORDER, i,
                           "this entry of preload belongs before the one before it");
        }
        has_before = has_place;
        before = place;
    }
}

/* ---- All of it ---- */

/* Only an object can lack a member. */
static void check_present(const struct verify_subject *subject, const struct verify_facts *facts,
                          struct verify_sink *sink)
{
    struct json_tokenizer json;
    json_begin(&json, facts->header);
    struct json_token root = json_next(&json);
    if (root.kind == JSON_OBJECT_BEGIN) {
        struct verify_spot spot = {.at = root.begin};
        struct base_bytes actual = {.data = NULL};
        verify_report_in_header(subject, sink, DIAG_PRELOAD_MISSING, &spot, "preload", actual,
                                "the header does not have the member preload");
    }
}

void verify_check_preload(const struct verify_subject *subject, const struct verify_facts *facts,
                          struct verify_sink *sink)
{
    struct assets assets;
    if (facts->header_is_usable && facts->preload.kind == JSON_END) {
        check_present(subject, facts, sink);
    }
    if (facts->preload_count < 2) {
        return;
    }
    if (!collect_assets(facts, subject->options->task, &assets)) {
        base_report_out_of_memory(&sink->findings, subject->path);
        return;
    }
    check_order(subject, facts, &assets, sink);
    check_repeated(subject, facts, &assets, sink);
    free(assets.sorted);
}
