#include "service/ids/entries.h"

#include "json/object.h"

#include <string.h>

static int64_t number(struct base_bytes text, struct json_token object, const char *name)
{
    int64_t value = 0;
    (void)json_token_integer(text, json_object_member(text, object, name), 0, JSON_EXACT_MAX, &value);
    return value;
}

/* An asset has a slot at most. A conforming pack has 16 of each bank, so this is no long list. */
static void find_slot(const struct service_report *report, struct service_entry *entry)
{
    for (size_t i = 0; i < report->preload_count && !entry->has_slot; i++) {
        const struct service_report_preload preload = service_report_preload(report, i);
        entry->has_slot = preload.has_slot && preload.has_asset_id && preload.asset_id == entry->asset_id;
        entry->slot = preload.slot;
    }
}

struct service_entry service_entry_read(const struct service_report *report, size_t index)
{
    const struct service_report_asset asset = service_report_asset(report, index);
    struct service_entry entry = {
        .asset_id = (int32_t)asset.asset_id,
        .name = asset.name,
        .root = asset.root,
        .bank = asset.bank,
        .tiles = asset.tiles,
    };
    find_slot(report, &entry);
    struct base_bytes text = base_bytes_of_string(asset.metadata != NULL ? asset.metadata : "{}");
    struct json_token metadata = json_root(text, NULL);
    entry.is_glyph = strcmp(entry.bank, "GLYPH") == 0;
    entry.tile_size = (uint64_t)number(text, metadata, "tile_size");
    entry.palettes = (uint64_t)number(text, metadata, "palette_authored");
    return entry;
}
