/* Prints the JSON Schema of the server's messages, from the table of operations:
 *
 *     build/release/bin/print_serve_schema | python3 -m json.tool > docs/schemas/serve.schema.json
 *
 * Any message of either side is valid by the whole schema. $defs has "NAME.params" and "NAME.result" of each method
 * prpack/NAME; results refer to report.schema.json, which lies beside it. */
#include "serve/job.h"
#include "serve/method.h"
#include "serve/parameters.h"
#include "tests/lib/schema.h"
#include "tests/serve/messages.h"

#include <string.h>

/* A part that no table says. */
static void add_json(struct schema *schema, const char *name, const char *json)
{
    json_emit_key(&schema->emit, name);
    json_emit_json(&schema->emit, base_bytes_of_string(json));
}

/* The name of a definition: that of the method after the slash, and a word. */
static struct base_text name_of(const struct service_operation *operation, const char *word)
{
    struct base_text method = BASE_TEXT_EMPTY;
    struct base_text name = BASE_TEXT_EMPTY;
    serve_method_add(&method, operation);
    base_text_addf(&name, "%s.%s", strchr(base_text_string(&method), '/') + 1, word);
    base_text_free(&method);
    return name;
}

/* ---- Parameters ---- */

/* Null counts as absent, unless the parameter is required. */
static void add_parameter(struct schema *schema, const struct service_member *member)
{
    struct service_member shown = *member;
    shown.nullable = !member->required;
    json_emit_key(&schema->emit, service_member_called(member));
    if (member->kind != SERVICE_KIND_LIST) {
        schema_member(schema, &shown);
        return;
    }
    json_emit_object(&schema->emit);
    schema_string(schema, "description", member->help);
    schema_type(schema, "array", shown.nullable);
    json_emit_key(&schema->emit, "minItems");
    json_emit_u64(&schema->emit, member->required ? 1 : 0);
    json_emit_key(&schema->emit, "maxItems");
    json_emit_u64(&schema->emit, SERVE_LIST_MOST);
    json_emit_key(&schema->emit, "items");
    schema_member(schema, member->row);
    schema_close(schema);
}

static void add_required(struct schema *schema, const struct service_table *request)
{
    json_emit_key(&schema->emit, "required");
    json_emit_array(&schema->emit);
    for (size_t i = 0; i < request->count; i++) {
        if (request->members[i].required) {
            json_emit_string(&schema->emit, service_member_called(&request->members[i]));
        }
    }
    json_emit_array_end(&schema->emit);
}

static void add_own(struct schema *schema)
{
    for (size_t i = 0; i < serve_own_parameters.count; i++) {
        const struct service_member *member = &serve_own_parameters.members[i];
        schema_open(schema, member->name);
        schema_string(schema, "description", member->help);
        add_json(schema, "type",
                 member->kind == SERVICE_KIND_BOOLEAN ? "[\"boolean\",\"null\"]" : "[\"string\",\"integer\",\"null\"]");
        schema_close(schema);
    }
}

static void add_params(struct schema *schema, const struct service_operation *operation)
{
    struct base_text name = name_of(operation, "params");
    schema_open(schema, base_text_string(&name));
    schema_string(schema, "description", operation->summary);
    schema_string(schema, "type", "object");
    add_required(schema, operation->request);
    schema_open(schema, "properties");
    for (size_t i = 0; i < operation->request->count; i++) {
        add_parameter(schema, &operation->request->members[i]);
    }
    add_own(schema);
    schema_close(schema);
    schema_boolean(schema, "additionalProperties", false);
    schema_close(schema);
    base_text_release(&name, &schema->text.out_of_memory);
}

/* ---- Results ---- */

static void add_document(struct schema *schema, const struct service_operation *operation)
{
    schema_string(schema, "$ref", "report.schema.json");
    schema_open(schema, "properties");
    schema_open(schema, "command");
    schema_string(schema, "const", operation->name);
    schema_close(schema);
    schema_close(schema);
}

