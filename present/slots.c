#include "present/slots.h"

#include <inttypes.h>
#include <stdlib.h>

enum { TEXT_LIMIT = 20 };

struct present_slot {
    int64_t asset_id;
    size_t position; /* in the list */
    uint64_t slot;
};

static int compare(const void *a, const void *b)
{
    const struct present_slot *one = a;
    const struct present_slot *other = b;
    if (one->asset_id != other->asset_id) {
        return one->asset_id < other->asset_id ? -1 : 1;
    }
    return one->position < other->position ? -1 : one->position > other->position;
}

struct present_slots present_slots_make(const struct service_report *report)
{
    struct present_slots slots = {.count = 0};
    if (report->preload_count == 0) {
        return slots;
    }
    slots.items = calloc(report->preload_count, sizeof *slots.items);
    slots.out_of_memory = slots.items == NULL;
    for (size_t i = 0; i < report->preload_count && !slots.out_of_memory; i++) {
        const struct service_report_preload preload = service_report_preload(report, i);
        if (preload.has_asset_id && preload.has_slot) {
            slots.items[slots.count++] =
                (struct present_slot){.asset_id = preload.asset_id, .position = i, .slot = preload.slot};
        }
    }
    if (slots.count > 1) {
        qsort(slots.items, slots.count, sizeof *slots.items, compare);
    }
    return slots;
}

void present_slots_free(struct present_slots *slots)
{
    free(slots->items);
    *slots = (struct present_slots){.count = 0};
}

/* The first item of an asset, or the place where it would be. */
static size_t first_of(const struct present_slots *slots, int64_t asset_id)
{
    size_t from = 0;
    size_t to = slots->count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (slots->items[middle].asset_id < asset_id) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    return from;
}

void present_slots_add(struct base_text *text, const struct present_slots *slots,
                       const struct service_report_asset *asset)
{
    size_t begin = text->size;
    size_t at = asset->has_asset_id ? first_of(slots, asset->asset_id) : slots->count;
    while (at < slots->count && slots->items[at].asset_id == asset->asset_id && text->size - begin < TEXT_LIMIT &&
           !base_text_out_of_memory(text)) {
        base_text_addf(text, "%s%" PRIu64, text->size > begin ? ", " : "", slots->items[at++].slot);
    }
    if (text->size == begin) {
        base_text_add_char(text, '-');
    }
}
