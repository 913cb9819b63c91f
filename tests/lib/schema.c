#include "tests/lib/schema.h"

#include <stdio.h>

int schema_print(void (*emit)(struct schema *schema))
{
    struct schema schema = {.text = BASE_TEXT_EMPTY};
    schema.emit = json_emit_make(&schema.text);
    json_emit_object(&schema.emit);
    emit(&schema);
    json_emit_object_end(&schema.emit);
    bool fine = !base_text_out_of_memory(&schema.text) && puts(base_text_string(&schema.text)) >= 0;
    base_text_free(&schema.text);
    return fine ? 0 : 1;
}

/* ---- Small parts ---- */

void schema_open(struct schema *schema, const char *key)
{
    json_emit_key(&schema->emit, key);
    json_emit_object(&schema->emit);
}

void schema_close(struct schema *schema)
{
    json_emit_object_end(&schema->emit);
}

void schema_string(struct schema *schema, const char *key, const char *value)
{
    json_emit_key(&schema->emit, key);
    json_emit_string(&schema->emit, value);
}

void schema_boolean(struct schema *schema, const char *key, bool value)
{
    json_emit_key(&schema->emit, key);
    json_emit_bool(&schema->emit, value);
}

void schema_names(struct schema *schema, const char *key, const char *const *names, size_t count)
{
    json_emit_key(&schema->emit, key);
    json_emit_array(&schema->emit);
    for (size_t i = 0; i < count; i++) {
        json_emit_string(&schema->emit, names[i]);
    }
    json_emit_array_end(&schema->emit);
}

void schema_reference(struct schema *schema, const char *name)
{
    struct base_text reference = BASE_TEXT_EMPTY;
    base_text_add_string(&reference, "#/$defs/");
    for (const char *at = name; *at != '\0'; at++) {
        base_text_add_string(&reference, *at == ' ' ? "%20" : "");
        if (*at != ' ') {
            base_text_add_char(&reference, *at);
        }
    }
    schema_string(schema, "$ref", base_text_string(&reference));
    base_text_release(&reference, &schema->emit.text->out_of_memory);
}

void schema_refer(struct schema *schema, const struct service_table *table)
{
    size_t i = 0;
    while (i < schema->table_count && schema->tables[i] != table) {
        i++;
    }
    if (i == SCHEMA_TABLES) {
        schema->text.out_of_memory = true;
        return;
    }
    schema->tables[i] = table;
    schema->table_count += i == schema->table_count;
    schema_reference(schema, table->name);
}

void schema_type(struct schema *schema, const char *type, bool nullable)
{
    json_emit_key(&schema->emit, "type");
    if (!nullable) {
        json_emit_string(&schema->emit, type);
        return;
    }
    json_emit_array(&schema->emit);
    json_emit_string(&schema->emit, type);
    json_emit_string(&schema->emit, "null");
    json_emit_array_end(&schema->emit);
}

/* ---- Objects ---- */

static void add_required(struct schema *schema, const struct service_table *table)
{
    json_emit_key(&schema->emit, "required");
    json_emit_array(&schema->emit);
    for (size_t i = 0; i < table->count; i++) {
        if (table->members[i].when == NULL && table->members[i].there == NULL) {
            json_emit_string(&schema->emit, table->members[i].name);
        }
    }
    json_emit_array_end(&schema->emit);
}

void schema_properties(struct schema *schema, const struct service_table *table)
{
    for (size_t i = 0; i < table->count; i++) {
        if (table->members[i].kind != SERVICE_KIND_MEMBERS) {
            json_emit_key(&schema->emit, table->members[i].name);
            schema_member(schema, &table->members[i]);
        }
    }
}

/* What the member that decides has to be. */
static void add_if(struct schema *schema, const struct service_member *member)
{
    schema_open(schema, "if");
    schema_names(schema, "required", &member->when, 1);
    schema_open(schema, "properties");
    schema_open(schema, member->when);
    if (member->is != NULL) {
        schema_string(schema, "const", member->is);
    } else {
        schema_boolean(schema, "const", true);
    }
    json_emit_object_end(&schema->emit);
    json_emit_object_end(&schema->emit);
    json_emit_object_end(&schema->emit);
}

static void emit_condition(struct schema *schema, const struct service_member *member)
{
    json_emit_object(&schema->emit);
    add_if(schema, member);
    schema_open(schema, "then");
    if (member->kind == SERVICE_KIND_MEMBERS) {
        schema_refer(schema, member->table);
        json_emit_object_end(&schema->emit);
    } else {
        schema_names(schema, "required", &member->name, 1);
        json_emit_object_end(&schema->emit);
        schema_open(schema, "else");
        schema_open(schema, "properties");
        schema_boolean(schema, member->name, false);
        json_emit_object_end(&schema->emit);
        json_emit_object_end(&schema->emit);
    }
    json_emit_object_end(&schema->emit);
}

