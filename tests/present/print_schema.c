/* Prints the JSON Schema of all answers, from the table of operations:
 *
 *     build/release/bin/print_schema | python3 -m json.tool > docs/schemas/report.schema.json
 *
 * The schema is as strict as the tables: a member that is missing, that has another kind of value or that is not in the
 * table makes a document invalid. Which members there are depends on the command. x-changes, which validators skip, is
 * what a command leaves changed: nothing, workspace, output. */
#include "service/operations.h"
#include "json/emit.h"

#include <stdio.h>
#include <string.h>

enum { TABLES = 8 };

/* A schema that is written, and the tables that it refers to by name, in the order of the first reference. */
struct schema {
    struct base_text text;
    struct json_emit emit;
    const struct service_table *tables[TABLES];
    size_t table_count;
};

static void emit_member_schema(struct schema *schema, const struct service_member *member);

/* ---- Small parts ---- */

static void add_string(struct schema *schema, const char *key, const char *value)
{
    json_emit_key(&schema->emit, key);
    json_emit_string(&schema->emit, value);
}

static void add_boolean(struct schema *schema, const char *key, bool value)
{
    json_emit_key(&schema->emit, key);
    json_emit_bool(&schema->emit, value);
}

static void add_names(struct schema *schema, const char *key, const char *const *names, size_t count)
{
    json_emit_key(&schema->emit, key);
    json_emit_array(&schema->emit);
    for (size_t i = 0; i < count; i++) {
        json_emit_string(&schema->emit, names[i]);
    }
    json_emit_array_end(&schema->emit);
}

static void add_reference(struct schema *schema, const char *name)
{
    struct base_text reference = BASE_TEXT_EMPTY;
    base_text_add_string(&reference, "#/$defs/");
    for (const char *at = name; *at != '\0'; at++) {
        base_text_add_string(&reference, *at == ' ' ? "%20" : "");
        if (*at != ' ') {
            base_text_add_char(&reference, *at);
        }
    }
    add_string(schema, "$ref", base_text_string(&reference));
    base_text_release(&reference, &schema->emit.text->out_of_memory);
}

static void refer_to_table(struct schema *schema, const struct service_table *table)
{
    size_t i = 0;
    while (i < schema->table_count && schema->tables[i] != table) {
        i++;
    }
    if (i == TABLES) {
        schema->text.out_of_memory = true;
        return;
    }
    schema->tables[i] = table;
    schema->table_count += i == schema->table_count;
    add_reference(schema, table->name);
}

static void add_type(struct schema *schema, const char *type, bool nullable)
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

static void add_properties(struct schema *schema, const struct service_table *table)
{
    for (size_t i = 0; i < table->count; i++) {
        if (table->members[i].kind != SERVICE_KIND_MEMBERS) {
            json_emit_key(&schema->emit, table->members[i].name);
            emit_member_schema(schema, &table->members[i]);
        }
    }
}

/* What the member that decides has to be. */
static void add_if(struct schema *schema, const struct service_member *member)
{
    json_emit_key(&schema->emit, "if");
    json_emit_object(&schema->emit);
    add_names(schema, "required", &member->when, 1);
    json_emit_key(&schema->emit, "properties");
    json_emit_object(&schema->emit);
    json_emit_key(&schema->emit, member->when);
    json_emit_object(&schema->emit);
    if (member->is != NULL) {
        add_string(schema, "const", member->is);
    } else {
        add_boolean(schema, "const", true);
    }
    json_emit_object_end(&schema->emit);
    json_emit_object_end(&schema->emit);
    json_emit_object_end(&schema->emit);
}

