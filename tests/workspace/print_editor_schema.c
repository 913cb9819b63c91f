/* Prints the JSON Schema of asset.json or of index.json for editors, from the tables that these files are checked
 * against (workspace/model/members.h):
 *
 *     build/release/bin/print_editor_schema asset | python3 -m json.tool > docs/schemas/asset.schema.json
 *
 * It is draft 7, which editors know best. Patterns have no "$", which some readers of them take for a line end. */
#include "workspace/model/limits.h"
#include "workspace/model/members.h"
#include "json/emit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define END "(?![\\s\\S])"
#define UUID "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
#define PATH "(?!/)(?![\\s\\S]*[\\\\\\u0000])(?!(?:[\\s\\S]*/)?\\.{0,2}(?:/|" END "))"

static void emit_table(struct json_emit *emit, const struct workspace_table *table);

/* ---- Small parts ---- */

static void add_string(struct json_emit *emit, const char *key, const char *value)
{
    json_emit_key(emit, key);
    json_emit_string(emit, value);
}

static void add_integer(struct json_emit *emit, const char *key, int64_t value)
{
    json_emit_key(emit, key);
    json_emit_i64(emit, value);
}

static void add_json(struct json_emit *emit, const char *key, const char *json)
{
    json_emit_key(emit, key);
    json_emit_json(emit, base_bytes_of_string(json));
}

static void begin(struct json_emit *emit, const char *key)
{
    json_emit_key(emit, key);
    json_emit_object(emit);
}

/* {"$ref": …} */
static void add_reference(struct json_emit *emit, const char *key, const char *name)
{
    struct base_text reference = BASE_TEXT_EMPTY;
    base_text_addf(&reference, "#/definitions/%s", name);
    begin(emit, key);
    add_string(emit, "$ref", base_text_string(&reference));
    json_emit_object_end(emit);
    base_text_free(&reference);
}

/* {"const": …} */
static void add_constant(struct json_emit *emit, const char *key, const char *value)
{
    begin(emit, key);
    add_string(emit, "const", value);
    json_emit_object_end(emit);
}

static const char *type_of(unsigned kinds)
{
    switch (kinds) {
    case JSON_KIND_STRING:
        return "string";
    case JSON_KIND_NUMBER:
        return "integer";
    case JSON_KIND_BOOLEAN:
        return "boolean";
    case JSON_KIND_ARRAY:
        return "array";
    default:
        return "object";
    }
}

/* ---- Rules ---- */

static void add_types(struct json_emit *emit)
{
    json_emit_key(emit, "enum");
    json_emit_array(emit);
    for (unsigned i = 0; i < WORKSPACE_ASSET_TYPE_COUNT; i++) {
        json_emit_string(emit, workspace_asset_type_name((enum workspace_asset_type)i));
    }
    json_emit_array_end(emit);
}

static void add_formats(struct json_emit *emit)
{
    json_emit_key(emit, "enum");
    json_emit_array(emit);
    for (unsigned i = 0; i < WORKSPACE_FORMAT_COUNT; i++) {
        json_emit_string(emit, workspace_formats[i].name);
    }
    json_emit_array_end(emit);
}

static void emit_path(struct json_emit *emit)
{
    json_emit_object(emit);
    add_string(emit, "type", "string");
    add_string(emit, "pattern", "^" PATH);
    json_emit_object_end(emit);
}

static void emit_element(struct json_emit *emit, const struct workspace_member *member)
{
    if (member->rule == WORKSPACE_RULE_SPRITES) {
        json_emit_object(emit);
        json_emit_key(emit, "anyOf");
        json_emit_array(emit);
        emit_path(emit);
        emit_table(emit, member->table);
        json_emit_array_end(emit);
        json_emit_object_end(emit);
    } else if (member->table != NULL) {
        emit_table(emit, member->table);
    } else {
        emit_path(emit);
    }
}

static void add_list(struct json_emit *emit, const struct workspace_member *member)
{
    add_integer(emit, "minItems", member->least);
    if (member->most > 0) {
        add_integer(emit, "maxItems", member->most);
    }
    json_emit_key(emit, "items");
    emit_element(emit, member);
}

static void add_tree(struct json_emit *emit)
{
    add_json(emit, "allOf", "[{\"$ref\":\"#/definitions/tree\"}]");
}

