#include "verify/companions/recorded_read.h"

#include "verify/companions/recorded_form.h"
#include "verify/core/findings.h"

#include <inttypes.h>
#include <stdlib.h>

enum root_member { ASSETS, ASSETS_PA, DOCUMENT, HASH, SCHEMA_VERSION, ROOT_MEMBERS };
enum pack_member { PACK_HEADER, PACK_SIZE, PACK_HASH, PACK_MEMBERS };

static const char *const root_names[ROOT_MEMBERS] = {"assets", "assets_pa", "document_xxh3_128", "hash",
                                                     "schema_version"};
static const char *const pack_names[PACK_MEMBERS] = {"header_xxh3_128", "size", "xxh3_128"};

/* The reading of one document. */
struct reading {
    const struct verify_facts *facts;
    struct verify_record *record;
    struct base_findings *findings;
    bool valid;
};

/* An object of the document, its pointer, and the asset that it speaks of. */
struct object {
    struct reading *reading;
    struct json_token token;
    struct base_text pointer;
    bool has_asset_id;
    int64_t asset_id;
};

/* ---- Findings ---- */

static void tell(struct object *object, const char *member, struct base_bytes key, size_t at, const char *expected,
                 struct base_bytes actual, const char *text)
{
    struct base_findings *findings = object->reading->findings;
    struct base_text pointer = BASE_TEXT_EMPTY;
    json_pointer_add_pointer(&pointer, &object->pointer);
    if (member != NULL) {
        json_pointer_add_name(&pointer, member);
    } else if (key.data != NULL) {
        json_pointer_add_key(&pointer, key);
    }
    struct base_place place = {
        .file = object->reading->record->path,
        .byte_offset = (int64_t)at,
        .json_pointer = base_text_string(&pointer),
        .has_asset_id = object->has_asset_id,
        .asset_id = object->asset_id,
    };
    verify_report_at(findings, DIAG_COMPANION_SYNTAX, &place, expected, actual, "%s%s%s", member != NULL ? member : "",
                     member != NULL ? ": " : "", text);
    base_text_release(&pointer, &findings->out_of_memory);
    object->reading->valid = false;
}

static void tell_value(struct object *object, const char *member, struct json_token value, const char *expected)
{
    struct base_bytes none = {.data = NULL};
    struct base_bytes text = object->reading->record->text;
    if (value.kind == JSON_END) {
        tell(object, NULL, none, object->token.begin, member, none, "a member is missing");
    } else {
        tell(object, member, none, json_token_start(value), expected, json_token_bytes(text, value),
             "not what the document must have here");
    }
}

static void meet_unknown(void *context, struct json_token key, struct json_token value)
{
    struct object *object = context;
    struct base_bytes text = object->reading->record->text;
    (void)value;
    tell(object, NULL, json_span(text, key), json_token_start(key), NULL, json_token_bytes(text, key),
         "the document has no such member");
}

/* ---- Values ---- */

static void read_members(struct object *object, const char *const names[], size_t count, struct json_token values[])
{
    json_walk_object(object->reading->record->text, object->token, names, count, values, meet_unknown, object);
}

static void read_hash(struct object *object, const char *name, struct json_token value, struct base_hash *hash)
{
    struct base_bytes text = object->reading->record->text;
    if (value.kind != JSON_STRING || !base_hash_from_hex(json_span(text, value), hash)) {
        tell_value(object, name, value, "32 lower-case hexadecimal digits");
    }
}

static void read_size(struct object *object, const char *name, struct json_token value, uint64_t *size)
{
    int64_t found = 0;
    if (!json_token_integer(object->reading->record->text, value, 0, JSON_EXACT_MAX, &found)) {
        tell_value(object, name, value, "0 to 9007199254740991");
    }
    *size = (uint64_t)found;
}

static void read_path(struct object *object, const char *name, struct json_token value)
{
    if (value.kind != JSON_STRING || !verify_recorded_is_path(json_span(object->reading->record->text, value))) {
        tell_value(object, name, value, "a plain relative path");
    }
}

/* ---- Elements of assets ---- */

