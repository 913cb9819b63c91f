#include "workspace/registry.h"

#include "base/checked.h"
#include "base/json_emit.h"
#include "workspace/path.h"
#include "workspace/problem.h"
#include "workspace/registry_rules.h"
#include "workspace/uuid.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

void pp_record_free(struct pp_record *record)
{
    free(record->asset_uuid);
    free(record->root);
    *record = (struct pp_record){.asset_uuid = NULL};
}

void pp_registry_free(struct pp_registry *registry)
{
    for (size_t i = 0; i < registry->count; i++) {
        pp_record_free(&registry->records[i]);
    }
    free(registry->records);
    *registry = (struct pp_registry){.records = NULL};
}

/* The registry as it grows. Invariant: registry.count <= capacity, and places has the same capacity. */
struct reading {
    struct pp_document document;
    struct pp_registry registry;
    struct pp_record_places *places;
    size_t capacity;
    int64_t latest_id; /* of the record before, or 0 */
    int64_t highest_id;
};

enum { ASSET_ID, ASSET_UUID, ROOT, INCLUDED, RECORD_MEMBERS };

static const struct pp_member members_of_record[RECORD_MEMBERS] = {
    [ASSET_ID] = {"asset_id", PP_TYPE_INTEGER, true},
    [ASSET_UUID] = {"asset_uuid", PP_TYPE_STRING, true},
    [ROOT] = {"root", PP_TYPE_STRING, true},
    [INCLUDED] = {"included_in_build", PP_TYPE_BOOLEAN, true},
};

/* NULL when memory ran out; `old` is then as it was. */
static void *resized(void *old, size_t count, size_t size)
{
    size_t bytes;
    return pp_mul_size(count, size, &bytes) && bytes > 0 ? realloc(old, bytes) : NULL;
}

static bool grow(struct reading *reading)
{
    if (reading->registry.count < reading->capacity) {
        return true;
    }
    size_t capacity = reading->capacity == 0 ? 16 : reading->capacity * 2;
    struct pp_record *records = resized(reading->registry.records, capacity, sizeof *records);
    reading->registry.records = records != NULL ? records : reading->registry.records;
    struct pp_record_places *places = records != NULL ? resized(reading->places, capacity, sizeof *places) : NULL;
    if (places == NULL) {
        pp_report_out_of_memory(reading->document.findings);
        return false;
    }
    reading->places = places;
    reading->capacity = capacity;
    return true;
}

static bool read_id(struct reading *reading, struct pp_value value, struct pp_record *record)
{
    int64_t id;
    if (!pp_value_integer(&reading->document, value, "asset_id", 1, INT32_MAX, &id)) {
        return false;
    }
    if (id < reading->latest_id) {
        char expected[48];
        (void)snprintf(expected, sizeof expected, "above %" PRId64, reading->latest_id);
        pp_value_fault(&reading->document, PP_REGISTRY_SHAPE, value, expected, "the ids of the records must rise");
    }
    reading->latest_id = id;
    reading->highest_id = id > reading->highest_id ? id : reading->highest_id;
    record->asset_id = (int32_t)id;
    return true;
}

static bool read_uuid(struct reading *reading, struct pp_value value, struct pp_record *record)
{
    record->asset_uuid = pp_value_string(&reading->document, value);
    if (record->asset_uuid != NULL && !pp_uuid_is_valid(record->asset_uuid)) {
        pp_value_fault(&reading->document, PP_REGISTRY_SHAPE, value, "8-4-4-4-12 lower-case hex digits",
                       "asset_uuid is no uuid in lower-case hex");
        return false;
    }
    return record->asset_uuid != NULL;
}

static bool read_root(struct reading *reading, struct pp_value value, struct pp_record *record)
{
    record->root = pp_value_string(&reading->document, value);
    if (record->root == NULL) {
        return false;
    }
    const char *fault = pp_root_fault(record->root);
    if (fault != NULL) {
        pp_value_fault(&reading->document, PP_ROOT_INVALID, value, "a path below assets/, with / between its names",
                       "the root %s", fault);
    }
    return fault == NULL;
}