static void add_rule(struct json_emit *emit, const struct workspace_member *member)
{
    switch (member->rule) {
    case WORKSPACE_RULE_RANGE:
        add_integer(emit, "minimum", member->least);
        add_integer(emit, "maximum", member->most);
        break;
    case WORKSPACE_RULE_WORD:
        add_string(emit, "const", member->word);
        break;
    case WORKSPACE_RULE_UUID:
        add_string(emit, "pattern", "^" UUID END);
        break;
    case WORKSPACE_RULE_UUID_OR_EMPTY:
        add_string(emit, "pattern", "^(?:" UUID ")?" END);
        break;
    case WORKSPACE_RULE_NAME:
        add_string(emit, "pattern", "^(?![\\s\\S]*[\\u0000-\\u001f\\u007f])[\\s\\S]");
        break;
    case WORKSPACE_RULE_TYPE:
        add_types(emit);
        break;
    case WORKSPACE_RULE_FORMAT:
        add_formats(emit);
        break;
    case WORKSPACE_RULE_PATH:
        add_string(emit, "pattern", "^" PATH);
        break;
    case WORKSPACE_RULE_ROOT:
        add_string(emit, "pattern", "^(?!\\.prometeu(?:/|" END "))" PATH);
        break;
    case WORKSPACE_RULE_EMPTY:
        add_integer(emit, "maxProperties", 0);
        break;
    case WORKSPACE_RULE_METADATA:
        add_tree(emit);
        add_json(emit, "properties", "{\"pipeline\":false}");
        break;
    case WORKSPACE_RULE_PIPELINE:
        add_tree(emit);
        break;
    case WORKSPACE_RULE_LIST:
    case WORKSPACE_RULE_SPRITES:
        add_list(emit, member);
        break;
    case WORKSPACE_RULE_NONE:
    case WORKSPACE_RULE_MEMBERS:
    case WORKSPACE_RULE_INPUTS: /* by the format: add_format */
        break;
    }
}

/* ---- Objects ---- */

/* What every member has, then its rule. */
static void add_member(struct json_emit *emit, const struct workspace_member *member)
{
    add_string(emit, "title", member->title);
    add_string(emit, "description", member->description);
    json_emit_key(emit, "examples");
    json_emit_array(emit);
    json_emit_json(emit, base_bytes_of_string(member->example));
    json_emit_array_end(emit);
    add_string(emit, "type", type_of(member->kinds));
    add_rule(emit, member);
}

static void add_members(struct json_emit *emit, const struct workspace_table *table)
{
    json_emit_key(emit, "additionalProperties");
    json_emit_bool(emit, false);
    json_emit_key(emit, "required");
    json_emit_array(emit);
    for (size_t i = 0; i < table->count; i++) {
        if (table->members[i].required) {
            json_emit_string(emit, table->members[i].name);
        }
    }
    json_emit_array_end(emit);
    begin(emit, "properties");
    for (size_t i = 0; i < table->count; i++) {
        begin(emit, table->members[i].name);
        add_member(emit, &table->members[i]);
        if (table->members[i].rule == WORKSPACE_RULE_MEMBERS) {
            add_members(emit, table->members[i].table);
        }
        json_emit_object_end(emit);
    }
    json_emit_object_end(emit);
    if (table == &workspace_members_preload) {
        add_json(emit, "if", "{\"properties\":{\"enabled\":{\"const\":false}},\"required\":[\"enabled\"]}");
        add_json(emit, "then", "{\"properties\":{\"slot\":false}}");
    }
}

static void emit_table(struct json_emit *emit, const struct workspace_table *table)
{
    json_emit_object(emit);
    add_string(emit, "type", "object");
    add_members(emit, table);
    json_emit_object_end(emit);
}

/* ---- What depends on the format ---- */

static void add_if(struct json_emit *emit, const struct workspace_format_facts *facts)
{
    begin(emit, "if");
    add_json(emit, "required", "[\"output\"]");
    begin(emit, "properties");
    begin(emit, "output");
    add_json(emit, "required", "[\"format\"]");
    begin(emit, "properties");
    add_constant(emit, "format", facts->name);
    json_emit_object_end(emit);
    json_emit_object_end(emit);
    json_emit_object_end(emit);
    json_emit_object_end(emit);
}

static void add_tile_sizes(struct json_emit *emit)
{
    json_emit_key(emit, "enum");
    json_emit_array(emit);
    for (uint64_t size = 1; size <= WORKSPACE_TILE_SIZE_MAX; size++) {
        if (workspace_is_tile_size(size)) {
            json_emit_u64(emit, size);
        }
    }
    json_emit_array_end(emit);
}

