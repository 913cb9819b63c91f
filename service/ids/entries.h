/* The assets of a set as a game's compiler needs them, read from the report of an examination that found nothing wrong.
 *
 * Threads: no shared state. */
#ifndef PRPACK_SERVICE_IDS_ENTRIES_H
#define PRPACK_SERVICE_IDS_ENTRIES_H

#include "service/report.h"
#include "service/sprites.h"

/* Strings belong to the report. */
struct service_entry {
    int32_t asset_id;
    const char *name;
    const char *root;
    const char *bank;
    bool has_slot;
    uint64_t slot;
    bool is_glyph;      /* the next two are known */
    uint64_t tile_size; /* pixels */
    uint64_t palettes;  /* one more than the highest index that the sheet has */
    const char *tiles;  /* JSON of an array, or NULL */
};

/* The asset in row `index` of a report that conforms. */
struct service_entry service_entry_read(const struct service_report *report, size_t index);

#endif
