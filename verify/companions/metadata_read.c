#include "verify/companions/metadata_read.h"

#include "verify/companions/metadata_form.h"
#include "verify/core/findings.h"
#include "verify/core/spelling.h"

#include "json/object.h"
#include "json/pointer.h"

#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

enum { NUMBER_TEXT = 32 };

/* The reading of one document. */
struct reading {
    struct base_task *task;
    const struct verify_facts *facts;
    struct verify_record *record;
    struct base_lines *lines; /* of the document */
    struct base_findings *findings;
    unsigned version; /* schema_version, when it is a right one; else the newest */
    bool valid;
    bool out_of_memory;
};

/* An object of the document, its pointer, and the asset that it is about. */
struct object {
    struct reading *reading;
    size_t index; /* of an element of assets */
    struct base_text pointer;
    bool has_asset_id;
    int64_t asset_id;
};

/* ---- Findings ---- */

/* A fault at a token: a key, the value of a member, or (member NULL) the object itself. */
static void report_fault(struct object *object, const char *member, struct json_token token,
                         struct base_details details, const char *text)
{
    struct reading *reading = object->reading;
    struct base_text pointer = BASE_TEXT_EMPTY;
    json_pointer_add_pointer(&pointer, &object->pointer);
    if (token.kind == JSON_KEY) {
        json_pointer_add_key(&pointer, json_span(reading->record->text, token));
    } else if (member != NULL) {
        json_pointer_add_name(&pointer, member);
    }
    details.place = (struct base_place){
        .file = reading->record->path,
        BASE_AT_BYTE(json_token_start(token), details.actual_bytes.size),
        .lines = reading->lines,
        .json_pointer = base_text_string(&pointer),
        .has_asset_id = object->has_asset_id,
        .asset_id = object->asset_id,
    };
    base_report(reading->findings, DIAG_COMPANION_SYNTAX, &details, "%s", text);
    base_text_release(&pointer, &reading->findings->out_of_memory);
    reading->valid = false;
}

static void report_token(struct object *object, const char *member, struct json_token token, const char *expected,
                         const char *text)
{
    struct base_bytes actual = json_token_bytes(object->reading->record->text, token);
    report_fault(object, member, token, (struct base_details){.expected = expected, .actual_bytes = actual}, text);
}

static void report_value(struct object *object, const char *member, struct json_token value, const char *expected)
{
    report_token(object, member, value, expected, "the value is not what the document must have here");
}

static void visit_fault(void *context, const struct json_object_fault *found)
{
    struct object *object = context;
    switch (found->fault) {
    case JSON_FAULT_UNKNOWN:
        report_token(object, NULL, found->key, NULL, "the document has no such member");
        break;
    case JSON_FAULT_MISSING:
        report_fault(object, NULL, found->object, (struct base_details){.expected = found->member->name},
                     "a member is missing");
        break;
    case JSON_FAULT_KIND:
    case JSON_FAULT_VALUE:
        report_value(object, found->member->name, found->value, found->member->expected);
        break;
    case JSON_FAULT_REPEATED:
        break; /* a canonical text has none */
    }
}

/* ---- Values ---- */

/* Each of these is a json_member_read; its context is the object. */

static bool read_hash(void *context, struct json_token value, void *target)
{
    const struct object *object = context;
    struct base_hash *hash = target;
    return value.kind == JSON_STRING && base_hash_from_hex(json_span(object->reading->record->text, value), hash);
}

static bool read_size(void *context, struct json_token value, void *target)
{
    const struct object *object = context;
    uint64_t *size = target;
    int64_t found;
    if (!json_token_integer(object->reading->record->text, value, 0, JSON_EXACT_MAX, &found)) {
        return false;
    }
    *size = (uint64_t)found;
    return true;
}

#define EXPECTED_HASH "32 lower-case hexadecimal digits"
#define EXPECTED_SIZE "0 to 9007199254740991"
#define EXPECTED_PATH "a plain relative path"

static bool read_path(void *context, struct json_token value, void *target)
{
    const struct object *object = context;
    (void)target;
    return value.kind == JSON_STRING && verify_recorded_is_path(json_span(object->reading->record->text, value));
}

static bool read_uuid(void *context, struct json_token value, void *target)
{
    const struct object *object = context;
    (void)target;
    return value.kind == JSON_STRING && verify_is_uuid(json_span(object->reading->record->text, value));
}

static bool read_object(void *context, struct json_token value, void *target)
{
    (void)context;
    (void)target;
    return value.kind == JSON_OBJECT_BEGIN;
}

