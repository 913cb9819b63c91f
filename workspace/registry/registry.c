#include "workspace/registry/registry.h"

#include "base/array.h"
#include "workspace/document/problem.h"
#include "workspace/model/limits.h"
#include "workspace/model/uuid.h"
#include "workspace/path.h"
#include "workspace/registry/rules.h"
#include "json/emit.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* The registry as it grows. Invariant: records and places have registry.count elements. */
struct reading {
    struct workspace_document document;
    struct workspace_registry registry;
    struct workspace_record_places *places;
    size_t record_capacity;
    size_t place_capacity;
    int64_t latest_id; /* of the record before, or 0 */
    int64_t highest_id;
    bool loose; /* the rules between records are not checked */
};

#define OF_RECORD workspace_members_record.members
#define OF_REGISTRY workspace_members_registry.members

static bool grow(struct reading *reading)
{
    struct workspace_registry *registry = &reading->registry;
    struct workspace_record *records =
        base_array_grow(registry->records, registry->count, &reading->record_capacity, sizeof *records);
    registry->records = records != NULL ? records : registry->records;
    struct workspace_record_places *places =
        base_array_grow(reading->places, registry->count, &reading->place_capacity, sizeof *places);
    reading->places = places != NULL ? places : reading->places;
    if (records == NULL || places == NULL) {
        base_report_out_of_memory(reading->document.findings, NULL);
        return false;
    }
    return true;
}

static bool read_id(struct reading *reading, struct json_token value, struct workspace_record *record)
{
    int64_t id;
    if (!workspace_value_ranged(&reading->document, value, &OF_RECORD[WORKSPACE_RECORD_ID], &id)) {
        return false;
    }
    if (id < reading->latest_id && !reading->loose) {
        char expected[48];
        (void)snprintf(expected, sizeof expected, "above %" PRId64, reading->latest_id);
        reading->document.remedy = "Sort the records by asset_id.";
        workspace_value_fault(&reading->document, DIAG_REGISTRY_SHAPE, value, expected,
                              "the ids of the records must rise");
    }
    reading->latest_id = id;
    reading->highest_id = id > reading->highest_id ? id : reading->highest_id;
    record->asset_id = (int32_t)id;
    return true;
}

static bool read_uuid(struct reading *reading, struct json_token value, struct workspace_record *record)
{
    record->asset_uuid = workspace_value_string(&reading->document, value);
    if (record->asset_uuid != NULL && !workspace_uuid_is_valid(record->asset_uuid)) {
        workspace_value_fault(&reading->document, DIAG_REGISTRY_SHAPE, value, "8-4-4-4-12 lower-case hex digits",
                              "asset_uuid is not a UUID in lower-case hexadecimal");
        return false;
    }
    return record->asset_uuid != NULL;
}

static bool read_root(struct reading *reading, struct json_token value, struct workspace_record *record)
{
    record->root = workspace_value_string(&reading->document, value);
    if (record->root == NULL) {
        return false;
    }
    const char *fault = workspace_root_fault(record->root);
    if (fault != NULL) {
        reading->document.cause = DIAG_CAUSE_ROOT_RECORD;
        workspace_value_fault(&reading->document, DIAG_ROOT_INVALID, value,
                              "a path below assets/, with / between its names", "the root %s", fault);
    }
    return fault == NULL;
}

/* Only records without a fault are kept: the rules between records need all their members. */
static void read_record(struct reading *reading, struct json_token element)
{
    struct json_token values[WORKSPACE_RECORD_MEMBERS];
    if (!workspace_value_members(&reading->document, element, NULL, &workspace_members_record, values) ||
        !grow(reading)) {
        return;
    }
    struct workspace_record record = {.included_in_build = values[WORKSPACE_RECORD_INCLUDED].kind == JSON_TRUE};
    bool fine = read_id(reading, values[WORKSPACE_RECORD_ID], &record);
    fine = read_uuid(reading, values[WORKSPACE_RECORD_UUID], &record) && fine;
    fine = read_root(reading, values[WORKSPACE_RECORD_ROOT], &record) && fine;
    if (!fine) {
        workspace_record_free(&record);
        return;
    }
    reading->places[reading->registry.count] = (struct workspace_record_places){
        .begin = element.begin,
        .id_at = values[WORKSPACE_RECORD_ID].begin,
        .uuid_at = values[WORKSPACE_RECORD_UUID].begin,
        .root_at = values[WORKSPACE_RECORD_ROOT].begin,
    };
    reading->registry.records[reading->registry.count++] = record;
}

