#include "verify/workspace/registry.h"

#include "base/array.h"
#include "base/path.h"
#include "base/report.h"
#include "base/sort.h"
#include "verify/workspace/names.h"

#include <stdlib.h>
#include <string.h>

#define REGISTRY ".prometeu/index.json"

/* The reading of one registry. */
struct reading {
    struct verify_registry *registry;
    struct verify_document document;
    size_t capacity;
};

static void report_out_of_memory(struct reading *reading)
{
    base_report_out_of_memory(reading->document.findings, reading->document.path);
}

/* ---- One record ---- */

enum { ASSET_ID, ASSET_UUID, ROOT, INCLUDED, RECORD_MEMBERS };
static const struct json_member record_members[RECORD_MEMBERS] = {
    [ASSET_ID] = {.name = "asset_id", .kinds = JSON_KIND_NUMBER, .required = true},
    [ASSET_UUID] = {.name = "asset_uuid", .kinds = JSON_KIND_STRING, .required = true},
    [ROOT] = {.name = "root", .kinds = JSON_KIND_STRING, .required = true},
    [INCLUDED] = {.name = "included_in_build", .kinds = JSON_KIND_BOOLEAN, .required = true},
};

/* Ids rise from record to record. */
static bool read_id(struct reading *reading, struct json_token value, int64_t *last, int32_t *id)
{
    int64_t number;
    if (!verify_document_integer(&reading->document, value, "asset_id", 1, INT32_MAX, &number)) {
        return false;
    }
    if (number == *last) {
        verify_document_report_value(&reading->document, DIAG_REGISTRY_DUPLICATE, value, "an id of its own",
                                     "two records have one asset_id");
    } else if (number < *last) {
        verify_document_report_value(&reading->document, DIAG_REGISTRY_SHAPE, value, "an id above the one before it",
                                     "asset_id does not rise");
    }
    *last = number > *last ? number : *last;
    *id = (int32_t)number;
    return true;
}

static void read_uuid(struct reading *reading, struct json_token value, char uuid[VERIFY_UUID_LENGTH + 1])
{
    char *text = verify_is_present(value) ? verify_document_string(&reading->document, value) : NULL;
    if (text == NULL) {
        return;
    }
    if (verify_is_uuid(base_bytes_of_string(text))) {
        memcpy(uuid, text, VERIFY_UUID_LENGTH + 1);
    } else {
        verify_document_report_value(&reading->document, DIAG_REGISTRY_SHAPE, value,
                                     "8-4-4-4-12 lower-case hexadecimal digits", "asset_uuid is not a UUID");
    }
    free(text);
}

static bool is_in_registry_directory(const char *root)
{
    return strcmp(root, ".prometeu") == 0 || verify_path_is_below(root, ".prometeu");
}

static const char *read_root(struct reading *reading, struct json_token value)
{
    char *text = verify_is_present(value) ? verify_document_string(&reading->document, value) : NULL;
    const char *root = NULL;
    if (text == NULL) {
        return NULL;
    }
    if (!verify_is_plain_path(text) || is_in_registry_directory(text)) {
        reading->document.cause = DIAG_CAUSE_ROOT_RECORD;
        verify_document_report_value(&reading->document, DIAG_ROOT_INVALID, value,
                                     "a plain relative path outside of .prometeu",
                                     "the root is not a path that an asset root may have");
    } else {
        root = base_strings_copy(&reading->registry->strings, base_bytes_of_string(text));
        if (root == NULL) {
            report_out_of_memory(reading);
        }
    }
    free(text);
    return root;
}

static void read_record(struct reading *reading, struct json_token element, size_t index, int64_t *last)
{
    struct verify_registry *registry = reading->registry;
    struct verify_record_of_registry record = {.place = verify_document_place_of(&reading->document, element),
                                               .index = (uint32_t)index};
    struct json_token values[RECORD_MEMBERS];
    (void)verify_document_members(&reading->document, element, "a record", record_members, RECORD_MEMBERS, values);
    (void)read_id(reading, values[ASSET_ID], last, &record.asset_id);
    read_uuid(reading, values[ASSET_UUID], record.uuid);
    record.root = read_root(reading, values[ROOT]);
    record.uuid_at = (uint32_t)values[ASSET_UUID].begin;
    record.root_at = (uint32_t)values[ROOT].begin;
    record.included = values[INCLUDED].kind == JSON_TRUE;
    void *records = base_array_grow(registry->records, registry->count, &reading->capacity, sizeof *registry->records);
    if (records == NULL) {
        report_out_of_memory(reading);
        return;
    }
    registry->records = records;
    registry->records[registry->count++] = record;
}

/* ---- Rules between the records ---- */

/* An element of a list that is sorted by something of the record. */
struct sorted {
    const struct verify_record_of_registry *record;
};

static int compare_indices(const struct sorted *a, const struct sorted *b)
{
    return (a->record->index > b->record->index) - (a->record->index < b->record->index);
}

static int compare_uuids(const void *left, const void *right)
{
    const struct sorted *a = left;
    const struct sorted *b = right;
    int order = strcmp(a->record->uuid, b->record->uuid);
    return order != 0 ? order : compare_indices(a, b);
}

static int compare_roots(const void *left, const void *right)
{
    const struct sorted *a = left;
    const struct sorted *b = right;
    int order = verify_path_compare(a->record->root, b->record->root);
    return order != 0 ? order : compare_indices(a, b);
}

static void report_between(struct reading *reading, enum diag diagnostic, size_t at,
                           const struct verify_record_of_registry *other, const char *text)
{
    struct base_bytes none = {.data = NULL};
    verify_document_report(&reading->document, diagnostic, at, NULL, none, "%s asset %d", text, (int)other->asset_id);
}