/* ---- Inputs ---- */

/* What an input records. The stage of the sources reads it once more, when the document is accepted. */
struct recorded_input {
    struct base_hash hash;
    uint64_t size;
};

static const struct json_member input_members[] = {
    {"path", EXPECTED_PATH, 0, true, read_path, 0},
    {"size", EXPECTED_SIZE, 0, true, read_size, offsetof(struct recorded_input, size)},
    {"xxh3_128", EXPECTED_HASH, 0, true, read_hash, offsetof(struct recorded_input, hash)},
};
enum { INPUT_MEMBERS = sizeof input_members / sizeof input_members[0] };
static const struct json_table input_table = {input_members, INPUT_MEMBERS, visit_fault};

static void read_input(const struct object *asset, size_t index, struct json_token value)
{
    struct object input = *asset;
    struct json_token values[INPUT_MEMBERS];
    struct recorded_input read;
    input.pointer = BASE_TEXT_EMPTY;
    json_pointer_add_pointer(&input.pointer, &asset->pointer);
    json_pointer_add_name(&input.pointer, "inputs");
    json_pointer_add_index(&input.pointer, index);
    if (value.kind == JSON_OBJECT_BEGIN) {
        (void)json_object_read(NULL, asset->reading->record->text, value, &input_table, values, &read, &input);
    } else {
        report_token(&input, NULL, value, "an object", "an input is not an object");
    }
    base_text_free(&input.pointer);
}

static bool read_inputs(void *context, struct json_token inputs, void *target)
{
    const struct object *asset = context;
    struct json_walk walk;
    struct json_token value;
    (void)target;
    if (inputs.kind != JSON_ARRAY_BEGIN) {
        return false;
    }
    json_walk_begin_inside(&walk, asset->reading->record->text, inputs);
    for (size_t index = 0; json_walk_element(&walk, &value); index++) {
        read_input(asset, index, value);
    }
    return true;
}

/* ---- Tiles ---- */

/* Only the form: companions/tiles.c checks the numbers of an accepted document. */

static bool is_number_list(void *context, struct json_token value, void *target)
{
    const struct object *object = context;
    struct json_walk walk;
    struct json_token element;
    (void)target;
    if (value.kind != JSON_ARRAY_BEGIN) {
        return false;
    }
    json_walk_begin_inside(&walk, object->reading->record->text, value);
    while (json_walk_element(&walk, &element)) {
        if (element.kind != JSON_NUMBER) {
            return false;
        }
    }
    return true;
}

enum sprite_member { COLUMNS, PALETTE, PALETTES, SPRITE_PATH, ROWS, TILE, SPRITE_MEMBERS };
static const struct json_member sprite_members[SPRITE_MEMBERS] = {
    [COLUMNS] = {"columns", "an integer", JSON_KIND_NUMBER, true, NULL, 0},
    [PALETTE] = {"palette", "an integer", JSON_KIND_NUMBER, false, NULL, 0},
    [PALETTES] = {"palettes", "an array of integers", 0, false, is_number_list, 0},
    [SPRITE_PATH] = {"path", EXPECTED_PATH, 0, true, read_path, 0},
    [ROWS] = {"rows", "an integer", JSON_KIND_NUMBER, true, NULL, 0},
    [TILE] = {"tile", "an integer", JSON_KIND_NUMBER, true, NULL, 0},
};
static const struct json_table sprite_table = {sprite_members, SPRITE_MEMBERS, visit_fault};

static void read_sprite(const struct object *asset, size_t index, struct json_token value)
{
    struct object sprite = *asset;
    struct json_token values[SPRITE_MEMBERS];
    struct base_bytes text = asset->reading->record->text;
    sprite.pointer = BASE_TEXT_EMPTY;
    json_pointer_add_pointer(&sprite.pointer, &asset->pointer);
    json_pointer_add_name(&sprite.pointer, "tiles");
    json_pointer_add_index(&sprite.pointer, index);
    if (value.kind != JSON_OBJECT_BEGIN) {
        report_token(&sprite, NULL, value, "an object", "an element of tiles is not an object");
    } else if (json_object_read(NULL, text, value, &sprite_table, values, NULL, &sprite) &&
               (values[PALETTE].kind == JSON_END) == (values[PALETTES].kind == JSON_END)) {
        report_fault(&sprite, NULL, value, (struct base_details){.expected = "either palette or palettes"},
                     values[PALETTE].kind == JSON_END ? "a member is missing" : "one of two members is too many");
    }
    base_text_free(&sprite.pointer);
}

