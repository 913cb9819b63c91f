#include "service/quarantine/print.h"

#include "service/history/date.h"
#include "json/emit.h"

static void print_file(struct json_emit *emit, const struct service_kept_file *file)
{
    json_emit_object(emit);
    json_emit_key(emit, "path");
    json_emit_string(emit, file->path);
    json_emit_key(emit, "size");
    json_emit_u64(emit, file->size);
    json_emit_key(emit, "xxh3");
    if (file->has_hash) {
        char hex[BASE_HASH_HEX + 1];
        base_hash_to_hex(file->hash, hex);
        json_emit_string(emit, hex);
    } else {
        json_emit_null(emit);
    }
    json_emit_object_end(emit);
}

void service_quarantine_print(uint64_t operation, int64_t date, const struct workspace_record *record, const char *name,
                              const struct service_inventory *inventory, struct base_text *text)
{
    struct json_emit emit = json_emit_make(text);
    json_emit_object(&emit);
    json_emit_key(&emit, "schema_version");
    json_emit_u64(&emit, 1);
    json_emit_key(&emit, "operation");
    json_emit_u64(&emit, operation);
    service_date_emit(&emit, date);
    json_emit_key(&emit, "asset_id");
    json_emit_i64(&emit, record->asset_id);
    json_emit_key(&emit, "asset_uuid");
    json_emit_string(&emit, record->asset_uuid);
    json_emit_key(&emit, "asset_name");
    json_emit_string(&emit, name);
    json_emit_key(&emit, "root");
    json_emit_string(&emit, record->root);
    json_emit_key(&emit, "included_in_build");
    json_emit_bool(&emit, record->included_in_build);
    json_emit_key(&emit, "files");
    json_emit_array(&emit);
    for (size_t i = 0; i < inventory->count; i++) {
        print_file(&emit, &inventory->files[i]);
    }
    json_emit_array_end(&emit);
    json_emit_object_end(&emit);
    base_text_add_char(text, '\n');
}