static void check_uuids(struct reading *reading, struct sorted *sorted)
{
    size_t count = 0;
    for (size_t i = 0; i < reading->registry->count; i++) {
        if (reading->registry->records[i].uuid[0] != '\0') {
            sorted[count++].record = &reading->registry->records[i];
        }
    }
    if (!base_sort(sorted, count, sizeof *sorted, compare_uuids, reading->document.task)) {
        return;
    }
    for (size_t i = 1; i < count; i++) {
        if (strcmp(sorted[i - 1].record->uuid, sorted[i].record->uuid) == 0) {
            report_between(reading, DIAG_REGISTRY_DUPLICATE, sorted[i].record->uuid_at, sorted[i - 1].record,
                           "the uuid is also that of");
        }
    }
}

/* In sorted order what lies in a root follows it, up to the first root that does not. */
static void check_roots(struct reading *reading, struct sorted *sorted)
{
    size_t count = 0;
    const struct verify_record_of_registry *outer = NULL;
    for (size_t i = 0; i < reading->registry->count; i++) {
        if (reading->registry->records[i].root != NULL) {
            sorted[count++].record = &reading->registry->records[i];
        }
    }
    if (!base_sort(sorted, count, sizeof *sorted, compare_roots, reading->document.task)) {
        return;
    }
    for (size_t i = 0; i < count; i++) {
        const struct verify_record_of_registry *record = sorted[i].record;
        if (outer != NULL && strcmp(record->root, outer->root) == 0) {
            report_between(reading, DIAG_REGISTRY_DUPLICATE, record->root_at, outer, "the root is also that of");
        } else if (outer != NULL && verify_path_is_below(record->root, outer->root)) {
            reading->document.cause = DIAG_CAUSE_ROOT_NESTED;
            report_between(reading, DIAG_ROOT_INVALID, record->root_at, outer, "the root lies inside the root of");
        } else {
            outer = record;
        }
    }
}

static void check_records(struct reading *reading)
{
    struct sorted *sorted = calloc(reading->registry->count + 1, sizeof *sorted);
    if (sorted == NULL) {
        report_out_of_memory(reading);
        return;
    }
    check_uuids(reading, sorted);
    check_roots(reading, sorted);
    free(sorted);
}

static void keep_build_set(struct verify_registry *registry)
{
    size_t kept = 0;
    for (size_t i = 0; i < registry->count; i++) {
        if (registry->records[i].included) {
            registry->records[kept++] = registry->records[i];
        }
    }
    registry->count = kept;
}

/* ---- The document ---- */

enum { VERSION, NEXT_ID, ASSETS, EDITOR_SCHEMA, MEMBERS };
static const struct json_member members[MEMBERS] = {
    [VERSION] = {.name = "schema_version", .kinds = JSON_KIND_NUMBER, .required = true},
    [NEXT_ID] = {.name = "next_asset_id", .kinds = JSON_KIND_NUMBER, .required = true},
    [ASSETS] = {.name = "assets", .kinds = JSON_KIND_ARRAY, .required = true},
    [EDITOR_SCHEMA] = {.name = "$schema", .kinds = JSON_KIND_STRING},
};

static void check_next_id(struct reading *reading, struct json_token value, int64_t last)
{
    int64_t next;
    if (verify_document_integer(&reading->document, value, "next_asset_id", 1, INT64_C(1) << 31, &next) &&
        next <= last) {
        verify_document_report_value(&reading->document, DIAG_REGISTRY_SHAPE, value, "a number above every asset_id",
                                     "next_asset_id was given to an asset already");
    }
}

static void read_text(struct reading *reading)
{
    struct verify_document *document = &reading->document;
    struct json_token root = json_root(document->text, document->task);
    struct json_token values[MEMBERS];
    struct json_walk walk;
    struct json_token element;
    int64_t version;
    int64_t last = 0;
    if (!verify_document_is_version_1(document, root)) {
        return;
    }
    (void)verify_document_members(document, root, "index.json", members, MEMBERS, values);
    (void)verify_document_integer(document, values[VERSION], "schema_version", 1, 1, &version);
    if (verify_is_present(values[ASSETS])) {
        json_walk_begin_inside(&walk, document->text, values[ASSETS]);
        walk.json.task = document->task;
        for (size_t i = 0; json_walk_element(&walk, &element); i++) {
            read_record(reading, element, i, &last);
        }
    }
    check_next_id(reading, values[NEXT_ID], last);
    check_records(reading);
}

bool verify_registry_read(struct verify_registry *registry, int assets_fd, const char *assets_path,
                          struct base_task *task, struct base_findings *findings, uint64_t *bytes)
{
    *registry = (struct verify_registry){.path = base_path_join(assets_path, REGISTRY)};
    struct reading reading = {
        .registry = registry,
        .document = {.kind = &verify_document_registry, .path = registry->path, .task = task, .findings = findings},
    };
    uint64_t before = base_findings_errors(findings);
    if (registry->path == NULL) {
        base_report_out_of_memory(findings, assets_path);
    } else if (verify_document_open(&reading.document, assets_fd, REGISTRY)) {
        read_text(&reading);
    }
    *bytes = reading.document.text.size;
    verify_document_close(&reading.document);
    keep_build_set(registry);
    return base_findings_errors(findings) == before && !findings->out_of_memory;
}

void verify_registry_free(struct verify_registry *registry)
{
    base_strings_free(&registry->strings);
    free(registry->records);
    free(registry->path);
    *registry = (struct verify_registry){.path = NULL};
}