static bool read_tiles(void *context, struct json_token tiles, void *target)
{
    const struct object *asset = context;
    struct json_walk walk;
    struct json_token value;
    size_t *tiles_at = target;
    if (tiles.kind != JSON_ARRAY_BEGIN) {
        return false;
    }
    *tiles_at = tiles.begin;
    json_walk_begin_inside(&walk, asset->reading->record->text, tiles);
    for (size_t index = 0; json_walk_element(&walk, &value); index++) {
        read_sprite(asset, index, value);
    }
    return true;
}

/* ---- Elements of assets ---- */

/* The element's asset_id must be that of the entry at the same place, when that one is usable. */
static bool read_asset_id(void *context, struct json_token value, void *target)
{
    struct object *asset = context;
    const struct verify_facts *facts = asset->reading->facts;
    size_t index = asset->index;
    (void)target;
    asset->has_asset_id =
        json_token_integer(asset->reading->record->text, value, INT32_MIN, INT32_MAX, &asset->asset_id);
    if (asset->has_asset_id && index < facts->entry_count && (facts->entries[index].flags & VERIFY_ENTRY_HAS_ID) != 0 &&
        facts->entries[index].asset_id != asset->asset_id) {
        char expected[NUMBER_TEXT];
        (void)snprintf(expected, sizeof expected, "%" PRId32, facts->entries[index].asset_id);
        report_value(asset, "asset_id", value, expected);
    }
    return asset->has_asset_id;
}

static const struct json_member asset_members[] = {
    {"asset_id", "an asset_id", 0, true, read_asset_id, 0},
    {"asset_root", EXPECTED_PATH, 0, true, read_path, 0},
    {"asset_uuid", "8-4-4-4-12 lower-case hexadecimal digits", 0, true, read_uuid, 0},
    {"decoded_xxh3_128", EXPECTED_HASH, 0, true, read_hash, offsetof(struct verify_recorded_asset, decoded)},
    {"inputs", "an array", 0, true, read_inputs, 0},
    {"payload_xxh3_128", EXPECTED_HASH, 0, true, read_hash, offsetof(struct verify_recorded_asset, payload)},
    {"pipeline", "an object", 0, false, read_object, 0},
    {"tiles", "an array", 0, false, read_tiles, offsetof(struct verify_recorded_asset, tiles_at)},
};
enum { ASSET_MEMBERS = sizeof asset_members / sizeof asset_members[0] };
/* Version 1 is version 2 without the last member. */
static const struct json_table asset_table_1 = {asset_members, ASSET_MEMBERS - 1, visit_fault};
static const struct json_table asset_table_2 = {asset_members, ASSET_MEMBERS, visit_fault};

static void read_asset(struct reading *reading, size_t index, struct json_token value)
{
    struct verify_recorded_asset *recorded = &reading->record->assets[index];
    struct object asset = {.reading = reading, .index = index, .pointer = BASE_TEXT_EMPTY};
    struct json_token values[ASSET_MEMBERS];
    recorded->at = value.begin;
    json_pointer_add_name(&asset.pointer, "assets");
    json_pointer_add_index(&asset.pointer, index);
    if (value.kind == JSON_OBJECT_BEGIN) {
        (void)json_object_read(NULL, reading->record->text, value,
                               reading->version == 1 ? &asset_table_1 : &asset_table_2, values, recorded, &asset);
    } else {
        report_token(&asset, NULL, value, "an object", "an element of assets is not an object");
    }
    base_text_free(&asset.pointer);
}

static void report_count(struct object *root, struct json_token assets)
{
    const struct reading *reading = root->reading;
    char expected[NUMBER_TEXT];
    char actual[NUMBER_TEXT];
    (void)snprintf(expected, sizeof expected, "%zu elements", reading->facts->entry_count);
    (void)snprintf(actual, sizeof actual, "%zu elements", reading->record->asset_count);
    report_fault(root, "assets", assets, (struct base_details){.expected = expected, .actual = actual},
                 "the array does not have one element for each entry of the table");
}

