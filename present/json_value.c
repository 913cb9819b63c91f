#include "present/json_value.h"

#include "present/remedy.h"

static void emit_remedy(struct json_emit *emit, const struct present_output *output, const struct service_value *value)
{
    struct base_text text = BASE_TEXT_EMPTY;
    if (value->finding != NULL) {
        present_remedy_add(&text, output, value->finding);
    } else {
        base_text_add_string(&text, present_remedy(output, value->diagnostic));
    }
    json_emit_string(emit, base_text_string(&text));
    base_text_release(&text, output->out_of_memory);
}

static void emit_command(struct json_emit *emit, const struct present_output *output, const struct service_value *value)
{
    struct base_text text = BASE_TEXT_EMPTY;
    present_command_add(&text, output, value->finding);
    json_emit_string(emit, base_text_string(&text));
    base_text_release(&text, output->out_of_memory);
}

static void emit_scalar(struct json_emit *emit, const struct present_output *output,
                        const struct service_member *member, const struct service_value *value)
{
    switch (member->kind) {
    case SERVICE_KIND_BOOLEAN:
        json_emit_bool(emit, value->boolean);
        break;
    case SERVICE_KIND_COUNT:
    case SERVICE_KIND_SIZE:
        json_emit_u64(emit, value->count);
        break;
    case SERVICE_KIND_INTEGER:
        json_emit_i64(emit, value->integer);
        break;
    case SERVICE_KIND_STRING:
    case SERVICE_KIND_PATH:
        json_emit_string(emit, value->string);
        break;
    case SERVICE_KIND_JSON:
    case SERVICE_KIND_JSON_ARRAY:
        json_emit_json(emit, base_bytes_of_string(value->string));
        break;
    case SERVICE_KIND_REMEDY:
        emit_remedy(emit, output, value);
        break;
    case SERVICE_KIND_COMMAND:
        emit_command(emit, output, value);
        break;
    case SERVICE_KIND_OBJECT:
    case SERVICE_KIND_LIST:
    case SERVICE_KIND_COUNTS:
    case SERVICE_KIND_MEMBERS:
        break;
    }
}

static void emit_members(struct json_emit *emit, const struct present_output *output, const struct service_table *table,
                         const void *record)
{
    for (size_t i = 0; i < table->count; i++) {
        const struct service_member *member = &table->members[i];
        if (!service_member_applies(table, member, record)) {
            continue;
        }
        if (member->kind == SERVICE_KIND_MEMBERS) {
            emit_members(emit, output, member->table, service_member_nested(member, record));
        } else {
            json_emit_key(emit, member->name);
            present_json_value(emit, output, member, record);
        }
    }
}

static void emit_list(struct json_emit *emit, const struct present_output *output, const struct service_member *member,
                      const void *list)
{
    union service_row space;
    size_t at = 0;
    json_emit_array(emit);
    for (const void *row = member->rows(list, &at, &space); row != NULL; row = member->rows(list, &at, &space)) {
        present_json_value(emit, output, member->row, row);
    }
    json_emit_array_end(emit);
}

static void emit_counts(struct json_emit *emit, const struct service_member *member, const void *list)
{
    union service_row space;
    size_t at = 0;
    json_emit_object(emit);
    for (const struct service_count *row = member->rows(list, &at, &space); row != NULL;
         row = member->rows(list, &at, &space)) {
        json_emit_key(emit, row->name);
        json_emit_u64(emit, row->count);
    }
    json_emit_object_end(emit);
}

static void emit_nested(struct json_emit *emit, const struct present_output *output,
                        const struct service_member *member, const void *record)
{
    if (record == NULL) {
        json_emit_null(emit);
    } else if (member->kind == SERVICE_KIND_LIST) {
        emit_list(emit, output, member, record);
    } else if (member->kind == SERVICE_KIND_COUNTS) {
        emit_counts(emit, member, record);
    } else {
        json_emit_object(emit);
        emit_members(emit, output, member->table, record);
        json_emit_object_end(emit);
    }
}

/* As deep as the tables, which are constant, are nested. */
void present_json_value(struct json_emit *emit, const struct present_output *output,
                        const struct service_member *member, const void *record)
{
    struct service_value value;
    if (member->kind == SERVICE_KIND_OBJECT || member->kind == SERVICE_KIND_LIST ||
        member->kind == SERVICE_KIND_COUNTS) {
        emit_nested(emit, output, member, service_member_nested(member, record));
    } else if (service_member_read(member, record, &value)) {
        emit_scalar(emit, output, member, &value);
    } else {
        json_emit_null(emit);
    }
}
