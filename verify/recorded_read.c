#include "verify/recorded.h"

#include <inttypes.h>
#include <stdlib.h>

const char *const pp_recorded_names[PP_RECORD_MEMBERS] = {
    "asset_id", "asset_root", "asset_uuid", "decoded_xxh3_128", "inputs", "payload_xxh3_128", "pipeline"};
const char *const pp_input_names[PP_INPUT_MEMBERS] = {"path", "size", "xxh3_128"};

enum root_member { ASSETS, ASSETS_PA, DOCUMENT, HASH, SCHEMA_VERSION, ROOT_MEMBERS };
enum pack_member { PACK_HEADER, PACK_SIZE, PACK_HASH, PACK_MEMBERS };

static const char *const root_names[ROOT_MEMBERS] = {"assets", "assets_pa", "document_xxh3_128", "hash",
                                                     "schema_version"};
static const char *const pack_names[PACK_MEMBERS] = {"header_xxh3_128", "size", "xxh3_128"};

/* The reading of one document. */
struct reading {
    struct pp_examination *examination;
    struct pp_recorded *record;
    bool valid;
};

/* An object of the document, its pointer, and the asset that it speaks of. */
struct object {
    struct reading *reading;
    struct pp_json_token token;
    struct pp_text pointer;
    bool has_asset_id;
    int64_t asset_id;
};

/* ---- Findings ---- */

static void tell(struct object *object, const char *member, struct pp_bytes key, size_t at, const char *expected,
                 struct pp_bytes actual, const char *text)
{
    struct pp_findings *findings = &object->reading->examination->findings;
    struct pp_text pointer = PP_TEXT_EMPTY;
    pp_pointer_add_pointer(&pointer, &object->pointer);
    if (member != NULL) {
        pp_pointer_add_name(&pointer, member);
    } else if (key.data != NULL) {
        pp_pointer_add_key(&pointer, key);
    }
    struct pp_place place = {
        .file = object->reading->record->path,
        .byte_offset = (int64_t)at,
        .json_pointer = pp_text_string(&pointer),
        .has_asset_id = object->has_asset_id,
        .asset_id = object->asset_id,
    };
    pp_tell_at(findings, PP_COMPANION_SYNTAX, &place, expected, actual, "%s%s%s", member != NULL ? member : "",
               member != NULL ? ": " : "", text);
    findings->out_of_memory = findings->out_of_memory || pp_text_failed(&pointer);
    pp_text_free(&pointer);
    object->reading->valid = false;
}

static void tell_value(struct object *object, const char *member, struct pp_json_token value, const char *expected)
{
    struct pp_bytes none = {.data = NULL};
    struct pp_bytes text = object->reading->record->text;
    if (value.kind == PP_JSON_END) {
        tell(object, NULL, none, object->token.begin, member, none, "a member is missing");
    } else {
        tell(object, member, none, pp_token_start(value), expected, pp_token_bytes(text, value),
             "not what the document must have here");
    }
}

static void meet_unknown(void *context, struct pp_json_token key, struct pp_json_token value)
{
    struct object *object = context;
    struct pp_bytes text = object->reading->record->text;
    (void)value;
    tell(object, NULL, pp_json_span(text, key), pp_token_start(key), NULL, pp_token_bytes(text, key),
         "the document has no such member");
}

/* ---- Values ---- */

static void read_members(struct object *object, const char *const names[], size_t count, struct pp_json_token values[])
{
    pp_tokens_object(object->reading->record->text, object->token, names, count, values, meet_unknown, object);
}

static void read_hash(struct object *object, const char *name, struct pp_json_token value, struct pp_hash *hash)
{
    struct pp_bytes text = object->reading->record->text;
    if (value.kind != PP_JSON_STRING || !pp_hash_from_hex(pp_json_span(text, value), hash)) {
        tell_value(object, name, value, "32 lower-case hexadecimal digits");
    }
}

static void read_size(struct object *object, const char *name, struct pp_json_token value, uint64_t *size)
{
    int64_t found = 0;
    if (!pp_token_integer(object->reading->record->text, value, 0, PP_EXACT_MAX, &found)) {
        tell_value(object, name, value, "0 to 9007199254740991");
    }
    *size = (uint64_t)found;
}

/* Whether an escape of a canonical text spells what no path has: a backslash or U+0000. */
static bool is_forbidden_escape(const uint8_t *escape)
{
    return escape[1] == '\\' || (escape[1] == 'u' && escape[4] == '0' && escape[5] == '0');
}

static bool is_real_component(const uint8_t *component, size_t length)
{
    bool dot = length == 1 && component[0] == '.';
    bool dots = length == 2 && component[0] == '.' && component[1] == '.';
    return length > 0 && !dot && !dots;
}

/* In a canonical text neither '/' nor '.' is ever escaped. */
bool pp_recorded_is_path(struct pp_bytes span)
{
    size_t from = 0;
    for (size_t at = 0; at < span.size; at++) {
        if (span.data[at] == '\\') {
            if (is_forbidden_escape(span.data + at)) {
                return false;
            }
            at += span.data[at + 1] == 'u' ? 5 : 1;
        } else if (span.data[at] == '/') {
            if (!is_real_component(span.data + from, at - from)) {
                return false;
            }
            from = at + 1;
        }
    }
    return is_real_component(span.data + from, span.size - from);
}