/* One element per entry, in table order. Without a table there is nothing to compare the elements with. */
static bool read_assets(void *context, struct json_token assets, void *target)
{
    struct object *root = context;
    struct reading *reading = root->reading;
    const struct verify_facts *facts = reading->facts;
    struct verify_record *record = target;
    struct json_walk walk;
    struct json_token value;
    if (assets.kind != JSON_ARRAY_BEGIN) {
        return false;
    }
    record->asset_count = json_count_elements(record->text, assets, reading->task);
    if (facts->asset_table.kind == JSON_ARRAY_BEGIN && record->asset_count != facts->entry_count) {
        report_count(root, assets);
    }
    record->assets = calloc(record->asset_count + 1, sizeof *record->assets);
    if (record->assets == NULL) {
        reading->out_of_memory = true;
        return true;
    }
    json_walk_begin_inside(&walk, record->text, assets);
    walk.json.task = reading->task;
    for (size_t i = 0; i < record->asset_count && json_walk_element(&walk, &value); i++) {
        read_asset(reading, i, value);
    }
    return true;
}

/* ---- The root ---- */

static const struct json_member pack_members[] = {
    {"header_xxh3_128", EXPECTED_HASH, 0, true, read_hash, offsetof(struct verify_record, header)},
    {"size", EXPECTED_SIZE, 0, true, read_size, offsetof(struct verify_record, pack_size)},
    {"xxh3_128", EXPECTED_HASH, 0, true, read_hash, offsetof(struct verify_record, pack)},
};
enum { PACK_MEMBERS = sizeof pack_members / sizeof pack_members[0] };
static const struct json_table pack_table = {pack_members, PACK_MEMBERS, visit_fault};

static bool read_pack(void *context, struct json_token pack, void *target)
{
    const struct object *root = context;
    struct json_token values[PACK_MEMBERS];
    if (pack.kind != JSON_OBJECT_BEGIN) {
        return false;
    }
    struct object object = {.reading = root->reading, .pointer = BASE_TEXT_EMPTY};
    json_pointer_add_name(&object.pointer, "assets_pa");
    (void)json_object_read(NULL, root->reading->record->text, pack, &pack_table, values, target, &object);
    base_text_free(&object.pointer);
    return true;
}

static bool read_hash_name(void *context, struct json_token value, void *target)
{
    const struct object *root = context;
    (void)target;
    return json_token_is(root->reading->record->text, value, "xxh3-128");
}

enum { VERSION_MAX = 2 };

static bool read_version(void *context, struct json_token value, void *target)
{
    const struct object *root = context;
    int64_t version;
    (void)target;
    return json_token_integer(root->reading->record->text, value, 1, VERSION_MAX, &version);
}

enum root_member { ASSETS, ASSETS_PA, DOCUMENT, HASH, SCHEMA_VERSION, ROOT_MEMBERS };
static const struct json_member root_members[ROOT_MEMBERS] = {
    [ASSETS] = {"assets", "an array", 0, true, read_assets, 0},
    [ASSETS_PA] = {"assets_pa", "an object", 0, true, read_pack, 0},
    [DOCUMENT] = {"document_xxh3_128", EXPECTED_HASH, 0, true, read_hash, offsetof(struct verify_record, document)},
    [HASH] = {"hash", "\"xxh3-128\"", 0, true, read_hash_name, 0},
    [SCHEMA_VERSION] = {"schema_version", "1 or 2", 0, true, read_version, 0},
};
static const struct json_table root_table = {root_members, ROOT_MEMBERS, visit_fault};

/* The version decides which members an asset has, and comes after them. */
static unsigned find_version(struct base_bytes text, struct json_token document)
{
    int64_t version = VERSION_MAX;
    (void)json_token_integer(text, json_object_member(text, document, "schema_version"), 1, VERSION_MAX, &version);
    return (unsigned)version;
}

bool verify_recorded_read(struct base_task *task, const struct verify_facts *facts, struct verify_record *record,
                          struct base_lines *lines, struct base_findings *findings)
{
    struct reading reading = {
        .task = task, .facts = facts, .record = record, .lines = lines, .findings = findings, .valid = true};
    struct object root = {.reading = &reading, .pointer = BASE_TEXT_EMPTY};
    struct json_token document = json_root(record->text, task);
    struct json_token values[ROOT_MEMBERS];
    if (document.kind != JSON_OBJECT_BEGIN) {
        report_token(&root, NULL, document, "an object", "the document is not an object");
        return false;
    }
    reading.version = find_version(record->text, document);
    (void)json_object_read(task, record->text, document, &root_table, values, record, &root);
    record->version = reading.version;
    record->document_at = json_token_start(values[DOCUMENT]);
    if (reading.out_of_memory) {
        base_report_out_of_memory(findings, record->path);
    }
    return reading.valid && !reading.out_of_memory;
}
