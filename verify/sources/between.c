#include "verify/sources/between.h"

#include "base/path.h"
#include "base/sort.h"
#include "reader/layout.h"
#include "verify/core/findings.h"
#include "verify/core/format.h"

#include <stdlib.h>
#include <string.h>

#define FREE UINT32_MAX /* no enumerator can be so large */

/* Which asset has a slot: its index in the build set, or FREE. */
struct slots {
    uint32_t holders[PP_BANK_COUNT][READER_SLOT_COUNT];
};

/* A value of an asset.json, whose pointer is given. */
static struct base_place place_of(const struct verify_document_place *value, const char *pointer)
{
    struct base_place place = verify_document_place(value);
    place.json_pointer = pointer;
    return place;
}

/* Adds a finding in the asset.json of an asset: `details` says where, and lacks file and asset. */
__attribute__((format(printf, 6, 7))) static void report(const struct verify_build_set *set, struct verify_sink *sink,
                                                         enum diag diagnostic, size_t index,
                                                         const struct base_details *details, const char *format, ...)
{
    const struct verify_record_of_registry *record = &set->registry->records[index];
    char *root = base_path_join(set->assets_path, record->root);
    char *path = root != NULL ? base_path_join(root, "asset.json") : NULL;
    struct base_details complete = *details;
    va_list arguments;
    complete.place.file = path;
    complete.place.has_asset_id = true;
    complete.place.asset_id = record->asset_id;
    sink->findings.out_of_memory = sink->findings.out_of_memory || path == NULL;
    va_start(arguments, format);
    base_reportv(&sink->findings, diagnostic, &complete, format, arguments);
    va_end(arguments);
    free(path);
    free(root);
}

/* ---- Names ---- */

struct named {
    const char *name;
    uint32_t index;
};

/* Equal names in rising asset_id. */
static int compare_names(const void *left, const void *right)
{
    const struct named *a = left;
    const struct named *b = right;
    int order = strcmp(a->name, b->name);
    return order != 0 ? order : (a->index > b->index) - (a->index < b->index);
}

static void report_equal_names(const struct verify_build_set *set, const struct named *first, const struct named *later,
                               struct verify_sink *sink)
{
    const struct verify_record_of_registry *other = &set->registry->records[first->index];
    report(set, sink, DIAG_DECLARATION_VALUE, later->index,
           &(struct base_details){.place = place_of(&set->summaries[later->index].name_at, "/name")},
           "asset %d in %s has the same name", (int)other->asset_id, other->root);
}

/* Reports each later asset of a name, and notes which assets share theirs. */
static void find_equal_names(const struct verify_build_set *set, const struct named *names, size_t count, bool *shared,
                             struct verify_sink *sink)
{
    size_t first = 0;
    for (size_t i = 1; i < count; i++) {
        if (strcmp(names[first].name, names[i].name) != 0) {
            first = i;
        } else {
            report_equal_names(set, &names[first], &names[i], sink);
            shared[names[first].index] = true;
            shared[names[i].index] = true;
        }
    }
}

/* The declared name of an asset against the one in the pack. */
static void compare_name(const struct verify_build_set *set, size_t index, struct verify_sink *sink)
{
    const struct verify_summary *summary = &set->summaries[index];
    const struct verify_entry *packed = summary->packed;
    struct base_text shown = BASE_TEXT_EMPTY;
    if (packed == NULL || (packed->flags & VERIFY_ENTRY_HAS_NAME) == 0) {
        return;
    }
    struct base_bytes name = base_bytes_make(set->facts->header.data + packed->name_at, packed->name_size);
    if (!json_equals(name, summary->name)) {
        base_text_add_printable(&shown, name, 96);
        report(set, sink, DIAG_SOURCE_MISMATCH, index,
               &(struct base_details){.place = place_of(&summary->name_at, "/name"),
                                      .expected = base_text_string(&shown),
                                      .actual_bytes = base_bytes_of_string(summary->name)},
               "the pack has another name for the asset than asset.json declares");
        base_text_release(&shown, &sink->findings.out_of_memory);
    }
}

/* Where several assets have one name, that is the fault: the pack cannot have it for all of them. */
static void check_names_by(const struct verify_build_set *set, struct named *names, bool *shared,
                           struct verify_sink *sink)
{
    size_t count = 0;
    for (size_t i = 0; i < set->registry->count; i++) {
        if (set->summaries[i].name != NULL) {
            names[count++] = (struct named){.name = set->summaries[i].name, .index = (uint32_t)i};
        }
    }
    if (!base_sort(names, count, sizeof *names, compare_names, set->subject->options->task)) {
        return;
    }
    find_equal_names(set, names, count, shared, sink);
    for (size_t i = 0; i < set->registry->count; i++) {
        if (set->summaries[i].name != NULL && !shared[i]) {
            compare_name(set, i, sink);
        }
    }
}

static void check_names(const struct verify_build_set *set, struct verify_sink *sink)
{
    struct named *names = calloc(set->registry->count + 1, sizeof *names);
    bool *shared = calloc(set->registry->count + 1, sizeof *shared);
    if (names != NULL && shared != NULL) {
        check_names_by(set, names, shared, sink);
    } else {
        base_report_out_of_memory(&sink->findings, set->assets_path);
    }
    free(names);
    free(shared);
}

/* ---- Slots: the fixed ones first, then the lowest free one in rising asset_id ---- */