static void emit_condition(struct schema *schema, const struct service_member *member)
{
    json_emit_object(&schema->emit);
    add_if(schema, member);
    json_emit_key(&schema->emit, "then");
    json_emit_object(&schema->emit);
    if (member->kind == SERVICE_KIND_MEMBERS) {
        refer_to_table(schema, member->table);
        json_emit_object_end(&schema->emit);
    } else {
        add_names(schema, "required", &member->name, 1);
        json_emit_object_end(&schema->emit);
        json_emit_key(&schema->emit, "else");
        json_emit_object(&schema->emit);
        json_emit_key(&schema->emit, "properties");
        json_emit_object(&schema->emit);
        add_boolean(schema, member->name, false);
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

/* The keywords of an object with these members, of which `command` is one more unless it is NULL. */
static void add_object(struct schema *schema, const struct service_table *table, const char *command)
{
    if (table->count > 0) {
        add_required(schema, table);
    }
    json_emit_key(&schema->emit, "properties");
    json_emit_object(&schema->emit);
    if (command != NULL) {
        json_emit_key(&schema->emit, "command");
        json_emit_object(&schema->emit);
        add_string(schema, "const", command);
        json_emit_object_end(&schema->emit);
    }
    add_properties(schema, table);
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
    add_type(schema, "string", member->nullable);
    if (member->pattern != NULL) {
        add_string(schema, "pattern", member->pattern);
    }
    if (member->not_empty || member->kind == SERVICE_KIND_REMEDY || member->kind == SERVICE_KIND_COMMAND) {
        json_emit_key(&schema->emit, "minLength");
        json_emit_u64(&schema->emit, 1);
    }
}

static void add_number_schema(struct schema *schema, const struct service_member *member)
{
    if (member->most != 0 && member->least == member->most) {
        json_emit_key(&schema->emit, "const");
        json_emit_i64(&schema->emit, member->least);
        return;
    }
    add_type(schema, "integer", member->nullable);
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
    add_type(schema, "object", member->nullable);
    add_object(schema, member->table, NULL);
    add_boolean(schema, "additionalProperties", false);
}

static void emit_member_schema(struct schema *schema, const struct service_member *member)
{
    json_emit_object(&schema->emit);
    if (member->help != NULL) {
        add_string(schema, "description", member->help);
    }
    switch (member->kind) {
    case SERVICE_KIND_BOOLEAN:
        add_type(schema, "boolean", member->nullable);
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
        add_type(schema, "object", member->nullable);
        break;
    case SERVICE_KIND_JSON_ARRAY:
        add_type(schema, "array", member->nullable);
        json_emit_key(&schema->emit, "items");
        json_emit_object(&schema->emit);
        add_type(schema, "object", false);
        json_emit_object_end(&schema->emit);
        break;
    case SERVICE_KIND_LIST:
        add_type(schema, "array", member->nullable);
        json_emit_key(&schema->emit, "items");
        emit_member_schema(schema, member->row);
        break;
    case SERVICE_KIND_COUNTS:
        add_type(schema, "object", member->nullable);
        json_emit_key(&schema->emit, "additionalProperties");
        emit_member_schema(schema, member->row);
        break;
    case SERVICE_KIND_OBJECT:
        add_object_schema(schema, member);
        break;
    case SERVICE_KIND_MEMBERS:
        break;
    }
    json_emit_object_end(&schema->emit);
}

/* ---- Commands ---- */

/* The commands whose answers have members: a refusal of another one looks like its answer. */
static void add_refused_commands(struct schema *schema)
{
    json_emit_key(&schema->emit, "command");
    json_emit_object(&schema->emit);
    json_emit_key(&schema->emit, "enum");
    json_emit_array(&schema->emit);
    for (int i = 0; i < SERVICE_OPERATION_COUNT; i++) {
        const struct service_operation *operation = service_operation((enum service_operation_id)i);
        if (operation->result->count > 0) {
            json_emit_string(&schema->emit, operation->name);
        }
    }
    json_emit_string(&schema->emit, "prpack");
    json_emit_array_end(&schema->emit);
    json_emit_object_end(&schema->emit);
}

static const char *first_member(int operation)
{
    const struct service_table *result = service_operation((enum service_operation_id)operation)->result;
    return result->count > 0 ? result->members[0].name : "";
}

/* The first member of each answer: a refusal has none of them, so it is not taken for an answer. */
static void add_forbidden(struct schema *schema)
{
    for (int i = 0; i < SERVICE_OPERATION_COUNT; i++) {
        bool forbidden = first_member(i)[0] == '\0';
        for (int earlier = 0; earlier < i; earlier++) {
            forbidden = forbidden || strcmp(first_member(earlier), first_member(i)) == 0;
        }
        if (!forbidden) {
            add_boolean(schema, first_member(i), false);
        }
    }
}

static void add_refused(struct schema *schema)
{
    json_emit_key(&schema->emit, "refused");
    json_emit_object(&schema->emit);
    add_string(schema, "description", "A command that was refused before it ran; prpack when it is not known which.");
    json_emit_key(&schema->emit, "properties");
    json_emit_object(&schema->emit);
    add_refused_commands(schema);
    json_emit_key(&schema->emit, "diagnostics");
    json_emit_object(&schema->emit);
    json_emit_key(&schema->emit, "minItems");
    json_emit_u64(&schema->emit, 1);
    json_emit_object_end(&schema->emit);
    add_forbidden(schema);
    json_emit_object_end(&schema->emit);
    json_emit_object_end(&schema->emit);
}

static void add_operation(struct schema *schema, const struct service_operation *operation)
{
    static const struct service_table nothing = {.members = NULL};
    static const char *const changes[] = {
        [SERVICE_CHANGES_NOTHING] = "nothing",
        [SERVICE_CHANGES_WORKSPACE] = "workspace",
        [SERVICE_CHANGES_OUTPUT] = "output",
    };
    bool named = operation->result->name != NULL;
    json_emit_key(&schema->emit, operation->name);
    json_emit_object(&schema->emit);
    add_string(schema, "description", operation->summary);
    add_string(schema, "x-changes", changes[operation->changes]);
    add_object(schema, named ? &nothing : operation->result, operation->name);
    if (named) {
        refer_to_table(schema, operation->result);
    }
    json_emit_object_end(&schema->emit);
}

static void add_definitions(struct schema *schema)
{
    json_emit_key(&schema->emit, "$defs");
    json_emit_object(&schema->emit);
    add_refused(schema);
    for (int i = 0; i < SERVICE_OPERATION_COUNT; i++) {
        add_operation(schema, service_operation((enum service_operation_id)i));
    }
    for (size_t i = 0; i < schema->table_count; i++) {
        const struct service_table *table = schema->tables[i];
        json_emit_key(&schema->emit, table->name);
        json_emit_object(&schema->emit);
        add_string(schema, "type", "object");
        add_object(schema, table, NULL);
        json_emit_object_end(&schema->emit);
    }
    json_emit_object_end(&schema->emit);
}

static void add_alternatives(struct schema *schema)
{
    json_emit_key(&schema->emit, "oneOf");
    json_emit_array(&schema->emit);
    for (int i = -1; i < SERVICE_OPERATION_COUNT; i++) {
        json_emit_object(&schema->emit);
        add_reference(schema, i < 0 ? "refused" : service_operation((enum service_operation_id)i)->name);
        json_emit_object_end(&schema->emit);
    }
    json_emit_array_end(&schema->emit);
}

static void add_common(struct schema *schema)
{
    const struct service_table *const common[] = {&service_members_head, &service_members_tail};
    json_emit_key(&schema->emit, "required");
    json_emit_array(&schema->emit);
    for (size_t part = 0; part < 2; part++) {
        for (size_t i = 0; i < common[part]->count; i++) {
            json_emit_string(&schema->emit, common[part]->members[i].name);
        }
    }
    json_emit_array_end(&schema->emit);
    json_emit_key(&schema->emit, "properties");
    json_emit_object(&schema->emit);
    for (size_t part = 0; part < 2; part++) {
        add_properties(schema, common[part]);
    }
    json_emit_object_end(&schema->emit);
}

static void emit_schema(struct schema *schema)
{
    json_emit_object(&schema->emit);
    add_string(schema, "$schema", "https://json-schema.org/draft/2020-12/schema");
    add_string(schema, "title", "What prpack prints with --format json: one document per line");
    add_string(schema, "description", "Printed from the table of operations by tests/present/print_schema.c.");
    add_string(schema, "type", "object");
    add_common(schema);
    add_boolean(schema, "unevaluatedProperties", false);
    add_alternatives(schema);
    add_definitions(schema);
    json_emit_object_end(&schema->emit);
}

int main(void)
{
    struct schema schema = {.text = BASE_TEXT_EMPTY};
    schema.emit = json_emit_make(&schema.text);
    emit_schema(&schema);
    bool fine = !base_text_out_of_memory(&schema.text) && puts(base_text_string(&schema.text)) >= 0;
    base_text_free(&schema.text);
    return fine ? 0 : 1;
}
