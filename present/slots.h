/* Which slots a preload list gives each asset. A header may list a million slots for a million assets, so the list is
 * sorted once instead of being searched for each asset. */
#ifndef PRPACK_PRESENT_SLOTS_H
#define PRPACK_PRESENT_SLOTS_H

#include "base/text.h"
#include "service/report.h"

struct present_slot;

struct present_slots {
    struct present_slot *items; /* in rising asset_id, then in the order of the file; owned */
    size_t count;
    bool out_of_memory; /* there are no items for want of memory */
};

/* n log n steps for n entries. Free the result with present_slots_free. */
struct present_slots present_slots_make(const struct service_report *report);
void present_slots_free(struct present_slots *slots);

/* Adds the slots of an asset, such as "0" or "0, 3"; "-" for none. Ends after the first that takes it to 20 bytes. */
void present_slots_add(struct base_text *text, const struct present_slots *slots,
                       const struct service_report_asset *asset);

#endif
