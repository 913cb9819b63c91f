#include "service/ids/entries.h"
#include "service/ids/print.h"
#include "json/emit.h"

static void emit_known(struct json_emit *emit, const char *key, bool known, uint64_t value)
{
    json_emit_key(emit, key);
    if (known) {
        json_emit_u64(emit, value);
    } else {
        json_emit_null(emit);
    }
}

static void print_entry(struct base_text *text, const struct service_entry *entry)
{
    struct json_emit emit = json_emit_make(text);
    json_emit_object(&emit);
    json_emit_key(&emit, "asset_id");
    json_emit_i64(&emit, entry->asset_id);
    json_emit_key(&emit, "asset_name");
    json_emit_string(&emit, entry->name);
    json_emit_key(&emit, "address");
    json_emit_string(&emit, entry->root);
    json_emit_key(&emit, "bank_type");
    json_emit_string(&emit, entry->bank);
    emit_known(&emit, "slot", entry->has_slot, entry->slot);
    emit_known(&emit, "tile_size", entry->is_glyph, entry->tile_size);
    emit_known(&emit, "palettes", entry->is_glyph, entry->palettes);
    json_emit_key(&emit, "tiles");
    json_emit_json(&emit, base_bytes_of_string(entry->tiles != NULL ? entry->tiles : "null"));
    json_emit_object_end(&emit);
}

void service_ids_print_json(const struct service_report *report, struct base_text *text)
{
    base_text_add_string(text, "{\"schema_version\":1,\"assets\":[");
    for (size_t i = 0; i < report->asset_count && !base_text_out_of_memory(text); i++) {
        const struct service_entry entry = service_entry_read(report, i);
        base_text_add_string(text, i > 0 ? ",\n" : "\n");
        print_entry(text, &entry);
    }
    base_text_add_string(text, "\n]}\n");
}