/* Some make one document per thing that they are asked about. */
static bool may_be_several(const struct service_operation *operation)
{
    union service_request request;
    service_request_begin(&request, operation);
    return operation->id != SERVICE_OPERATION_WATCH && !service_answers_once(operation, &request);
}

static void add_documents(struct schema *schema, const struct service_operation *operation)
{
    json_emit_key(&schema->emit, "oneOf");
    json_emit_array(&schema->emit);
    json_emit_object(&schema->emit);
    add_document(schema, operation);
    schema_close(schema);
    json_emit_object(&schema->emit);
    schema_string(schema, "type", "array");
    schema_open(schema, "items");
    add_document(schema, operation);
    schema_close(schema);
    schema_close(schema);
    json_emit_array_end(&schema->emit);
}

static void add_result(struct schema *schema, const struct service_operation *operation)
{
    struct base_text name = name_of(operation, "result");
    schema_open(schema, base_text_string(&name));
    if (may_be_several(operation)) {
        add_documents(schema, operation);
    } else {
        add_document(schema, operation);
    }
    schema_close(schema);
    base_text_release(&name, &schema->text.out_of_memory);
}

/* ---- Messages ---- */

static void add_request_of(struct schema *schema, const struct service_operation *operation)
{
    struct base_text method = BASE_TEXT_EMPTY;
    struct base_text name = name_of(operation, "params");
    serve_method_add(&method, operation);
    json_emit_object(&schema->emit);
    schema_names(schema, "required", (const char *const[]){"id"}, 1);
    schema_open(schema, "properties");
    schema_open(schema, "method");
    schema_string(schema, "const", base_text_string(&method));
    schema_close(schema);
    schema_open(schema, "params");
    schema_reference(schema, base_text_string(&name));
    schema_close(schema);
    schema_close(schema);
    schema_close(schema);
    base_text_release(&method, &schema->text.out_of_memory);
    base_text_release(&name, &schema->text.out_of_memory);
}

/* What a client sends. */
static void add_client(struct schema *schema)
{
    schema_open(schema, "client");
    schema_string(schema, "description", "A message of a client.");
    schema_string(schema, "type", "object");
    schema_names(schema, "required", (const char *const[]){"jsonrpc", "method"}, 2);
    add_json(schema, "properties", messages_client);
    json_emit_key(&schema->emit, "oneOf");
    json_emit_array(&schema->emit);
    json_emit_json(&schema->emit, base_bytes_of_string(messages_life));
    json_emit_json(&schema->emit, base_bytes_of_string(messages_client_notification));
    for (int i = 0; i < SERVICE_OPERATION_COUNT; i++) {
        add_request_of(schema, service_operation((enum service_operation_id)i));
    }
    json_emit_array_end(&schema->emit);
    schema_close(schema);
}

static void add_definitions(struct schema *schema)
{
    schema_open(schema, "$defs");
    add_client(schema);
    add_json(schema, "answer", messages_answer);
    add_json(schema, "notification", messages_notification);
    for (int i = 0; i < SERVICE_OPERATION_COUNT; i++) {
        add_params(schema, service_operation((enum service_operation_id)i));
        add_result(schema, service_operation((enum service_operation_id)i));
    }
    schema_close(schema);
}

static void emit_schema(struct schema *schema)
{
    schema_string(schema, "$schema", "https://json-schema.org/draft/2020-12/schema");
    schema_string(schema, "$id", "serve.schema.json");
    schema_string(schema, "title", "The messages of prpack serve");
    schema_string(schema, "description", "Printed from the table of operations by tests/serve/print_serve_schema.c.");
    add_json(schema, "anyOf",
             "[{\"$ref\":\"#/$defs/client\"},{\"$ref\":\"#/$defs/answer\"},{\"$ref\":\"#/$defs/notification\"}]");
    add_definitions(schema);
}

int main(void)
{
    return schema_print(emit_schema);
}
