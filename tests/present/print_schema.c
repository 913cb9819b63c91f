/* Prints the JSON Schema of all answers, from the table of operations:
 *
 *     build/release/bin/print_schema | python3 -m json.tool > docs/schemas/report.schema.json
 *
 * The schema is as strict as the tables: a member that is missing, that has another kind of value or that is not in the
 * table makes a document invalid. Which members there are depends on the command. x-changes, which validators skip, is
 * what a command leaves changed: nothing, workspace, output. */
#include "tests/lib/schema.h"

#include <string.h>

/* ---- Commands ---- */

/* The commands whose answers have members: a refusal of another one looks like its answer. */
static void add_refused_commands(struct schema *schema)
{
    schema_open(schema, "command");
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
    schema_close(schema);
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
            schema_boolean(schema, first_member(i), false);
        }
    }
}

static void add_refused(struct schema *schema)
{
    schema_open(schema, "refused");
    schema_string(schema, "description",
                  "A command that was refused before it ran; prpack when it is not known which.");
    schema_open(schema, "properties");
    add_refused_commands(schema);
    schema_open(schema, "diagnostics");
    json_emit_key(&schema->emit, "minItems");
    json_emit_u64(&schema->emit, 1);
    schema_close(schema);
    add_forbidden(schema);
    schema_close(schema);
    schema_close(schema);
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
    schema_open(schema, operation->name);
    schema_string(schema, "description", operation->summary);
    schema_string(schema, "x-changes", changes[operation->changes]);
    schema_object(schema, named ? &nothing : operation->result, operation->name);
    if (named) {
        schema_refer(schema, operation->result);
    }
    schema_close(schema);
}

static void add_definitions(struct schema *schema)
{
    schema_open(schema, "$defs");
    add_refused(schema);
    for (int i = 0; i < SERVICE_OPERATION_COUNT; i++) {
        add_operation(schema, service_operation((enum service_operation_id)i));
    }
    for (size_t i = 0; i < schema->table_count; i++) {
        const struct service_table *table = schema->tables[i];
        schema_open(schema, table->name);
        schema_string(schema, "type", "object");
        schema_object(schema, table, NULL);
        schema_close(schema);
    }
    schema_close(schema);
}

static void add_alternatives(struct schema *schema)
{
    json_emit_key(&schema->emit, "oneOf");
    json_emit_array(&schema->emit);
    for (int i = -1; i < SERVICE_OPERATION_COUNT; i++) {
        json_emit_object(&schema->emit);
        schema_reference(schema, i < 0 ? "refused" : service_operation((enum service_operation_id)i)->name);
        schema_close(schema);
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
    schema_open(schema, "properties");
    for (size_t part = 0; part < 2; part++) {
        schema_properties(schema, common[part]);
    }
    schema_close(schema);
}

static void emit_schema(struct schema *schema)
{
    schema_string(schema, "$schema", "https://json-schema.org/draft/2020-12/schema");
    schema_string(schema, "title", "What prpack prints with --format json: one document per line");
    schema_string(schema, "description", "Printed from the table of operations by tests/present/print_schema.c.");
    schema_string(schema, "type", "object");
    add_common(schema);
    schema_boolean(schema, "unevaluatedProperties", false);
    add_alternatives(schema);
    add_definitions(schema);
}

int main(void)
{
    return schema_print(emit_schema);
}
