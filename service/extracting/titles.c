#include "service/extracting/titles.h"

#include "json/value.h"

#include <string.h>

bool service_extract_title(const struct service_extract_titles *titles, size_t entry,
                           struct service_extract_title *title)
{
    char root[EXPORT_ROOT_SIZE];
    if (titles->companion->records != NULL) {
        const struct service_extract_record *record = &titles->companion->records[entry];
        memcpy(title->uuid, record->uuid, sizeof title->uuid);
        title->root = strdup(record->root);
        title->pipeline = record->pipeline;
        title->tiles = record->tiles;
        return title->root != NULL;
    }
    const struct pp_entry row = pp_pack_entry(titles->source->pack, entry);
    export_uuid_of(row.asset_id, titles->source->header, title->uuid);
    export_root_of(row.asset_id, row.name, root);
    title->root = strdup(root);
    return title->root != NULL;
}

char *service_extract_name(const struct service_extract_titles *titles, size_t entry)
{
    const struct base_bytes name = pp_pack_entry(titles->source->pack, entry).name;
    const struct json_token token = {.end = name.size, .kind = JSON_STRING, .escaped = true};
    return json_token_string(name, token);
}