/* Only records without a fault are kept: the rules between records need all their members. */
static void read_record(struct reading *reading, struct pp_value element)
{
    struct pp_value values[RECORD_MEMBERS];
    if (!pp_value_members(&reading->document, element, "a record", members_of_record, RECORD_MEMBERS, values) ||
        !grow(reading)) {
        return;
    }
    struct pp_record record = {.included_in_build = values[INCLUDED].kind == PP_JSON_TRUE};
    bool fine = read_id(reading, values[ASSET_ID], &record);
    fine = read_uuid(reading, values[ASSET_UUID], &record) && fine;
    fine = read_root(reading, values[ROOT], &record) && fine;
    if (!fine) {
        pp_record_free(&record);
        return;
    }
    reading->places[reading->registry.count] = (struct pp_record_places){
        .id_at = values[ASSET_ID].begin,
        .uuid_at = values[ASSET_UUID].begin,
        .root_at = values[ROOT].begin,
    };
    reading->registry.records[reading->registry.count++] = record;
}

static void read_next_id(struct reading *reading, struct pp_value value)
{
    int64_t *next = &reading->registry.next_asset_id;
    if (!pp_value_integer(&reading->document, value, "next_asset_id", 1, (int64_t)INT32_MAX + 1, next)) {
        return;
    }
    if (*next <= reading->highest_id) {
        char expected[48];
        (void)snprintf(expected, sizeof expected, "above %" PRId64, reading->highest_id);
        pp_value_fault(&reading->document, PP_REGISTRY_SHAPE, value, expected,
                       "next_asset_id must be above every asset_id");
    }
}

static void read_registry(struct reading *reading)
{
    enum { SCHEMA, NEXT, ASSETS, COUNT };
    static const struct pp_member members[COUNT] = {
        [SCHEMA] = {"schema_version", PP_TYPE_INTEGER, true},
        [NEXT] = {"next_asset_id", PP_TYPE_INTEGER, true},
        [ASSETS] = {"assets", PP_TYPE_ARRAY, true},
    };
    struct pp_document *document = &reading->document;
    struct pp_value root = pp_value_root(document);
    if (!pp_value_schema_known(document, root)) {
        return;
    }
    struct pp_value values[COUNT];
    (void)pp_value_members(document, root, "index.json", members, COUNT, values);
    if (pp_value_present(values[ASSETS])) {
        struct pp_walk walk = pp_walk_begin(document, values[ASSETS]);
        struct pp_value element;
        while (pp_walk_element(&walk, &element) && !document->findings->out_of_memory) {
            read_record(reading, element);
        }
        pp_registry_check_records(document, &reading->registry, reading->places);
    }
    if (pp_value_present(values[NEXT])) {
        read_next_id(reading, values[NEXT]);
    }
}

bool pp_registry_parse(struct pp_bytes text, const struct pp_place *place, struct pp_registry *registry,
                       struct pp_findings *findings)
{
    *registry = (struct pp_registry){.records = NULL};
    uint64_t before = pp_findings_errors(findings);
    struct reading reading = {.places = NULL};
    if (pp_document_begin(&reading.document, &pp_document_registry, text, place, findings)) {
        read_registry(&reading);
    }
    free(reading.places);
    if (!pp_nothing_wrong_since(findings, before)) {
        pp_registry_free(&reading.registry);
        return false;
    }
    *registry = reading.registry;
    return true;
}

static void print_string(struct pp_text *text, const char *string)
{
    struct pp_json_emit emit = pp_json_emit_make(text);
    pp_json_emit_string(&emit, string);
}

void pp_registry_print(const struct pp_registry *registry, struct pp_text *text)
{
    pp_text_addf(text, "{\n  \"schema_version\": 1,\n  \"next_asset_id\": %" PRId64 ",\n  \"assets\": [",
                 registry->next_asset_id);
    for (size_t i = 0; i < registry->count; i++) {
        const struct pp_record *record = &registry->records[i];
        pp_text_addf(text, "%s\n    {\n      \"asset_id\": %" PRId32 ",\n      \"asset_uuid\": ", i == 0 ? "" : ",",
                     record->asset_id);
        print_string(text, record->asset_uuid);
        pp_text_add_string(text, ",\n      \"root\": ");
        print_string(text, record->root);
        pp_text_addf(text, ",\n      \"included_in_build\": %s\n    }", record->included_in_build ? "true" : "false");
    }
    pp_text_add_string(text, registry->count == 0 ? "]\n}\n" : "\n  ]\n}\n");
}