static void read_input(struct object *asset, size_t index, struct json_token value)
{
    struct base_bytes none = {.data = NULL};
    struct object input = *asset;
    struct json_token values[VERIFY_INPUT_MEMBERS];
    struct base_hash hash;
    uint64_t size;
    input.token = value;
    input.pointer = BASE_TEXT_EMPTY;
    json_pointer_add_pointer(&input.pointer, &asset->pointer);
    json_pointer_add_name(&input.pointer, "inputs");
    json_pointer_add_index(&input.pointer, index);
    if (value.kind == JSON_OBJECT_BEGIN) {
        read_members(&input, verify_input_names, VERIFY_INPUT_MEMBERS, values);
        read_path(&input, "path", values[VERIFY_INPUT_PATH]);
        read_size(&input, "size", values[VERIFY_INPUT_SIZE], &size);
        read_hash(&input, "xxh3_128", values[VERIFY_INPUT_HASH], &hash);
    } else {
        tell(&input, NULL, none, json_token_start(value), "an object",
             json_token_bytes(asset->reading->record->text, value), "an input is no object");
    }
    base_text_free(&input.pointer);
}

static void read_inputs(struct object *asset, struct json_token inputs)
{
    if (inputs.kind != JSON_ARRAY_BEGIN) {
        tell_value(asset, "inputs", inputs, "an array");
        return;
    }
    struct json_walk walk;
    json_walk_begin(&walk, asset->reading->record->text, inputs.begin, inputs.end);
    (void)json_walk_next(&walk);
    size_t index = 0;
    for (struct json_token value = json_walk_value(&walk); value.kind != JSON_ARRAY_END;
         value = json_walk_value(&walk)) {
        read_input(asset, index++, value);
    }
}

/* The element's asset_id must be that of the entry at the same place, when that one is usable. */
static void read_asset_id(struct object *asset, size_t index, struct json_token value)
{
    const struct verify_facts *facts = asset->reading->facts;
    asset->has_asset_id =
        json_token_integer(asset->reading->record->text, value, INT32_MIN, INT32_MAX, &asset->asset_id);
    if (!asset->has_asset_id) {
        tell_value(asset, "asset_id", value, "an asset_id");
        return;
    }
    if (index < facts->entry_count && (facts->entries[index].flags & VERIFY_ENTRY_HAS_ID) != 0 &&
        facts->entries[index].asset_id != asset->asset_id) {
        struct base_text expected = BASE_TEXT_EMPTY;
        base_text_addf(&expected, "%" PRId32, facts->entries[index].asset_id);
        tell_value(asset, "asset_id", value, base_text_string(&expected));
        base_text_free(&expected);
    }
}

static void read_asset(struct reading *reading, size_t index, struct json_token value)
{
    struct verify_recorded_asset *recorded = &reading->record->assets[index];
    struct base_bytes text = reading->record->text;
    struct base_bytes none = {.data = NULL};
    struct object asset = {.reading = reading, .token = value, .pointer = BASE_TEXT_EMPTY};
    struct json_token values[VERIFY_RECORD_MEMBERS];
    recorded->at = value.begin;
    json_pointer_add_name(&asset.pointer, "assets");
    json_pointer_add_index(&asset.pointer, index);
    if (value.kind != JSON_OBJECT_BEGIN) {
        tell(&asset, NULL, none, json_token_start(value), "an object", json_token_bytes(text, value),
             "an element of assets is no object");
        base_text_free(&asset.pointer);
        return;
    }
    read_members(&asset, verify_recorded_names, VERIFY_RECORD_MEMBERS, values);
    read_asset_id(&asset, index, values[VERIFY_RECORD_ASSET_ID]);
    read_path(&asset, "asset_root", values[VERIFY_RECORD_ASSET_ROOT]);
    struct json_token uuid = values[VERIFY_RECORD_ASSET_UUID];
    if (uuid.kind != JSON_STRING || !verify_recorded_is_uuid(json_span(text, uuid))) {
        tell_value(&asset, "asset_uuid", uuid, "8-4-4-4-12 lower-case hexadecimal digits");
    }
    read_hash(&asset, "decoded_xxh3_128", values[VERIFY_RECORD_DECODED], &recorded->decoded);
    read_inputs(&asset, values[VERIFY_RECORD_INPUTS]);
    read_hash(&asset, "payload_xxh3_128", values[VERIFY_RECORD_PAYLOAD], &recorded->payload);
    struct json_token pipeline = values[VERIFY_RECORD_PIPELINE];
    if (pipeline.kind != JSON_END && pipeline.kind != JSON_OBJECT_BEGIN) {
        tell_value(&asset, "pipeline", pipeline, "an object");
    }
    base_text_free(&asset.pointer);
}