static void take_fixed(const struct verify_build_set *set, struct slots *slots, struct verify_sink *sink)
{
    for (size_t i = 0; i < set->registry->count; i++) {
        const struct verify_summary *summary = &set->summaries[i];
        if (!summary->preload || !summary->has_slot) {
            continue;
        }
        uint32_t *holder = &slots->holders[summary->bank][summary->slot];
        if (*holder != FREE) {
            report(set, sink, DIAG_SLOT_CLASH, i,
                   &(struct base_details){.place = place_of(&summary->slot_at, "/preload/slot")},
                   "slot %u of the bank is fixed by asset %d too", (unsigned)summary->slot,
                   (int)set->registry->records[*holder].asset_id);
        } else {
            *holder = (uint32_t)i;
        }
    }
}

static void take_free(const struct verify_build_set *set, struct slots *slots, struct verify_sink *sink)
{
    bool exhausted[PP_BANK_COUNT] = {false};
    for (size_t i = 0; i < set->registry->count; i++) {
        const struct verify_summary *summary = &set->summaries[i];
        uint32_t slot = 0;
        if (!summary->preload || summary->has_slot) {
            continue;
        }
        while (slot < READER_SLOT_COUNT && slots->holders[summary->bank][slot] != FREE) {
            slot++;
        }
        if (slot < READER_SLOT_COUNT) {
            slots->holders[summary->bank][slot] = (uint32_t)i;
        } else if (!exhausted[summary->bank]) {
            report(set, sink, DIAG_SLOT_EXHAUSTED, i,
                   &(struct base_details){.place = place_of(&summary->preload_at, "/preload")},
                   "no slot of the bank is left for the asset");
            exhausted[summary->bank] = true;
        }
    }
}

/* ---- The preload list of the pack ---- */

static void report_preload(const struct verify_build_set *set, size_t index, struct verify_sink *sink, const char *text)
{
    const struct verify_preload *preload = &set->facts->preloads[index];
    const struct verify_spot spot = {.at = preload->asset_id_at, .array = "preload", .index = index};
    verify_report_in_header(set->subject, sink, DIAG_SOURCE_MISMATCH, &spot, NULL, (struct base_bytes){.data = NULL},
                            "%s", text);
}

/* The slot of an asset, counted over all banks, or SIZE_MAX. */
static size_t find_slot(const struct verify_build_set *set, const struct slots *slots, int32_t asset_id)
{
    for (size_t k = 0; k < VERIFY_SLOTS_OF_ALL_BANKS; k++) {
        uint32_t holder = slots->holders[k / READER_SLOT_COUNT][k % READER_SLOT_COUNT];
        if (holder != FREE && set->registry->records[holder].asset_id == asset_id) {
            return k;
        }
    }
    return SIZE_MAX;
}

static size_t count_slots(const struct slots *slots)
{
    size_t count = 0;
    for (size_t k = 0; k < VERIFY_SLOTS_OF_ALL_BANKS; k++) {
        count += slots->holders[k / READER_SLOT_COUNT][k % READER_SLOT_COUNT] != FREE;
    }
    return count;
}

/* Whether the pack preloads the right assets, and the fixed slots are right. What differs was reported with its asset,
 * and the slots follow from it. */
static bool is_preload_of_set(const struct verify_build_set *set, const struct slots *slots)
{
    const struct verify_facts *facts = set->facts;
    bool same = facts->preload_count == count_slots(slots);
    for (size_t i = 0; same && i < facts->preload_count; i++) {
        const struct verify_preload *preload = &facts->preloads[i];
        size_t k = preload->has_asset_id ? find_slot(set, slots, preload->asset_id) : SIZE_MAX;
        same = k != SIZE_MAX && preload->has_slot;
        if (same) {
            uint32_t holder = slots->holders[k / READER_SLOT_COUNT][k % READER_SLOT_COUNT];
            same = !set->summaries[holder].has_slot || preload->slot == k % READER_SLOT_COUNT;
        }
    }
    return same;
}

/* Each preload has the slot of its asset. Whether there is a list, and in which order, is a rule of the header. */
static void compare_preloads(const struct verify_build_set *set, const struct slots *slots, struct verify_sink *sink)
{
    const struct verify_facts *facts = set->facts;
    for (size_t i = 0; i < facts->preload_count; i++) {
        size_t k = find_slot(set, slots, facts->preloads[i].asset_id);
        if (facts->preloads[i].slot != k % READER_SLOT_COUNT) {
            report_preload(set, i, sink, "the asset is preloaded into another slot than the lowest free one");
            return;
        }
    }
}

static bool all_valid(const struct verify_build_set *set)
{
    size_t i = 0;
    while (i < set->registry->count && set->summaries[i].valid) {
        i++;
    }
    return i == set->registry->count;
}

void verify_check_between(const struct verify_build_set *set, struct verify_sink *sink)
{
    struct slots slots;
    memset(slots.holders, 0xFF, sizeof slots.holders);
    check_names(set, sink);
    if (!all_valid(set)) {
        return;
    }
    uint64_t before = base_findings_errors(&sink->findings);
    take_fixed(set, &slots, sink);
    take_free(set, &slots, sink);
    if (base_findings_errors(&sink->findings) == before && is_preload_of_set(set, &slots)) {
        compare_preloads(set, &slots, sink);
    }
}