static void read_next_id(struct reading *reading, struct json_token value)
{
    int64_t *next = &reading->registry.next_asset_id;
    if (!workspace_value_ranged(&reading->document, value, &OF_REGISTRY[WORKSPACE_REGISTRY_NEXT], next)) {
        return;
    }
    if (*next <= reading->highest_id && !reading->loose) {
        char expected[48];
        char remedy[160];
        (void)snprintf(expected, sizeof expected, "above %" PRId64, reading->highest_id);
        (void)snprintf(remedy, sizeof remedy,
                       "Restore the number from version control; without a copy, write %" PRId64
                       ", or more if assets with higher ids were removed.",
                       reading->highest_id + 1);
        reading->document.remedy = remedy;
        workspace_value_fault(&reading->document, DIAG_REGISTRY_SHAPE, value, expected,
                              "next_asset_id must be above every asset_id");
    }
}

static void read_registry(struct reading *reading)
{
    struct workspace_document *document = &reading->document;
    struct json_token root = json_root(document->text, document->task);
    if (!workspace_value_schema_known(document, root)) {
        return;
    }
    struct json_token values[WORKSPACE_REGISTRY_MEMBERS];
    (void)workspace_value_members(document, root, WORKSPACE_REGISTRY_NAME, &workspace_members_registry, values);
    if (workspace_value_present(values[WORKSPACE_REGISTRY_EDITOR_SCHEMA])) {
        reading->registry.schema = workspace_value_string(document, values[WORKSPACE_REGISTRY_EDITOR_SCHEMA]);
    }
    if (workspace_value_present(values[WORKSPACE_REGISTRY_ASSETS])) {
        struct json_walk walk;
        json_walk_begin_inside(&walk, document->text, values[WORKSPACE_REGISTRY_ASSETS]);
        walk.json.task = document->task;
        struct json_token element;
        while (json_walk_element(&walk, &element) && !document->findings->out_of_memory) {
            read_record(reading, element);
        }
        if (!reading->loose) {
            workspace_registry_check_records(document, &reading->registry, reading->places);
        }
    }
    if (workspace_value_present(values[WORKSPACE_REGISTRY_NEXT])) {
        read_next_id(reading, values[WORKSPACE_REGISTRY_NEXT]);
    }
}

/* reading->loose is set, all else is empty. After a failure it is empty again. */
static bool parse(struct reading *reading, struct base_bytes text, struct base_task *task,
                  const struct base_place *place, struct base_findings *findings)
{
    uint64_t before = base_findings_errors(findings);
    if (workspace_document_begin(&reading->document, &workspace_document_registry, text, task, place, findings)) {
        read_registry(reading);
    }
    if (base_task_cancelled(task) || !workspace_nothing_wrong_since(findings, before)) {
        workspace_registry_free(&reading->registry);
        free(reading->places);
        reading->places = NULL;
        return false;
    }
    return true;
}

bool workspace_registry_parse(struct base_bytes text, struct base_task *task, const struct base_place *place,
                              struct workspace_registry *registry, struct base_findings *findings)
{
    struct reading reading = {.loose = false};
    bool fine = parse(&reading, text, task, place, findings);
    free(reading.places);
    *registry = reading.registry;
    return fine;
}

bool workspace_registry_parse_loosely(struct base_bytes text, struct base_task *task, const struct base_place *place,
                                      struct workspace_registry *registry, struct workspace_record_places **places,
                                      struct base_findings *findings)
{
    struct reading reading = {.loose = true};
    bool fine = parse(&reading, text, task, place, findings);
    *registry = reading.registry;
    *places = reading.places;
    return fine;
}

void workspace_registry_print_head(const char *schema, int64_t next_asset_id, struct base_text *text)
{
    base_text_add_string(text, "{\n");
    if (schema != NULL) {
        base_text_add_string(text, "  \"$schema\": ");
        json_add_string(text, schema);
        base_text_add_string(text, ",\n");
    }
    base_text_addf(text, "  \"schema_version\": 1,\n  \"next_asset_id\": %" PRId64 ",\n  \"assets\": [", next_asset_id);
}

void workspace_registry_print_record(const struct workspace_record *record, struct base_text *text)
{
    base_text_addf(text, "    {\n      \"asset_id\": %" PRId32 ",\n      \"asset_uuid\": ", record->asset_id);
    json_add_string(text, record->asset_uuid);
    base_text_add_string(text, ",\n      \"root\": ");
    json_add_string(text, record->root);
    base_text_addf(text, ",\n      \"included_in_build\": %s\n    }", record->included_in_build ? "true" : "false");
}

void workspace_registry_print_end(bool empty, struct base_text *text)
{
    base_text_add_string(text, empty ? "]\n}\n" : "  ]\n}\n");
}

void workspace_registry_print(const struct workspace_registry *registry, struct base_text *text)
{
    workspace_registry_print_head(registry->schema, registry->next_asset_id, text);
    for (size_t i = 0; i < registry->count; i++) {
        base_text_add_string(text, i == 0 ? "\n" : ",\n");
        workspace_registry_print_record(&registry->records[i], text);
    }
    base_text_add_string(text, registry->count == 0 ? "" : "\n");
    workspace_registry_print_end(registry->count == 0, text);
}