static size_t count_elements(struct base_bytes text, struct json_token array)
{
    struct json_walk walk;
    size_t count = 0;
    json_walk_begin(&walk, text, array.begin, array.end);
    (void)json_walk_next(&walk);
    while (json_walk_value(&walk).kind != JSON_ARRAY_END) {
        count++;
    }
    return count;
}

/* One element an entry, in table order. Without a table the elements stand for themselves. */
static bool read_assets(struct object *root, struct json_token assets)
{
    struct reading *reading = root->reading;
    const struct verify_facts *facts = reading->facts;
    struct verify_record *record = reading->record;
    if (assets.kind != JSON_ARRAY_BEGIN) {
        tell_value(root, "assets", assets, "an array");
        return true;
    }
    record->asset_count = count_elements(record->text, assets);
    if (facts->asset_table.kind == JSON_ARRAY_BEGIN && record->asset_count != facts->entry_count) {
        struct base_text expected = BASE_TEXT_EMPTY;
        struct base_text actual = BASE_TEXT_EMPTY;
        struct base_bytes none = {.data = NULL};
        base_text_addf(&expected, "%zu elements", facts->entry_count);
        base_text_addf(&actual, "%zu elements", record->asset_count);
        tell(root, "assets", none, assets.begin, base_text_string(&expected), base_text_bytes(&actual),
             "not one element for each entry of the table");
        base_text_free(&expected);
        base_text_free(&actual);
    }
    record->assets = calloc(record->asset_count + 1, sizeof *record->assets);
    if (record->assets == NULL) {
        return false;
    }
    struct json_walk walk;
    json_walk_begin(&walk, record->text, assets.begin, assets.end);
    (void)json_walk_next(&walk);
    for (size_t i = 0; i < record->asset_count; i++) {
        read_asset(reading, i, json_walk_value(&walk));
    }
    return true;
}

/* ---- The root ---- */

static void read_pack(struct object *root, struct json_token pack)
{
    struct verify_record *record = root->reading->record;
    if (pack.kind != JSON_OBJECT_BEGIN) {
        tell_value(root, "assets_pa", pack, "an object");
        return;
    }
    struct object object = *root;
    struct json_token values[PACK_MEMBERS];
    object.token = pack;
    object.pointer = BASE_TEXT_EMPTY;
    json_pointer_add_name(&object.pointer, "assets_pa");
    read_members(&object, pack_names, PACK_MEMBERS, values);
    read_hash(&object, "header_xxh3_128", values[PACK_HEADER], &record->header);
    read_size(&object, "size", values[PACK_SIZE], &record->pack_size);
    read_hash(&object, "xxh3_128", values[PACK_HASH], &record->pack);
    base_text_free(&object.pointer);
}

bool verify_recorded_read(const struct verify_facts *facts, struct verify_record *record,
                          struct base_findings *findings)
{
    struct reading reading = {.facts = facts, .record = record, .findings = findings, .valid = true};
    struct object root = {.reading = &reading, .pointer = BASE_TEXT_EMPTY};
    struct json_token values[ROOT_MEMBERS];
    struct json_walk walk;
    struct base_bytes none = {.data = NULL};
    int64_t version;
    json_walk_begin(&walk, record->text, 0, record->text.size);
    root.token = json_walk_value(&walk);
    if (root.token.kind != JSON_OBJECT_BEGIN) {
        tell(&root, NULL, none, json_token_start(root.token), "an object", json_token_bytes(record->text, root.token),
             "the document is no object");
        return false;
    }
    read_members(&root, root_names, ROOT_MEMBERS, values);
    bool enough_memory = read_assets(&root, values[ASSETS]);
    read_pack(&root, values[ASSETS_PA]);
    read_hash(&root, "document_xxh3_128", values[DOCUMENT], &record->document);
    record->document_at = json_token_start(values[DOCUMENT]);
    if (!json_token_is(record->text, values[HASH], "xxh3-128")) {
        tell_value(&root, "hash", values[HASH], "\"xxh3-128\"");
    }
    if (!json_token_integer(record->text, values[SCHEMA_VERSION], 1, 1, &version)) {
        tell_value(&root, "schema_version", values[SCHEMA_VERSION], "1");
    }
    if (!enough_memory) {
        base_report_out_of_memory(findings, record->path);
    }
    return reading.valid && enough_memory;
}