static void read_path(struct object *object, const char *name, struct pp_json_token value)
{
    if (value.kind != PP_JSON_STRING || !pp_recorded_is_path(pp_json_span(object->reading->record->text, value))) {
        tell_value(object, name, value, "a plain relative path");
    }
}

bool pp_recorded_is_uuid(struct pp_bytes span)
{
    static const char shape[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
    bool matches = span.size == PP_UUID_TEXT;
    for (size_t i = 0; matches && i < span.size; i++) {
        uint8_t byte = span.data[i];
        bool digit = (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'f');
        matches = shape[i] == 'x' ? digit : byte == '-';
    }
    return matches;
}

/* ---- Elements of assets ---- */

static void read_input(struct object *asset, size_t index, struct pp_json_token value)
{
    struct pp_bytes none = {.data = NULL};
    struct object input = *asset;
    struct pp_json_token values[PP_INPUT_MEMBERS];
    struct pp_hash hash;
    uint64_t size;
    input.token = value;
    input.pointer = PP_TEXT_EMPTY;
    pp_pointer_add_pointer(&input.pointer, &asset->pointer);
    pp_pointer_add_name(&input.pointer, "inputs");
    pp_pointer_add_index(&input.pointer, index);
    if (value.kind == PP_JSON_OBJECT_BEGIN) {
        read_members(&input, pp_input_names, PP_INPUT_MEMBERS, values);
        read_path(&input, "path", values[PP_INPUT_PATH]);
        read_size(&input, "size", values[PP_INPUT_SIZE], &size);
        read_hash(&input, "xxh3_128", values[PP_INPUT_HASH], &hash);
    } else {
        tell(&input, NULL, none, pp_token_start(value), "an object",
             pp_token_bytes(asset->reading->record->text, value), "an input is no object");
    }
    pp_text_free(&input.pointer);
}

static void read_inputs(struct object *asset, struct pp_json_token inputs)
{
    if (inputs.kind != PP_JSON_ARRAY_BEGIN) {
        tell_value(asset, "inputs", inputs, "an array");
        return;
    }
    struct pp_tokens walk;
    pp_tokens_begin(&walk, asset->reading->record->text, inputs.begin, inputs.end);
    (void)pp_tokens_next(&walk);
    size_t index = 0;
    for (struct pp_json_token value = pp_tokens_value(&walk); value.kind != PP_JSON_ARRAY_END;
         value = pp_tokens_value(&walk)) {
        read_input(asset, index++, value);
    }
}

/* The element's asset_id must be that of the entry at the same place, when that one is usable. */
static void read_asset_id(struct object *asset, size_t index, struct pp_json_token value)
{
    const struct pp_examination *examination = asset->reading->examination;
    asset->has_asset_id = pp_token_integer(asset->reading->record->text, value, INT32_MIN, INT32_MAX, &asset->asset_id);
    if (!asset->has_asset_id) {
        tell_value(asset, "asset_id", value, "an asset_id");
        return;
    }
    if (index < examination->entry_count && (examination->entries[index].flags & PP_KNOWN_ID) != 0 &&
        examination->entries[index].asset_id != asset->asset_id) {
        struct pp_text expected = PP_TEXT_EMPTY;
        pp_text_addf(&expected, "%" PRId32, examination->entries[index].asset_id);
        tell_value(asset, "asset_id", value, pp_text_string(&expected));
        pp_text_free(&expected);
    }
}

static void read_asset(struct reading *reading, size_t index, struct pp_json_token value)
{
    struct pp_recorded_asset *recorded = &reading->record->assets[index];
    struct pp_bytes text = reading->record->text;
    struct pp_bytes none = {.data = NULL};
    struct object asset = {.reading = reading, .token = value, .pointer = PP_TEXT_EMPTY};
    struct pp_json_token values[PP_RECORD_MEMBERS];
    recorded->at = value.begin;
    pp_pointer_add_name(&asset.pointer, "assets");
    pp_pointer_add_index(&asset.pointer, index);
    if (value.kind != PP_JSON_OBJECT_BEGIN) {
        tell(&asset, NULL, none, pp_token_start(value), "an object", pp_token_bytes(text, value),
             "an element of assets is no object");
        pp_text_free(&asset.pointer);
        return;
    }
    read_members(&asset, pp_recorded_names, PP_RECORD_MEMBERS, values);
    read_asset_id(&asset, index, values[PP_RECORD_ASSET_ID]);
    read_path(&asset, "asset_root", values[PP_RECORD_ASSET_ROOT]);
    struct pp_json_token uuid = values[PP_RECORD_ASSET_UUID];
    if (uuid.kind != PP_JSON_STRING || !pp_recorded_is_uuid(pp_json_span(text, uuid))) {
        tell_value(&asset, "asset_uuid", uuid, "8-4-4-4-12 lower-case hexadecimal digits");
    }
    read_hash(&asset, "decoded_xxh3_128", values[PP_RECORD_DECODED], &recorded->decoded);
    read_inputs(&asset, values[PP_RECORD_INPUTS]);
    read_hash(&asset, "payload_xxh3_128", values[PP_RECORD_PAYLOAD], &recorded->payload);
    struct pp_json_token pipeline = values[PP_RECORD_PIPELINE];
    if (pipeline.kind != PP_JSON_END && pipeline.kind != PP_JSON_OBJECT_BEGIN) {
        tell_value(&asset, "pipeline", pipeline, "an object");
    }
    pp_text_free(&asset.pointer);
}

static size_t count_elements(struct pp_bytes text, struct pp_json_token array)
{
    struct pp_tokens walk;
    size_t count = 0;
    pp_tokens_begin(&walk, text, array.begin, array.end);
    (void)pp_tokens_next(&walk);
    while (pp_tokens_value(&walk).kind != PP_JSON_ARRAY_END) {
        count++;
    }
    return count;
}

/* One element an entry, in table order. Without a table the elements stand for themselves. */
static bool read_assets(struct object *root, struct pp_json_token assets)
{
    struct reading *reading = root->reading;
    struct pp_examination *examination = reading->examination;
    struct pp_recorded *record = reading->record;
    if (assets.kind != PP_JSON_ARRAY_BEGIN) {
        tell_value(root, "assets", assets, "an array");
        return true;
    }
    record->asset_count = count_elements(record->text, assets);
    if (examination->asset_table.kind == PP_JSON_ARRAY_BEGIN && record->asset_count != examination->entry_count) {
        struct pp_text expected = PP_TEXT_EMPTY;
        struct pp_text actual = PP_TEXT_EMPTY;
        struct pp_bytes none = {.data = NULL};
        pp_text_addf(&expected, "%zu elements", examination->entry_count);
        pp_text_addf(&actual, "%zu elements", record->asset_count);
        tell(root, "assets", none, assets.begin, pp_text_string(&expected), pp_text_bytes(&actual),
             "not one element for each entry of the table");
        pp_text_free(&expected);
        pp_text_free(&actual);
    }
    record->assets = calloc(record->asset_count + 1, sizeof *record->assets);
    if (record->assets == NULL) {
        return false;
    }
    struct pp_tokens walk;
    pp_tokens_begin(&walk, record->text, assets.begin, assets.end);
    (void)pp_tokens_next(&walk);
    for (size_t i = 0; i < record->asset_count; i++) {
        read_asset(reading, i, pp_tokens_value(&walk));
    }
    return true;
}

/* ---- The root ---- */

static void read_pack(struct object *root, struct pp_json_token pack)
{
    struct pp_recorded *record = root->reading->record;
    if (pack.kind != PP_JSON_OBJECT_BEGIN) {
        tell_value(root, "assets_pa", pack, "an object");
        return;
    }
    struct object object = *root;
    struct pp_json_token values[PACK_MEMBERS];
    object.token = pack;
    object.pointer = PP_TEXT_EMPTY;
    pp_pointer_add_name(&object.pointer, "assets_pa");
    read_members(&object, pack_names, PACK_MEMBERS, values);
    read_hash(&object, "header_xxh3_128", values[PACK_HEADER], &record->header);
    read_size(&object, "size", values[PACK_SIZE], &record->pack_size);
    read_hash(&object, "xxh3_128", values[PACK_HASH], &record->pack);
    pp_text_free(&object.pointer);
}

bool pp_recorded_read(struct pp_examination *examination, struct pp_recorded *record)
{
    struct reading reading = {.examination = examination, .record = record, .valid = true};
    struct object root = {.reading = &reading, .pointer = PP_TEXT_EMPTY};
    struct pp_json_token values[ROOT_MEMBERS];
    struct pp_tokens walk;
    struct pp_bytes none = {.data = NULL};
    int64_t version;
    pp_tokens_begin(&walk, record->text, 0, record->text.size);
    root.token = pp_tokens_value(&walk);
    if (root.token.kind != PP_JSON_OBJECT_BEGIN) {
        tell(&root, NULL, none, pp_token_start(root.token), "an object", pp_token_bytes(record->text, root.token),
             "the document is no object");
        return false;
    }
    read_members(&root, root_names, ROOT_MEMBERS, values);
    bool enough_memory = read_assets(&root, values[ASSETS]);
    read_pack(&root, values[ASSETS_PA]);
    read_hash(&root, "document_xxh3_128", values[DOCUMENT], &record->document);
    record->document_at = pp_token_start(values[DOCUMENT]);
    if (!pp_token_is(record->text, values[HASH], "xxh3-128")) {
        tell_value(&root, "hash", values[HASH], "\"xxh3-128\"");
    }
    if (!pp_token_integer(record->text, values[SCHEMA_VERSION], 1, 1, &version)) {
        tell_value(&root, "schema_version", values[SCHEMA_VERSION], "1");
    }
    if (!enough_memory) {
        pp_tell_no_memory(&examination->findings, record->path);
    }
    return reading.valid && enough_memory;
}