static void add_conditions(struct schema *schema, const struct service_table *table)
{
    bool any = false;
    for (size_t i = 0; i < table->count; i++) {
        if (table->members[i].when != NULL) {
            if (!any) {
                json_emit_key(&schema->emit, "allOf");
                json_emit_array(&schema->emit);
            }
            any = true;
            emit_condition(schema, &table->members[i]);
        }
    }
    if (any) {
        json_emit_array_end(&schema->emit);
    }
}

void schema_object(struct schema *schema, const struct service_table *table, const char *command)
{
    if (table->count > 0) {
        add_required(schema, table);
    }
    schema_open(schema, "properties");
    if (command != NULL) {
        schema_open(schema, "command");
        schema_string(schema, "const", command);
        json_emit_object_end(&schema->emit);
    }
    schema_properties(schema, table);
    json_emit_object_end(&schema->emit);
    add_conditions(schema, table);
}

/* ---- Values ---- */

static void add_words(struct schema *schema, const struct service_member *member)
{
    json_emit_key(&schema->emit, "enum");
    json_emit_array(&schema->emit);
    for (const char *const *word = member->words; *word != NULL; word++) {
        json_emit_string(&schema->emit, *word);
    }
    if (member->nullable) {
        json_emit_null(&schema->emit);
    }
    json_emit_array_end(&schema->emit);
}

static void add_string_schema(struct schema *schema, const struct service_member *member)
{
    if (member->words != NULL) {
        add_words(schema, member);
        return;
    }
    schema_type(schema, "string", member->nullable);
    if (member->pattern != NULL) {
        schema_string(schema, "pattern", member->pattern);
    }
    if (member->not_empty || member->kind == SERVICE_KIND_REMEDY || member->kind == SERVICE_KIND_COMMAND) {
        json_emit_key(&schema->emit, "minLength");
        json_emit_u64(&schema->emit, 1);
    }
}

static void add_choices(struct schema *schema, const struct service_member *member)
{
    json_emit_key(&schema->emit, "enum");
    json_emit_array(&schema->emit);
    for (const unsigned *choice = member->choices; *choice != 0; choice++) {
        json_emit_u64(&schema->emit, *choice);
    }
    if (member->nullable) {
        json_emit_null(&schema->emit);
    }
    json_emit_array_end(&schema->emit);
}

static void add_number_schema(struct schema *schema, const struct service_member *member)
{
    if (member->choices != NULL) {
        add_choices(schema, member);
        return;
    }
    if (member->most != 0 && member->least == member->most) {
        json_emit_key(&schema->emit, "const");
        json_emit_i64(&schema->emit, member->least);
        return;
    }
    schema_type(schema, "integer", member->nullable);
    if (member->kind == SERVICE_KIND_COUNT || member->kind == SERVICE_KIND_SIZE || member->least != 0) {
        json_emit_key(&schema->emit, "minimum");
        json_emit_i64(&schema->emit, member->least);
    }
    if (member->most != 0) {
        json_emit_key(&schema->emit, "maximum");
        json_emit_i64(&schema->emit, member->most);
    }
}

static void add_object_schema(struct schema *schema, const struct service_member *member)
{
    schema_type(schema, "object", member->nullable);
    schema_object(schema, member->table, NULL);
    schema_boolean(schema, "additionalProperties", false);
}

void schema_member(struct schema *schema, const struct service_member *member)
{
    json_emit_object(&schema->emit);
    if (member->help != NULL) {
        schema_string(schema, "description", member->help);
    }
    switch (member->kind) {
    case SERVICE_KIND_BOOLEAN:
        schema_type(schema, "boolean", member->nullable);
        break;
    case SERVICE_KIND_COUNT:
    case SERVICE_KIND_SIZE:
    case SERVICE_KIND_INTEGER:
        add_number_schema(schema, member);
        break;
    case SERVICE_KIND_STRING:
    case SERVICE_KIND_PATH:
    case SERVICE_KIND_REMEDY:
    case SERVICE_KIND_COMMAND:
        add_string_schema(schema, member);
        break;
    case SERVICE_KIND_JSON:
        schema_type(schema, "object", member->nullable);
        break;
    case SERVICE_KIND_JSON_ARRAY:
        schema_type(schema, "array", member->nullable);
        schema_open(schema, "items");
        schema_type(schema, "object", false);
        json_emit_object_end(&schema->emit);
        break;
    case SERVICE_KIND_LIST:
        schema_type(schema, "array", member->nullable);
        json_emit_key(&schema->emit, "items");
        schema_member(schema, member->row);
        break;
    case SERVICE_KIND_COUNTS:
        schema_type(schema, "object", member->nullable);
        json_emit_key(&schema->emit, "additionalProperties");
        schema_member(schema, member->row);
        break;
    case SERVICE_KIND_OBJECT:
        add_object_schema(schema, member);
        break;
    case SERVICE_KIND_MEMBERS:
        break;
    }
    json_emit_object_end(&schema->emit);
}