static void add_metadata(struct json_emit *emit, const struct workspace_format_facts *facts)
{
    begin(emit, "metadata");
    if (facts->format == WORKSPACE_FORMAT_GLYPH_INDEXED) {
        add_json(emit, "required", "[\"tile_size\"]");
        begin(emit, "properties");
        begin(emit, "tile_size");
        add_string(emit, "title", "Tile size");
        add_string(emit, "description", "The side of a tile in pixels.");
        add_tile_sizes(emit);
        json_emit_object_end(emit);
        json_emit_object_end(emit);
    } else if (facts->format == WORKSPACE_FORMAT_RAW) {
        begin(emit, "properties");
        begin(emit, "decoded_size");
        add_member(emit, &workspace_members_output.members[WORKSPACE_OUTPUT_DECODED_SIZE]);
        json_emit_object_end(emit);
        json_emit_object_end(emit);
    }
    json_emit_object_end(emit);
}

static void add_pipeline(struct json_emit *emit, const struct workspace_format_facts *facts)
{
    begin(emit, "pipeline");
    begin(emit, "properties");
    for (size_t i = 0; i < WORKSPACE_PIPELINE_MEMBERS; i++) {
        const struct workspace_pipeline_member *member = &workspace_pipeline_members[i];
        if (member->format != facts->format) {
            add_json(emit, member->name, "false");
            continue;
        }
        begin(emit, member->name);
        add_string(emit, "title", member->title);
        add_string(emit, "description", member->description);
        add_json(emit, "enum", member->schema);
        json_emit_object_end(emit);
    }
    json_emit_object_end(emit);
    json_emit_object_end(emit);
}

static void add_then(struct json_emit *emit, const struct workspace_format_facts *facts)
{
    bool pictures = facts->format == WORKSPACE_FORMAT_GLYPH_INDEXED;
    begin(emit, "then");
    begin(emit, "properties");
    add_constant(emit, "type", workspace_asset_type_name(facts->type));
    add_reference(emit, "inputs", pictures ? "pictures" : "sources");
    begin(emit, "output");
    if (pictures) {
        add_json(emit, "required", "[\"metadata\"]");
    }
    begin(emit, "properties");
    add_metadata(emit, facts);
    add_pipeline(emit, facts);
    if (facts->format != WORKSPACE_FORMAT_RAW) {
        add_json(emit, "decoded_size", "false");
    }
    json_emit_object_end(emit);
    json_emit_object_end(emit);
    json_emit_object_end(emit);
    json_emit_object_end(emit);
}

static void add_each_format(struct json_emit *emit)
{
    json_emit_key(emit, "allOf");
    json_emit_array(emit);
    for (size_t i = 0; i < WORKSPACE_FORMAT_COUNT; i++) {
        json_emit_object(emit);
        add_if(emit, &workspace_formats[i]);
        add_then(emit, &workspace_formats[i]);
        json_emit_object_end(emit);
    }
    json_emit_array_end(emit);
}

/* A value that the pack can carry. */
static void add_tree_definition(struct json_emit *emit)
{
    begin(emit, "tree");
    add_json(emit, "type", "[\"object\",\"array\",\"string\",\"integer\",\"boolean\",\"null\"]");
    add_integer(emit, "minimum", -WORKSPACE_INTEGER_MAX);
    add_integer(emit, "maximum", WORKSPACE_INTEGER_MAX);
    add_reference(emit, "items", "tree");
    add_reference(emit, "additionalProperties", "tree");
    json_emit_object_end(emit);
}

static void add_definitions(struct json_emit *emit)
{
    begin(emit, "definitions");
    json_emit_key(emit, "pictures");
    emit_table(emit, &workspace_members_pictures);
    json_emit_key(emit, "sources");
    emit_table(emit, &workspace_members_sources);
    add_tree_definition(emit);
    json_emit_object_end(emit);
}

static void print(const char *title, const struct workspace_table *table, bool is_declaration)
{
    struct base_text text = BASE_TEXT_EMPTY;
    struct json_emit emit = json_emit_make(&text);
    json_emit_object(&emit);
    add_string(&emit, "$schema", "http://json-schema.org/draft-07/schema#");
    add_string(&emit, "title", title);
    add_string(&emit, "type", "object");
    add_members(&emit, table);
    if (is_declaration) {
        add_each_format(&emit);
        add_definitions(&emit);
    }
    json_emit_object_end(&emit);
    if (base_text_out_of_memory(&text)) {
        abort();
    }
    (void)puts(base_text_string(&text));
    base_text_free(&text);
}

int main(int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[1], "asset") == 0) {
        print("The declaration of an asset: asset.json", &workspace_members_anchor, true);
    } else if (argc == 2 && strcmp(argv[1], "index") == 0) {
        print("The registry of a workspace: assets/.prometeu/index.json", &workspace_members_registry, false);
    } else {
        (void)fputs("usage: print_editor_schema asset|index\n", stderr);
        return 2;
    }
    return 0;
}
