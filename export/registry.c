#include "export/registry.h"

#include "json/emit.h"

#include <inttypes.h>

void export_registry_begin(struct base_text *text, int64_t highest)
{
    base_text_addf(text, "{\n  \"schema_version\": 1,\n  \"next_asset_id\": %" PRId64 ",\n  \"assets\": [",
                   highest < 1 ? 1 : highest + 1);
}

void export_registry_add(struct base_text *text, int32_t asset_id, const char *asset_uuid, const char *root)
{
    bool first = text->size > 0 && text->data[text->size - 1] == '[';
    base_text_addf(text, "%s\n    {\n      \"asset_id\": %" PRId32 ",\n      \"asset_uuid\": \"%s\",\n      \"root\": ",
                   first ? "" : ",", asset_id, asset_uuid);
    json_add_string(text, root);
    base_text_add_string(text, ",\n      \"included_in_build\": true\n    }");
}

void export_registry_end(struct base_text *text)
{
    bool empty = text->size > 0 && text->data[text->size - 1] == '[';
    base_text_add_string(text, empty ? "]\n}\n" : "\n  ]\n}\n");
}
