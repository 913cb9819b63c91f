#include "verify/companions/listing.h"

#include "json/object.h"

/* Copies a string of the document, if the token is one. The value is never longer than its span. False when memory ran
 * out. */
static bool copy_string(const char **copy, struct base_bytes text, struct json_token token,
                        struct verify_report *report)
{
    if (token.kind != JSON_STRING) {
        return true;
    }
    struct base_bytes span = json_span(text, token);
    char *string = base_strings_room(&report->strings, span.size);
    if (string != NULL) {
        string[json_unescape(span, (uint8_t *)string, span.size)] = '\0';
    }
    *copy = string;
    return string != NULL;
}

/* Fills in one row. False when memory ran out. */
static bool list_asset(const struct verify_record *record, size_t index, struct verify_report *report)
{
    struct verify_asset_report *row = &report->assets[index];
    struct json_walk walk;
    json_walk_begin(&walk, record->text, record->assets[index].at, record->text.size);
    struct json_token asset = json_walk_value(&walk);
    struct json_token root = json_object_member(record->text, asset, "asset_root");
    struct json_token uuid = json_object_member(record->text, asset, "asset_uuid");
    struct json_token tiles = json_object_member(record->text, asset, "tiles");
    bool copied =
        copy_string(&row->root, record->text, root, report) && copy_string(&row->uuid, record->text, uuid, report);
    if (tiles.kind == JSON_ARRAY_BEGIN) {
        row->tiles = base_strings_copy(&report->strings, json_token_bytes(record->text, tiles));
    }
    return copied && (tiles.kind != JSON_ARRAY_BEGIN || row->tiles != NULL);
}

void verify_list_record(struct base_task *task, const struct verify_facts *facts, struct verify_sink *sink,
                        struct verify_report *report)
{
    const struct verify_record *record = facts->record;
    bool fine = record != NULL && record->asset_count == report->asset_count;
    for (size_t i = 0; fine && i < report->asset_count && !base_task_cancelled_in(task, i); i++) {
        fine = list_asset(record, i, report);
        sink->findings.out_of_memory = sink->findings.out_of_memory || !fine;
    }
}
