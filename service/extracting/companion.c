#include "service/extracting/companion.h"

#include "base/file.h"
#include "base/path.h"
#include "base/report.h"
#include "base/sort.h"
#include "export/paths.h"
#include "service/absent.h"
#include "service/transaction/swap.h"
#include "workspace/model/limits.h"
#include "workspace/model/uuid.h"
#include "json/object.h"

#include <stdlib.h>
#include <string.h>

static const char name[] = "asset_table_metadata.json";
enum { LIMIT = 1 << 30 };

/* One reading. */
struct reading {
    struct service_extract_companion *companion;
    struct base_task *task;
    const struct service_extract_source *source;
    struct base_findings *findings;
    char *path; /* of the document */
    bool out_of_memory;
};

/* ---- The file ---- */

/* The document beside a pack, whose path ends with assets.pa. */
static char *path_beside(const char *pack)
{
    size_t length = (size_t)(base_path_name(pack) - pack);
    char *path = malloc(length + sizeof name);
    if (path != NULL) {
        memcpy(path, pack, length);
        memcpy(path + length, name, sizeof name);
    }
    return path;
}

static int read_file(struct reading *reading, uint8_t **memory, size_t *size)
{
    struct base_file file;
    int problem = base_file_open_at(&file, base_task_directory(reading->task), reading->path);
    if (problem == 0) {
        problem = base_file_read_all(&file, LIMIT, memory, size);
        base_file_close(&file);
    }
    return problem;
}

/* ---- What it says ---- */

/* Whether the document is about this pack. */
static bool fits_pack(const struct reading *reading, struct base_bytes text, struct json_token root)
{
    struct base_hash header;
    uint64_t size;
    struct json_token pack = json_object_member(text, root, "assets_pa");
    struct json_token hash = json_object_member(text, pack, "header_xxh3_128");
    return hash.kind == JSON_STRING && base_hash_from_hex(json_span(text, hash), &header) &&
           base_hash_equal(header, reading->source->header) &&
           json_token_unsigned(text, json_object_member(text, pack, "size"), &size) &&
           size == pp_pack_file_size(reading->source->pack);
}

static struct base_bytes container(struct base_bytes text, struct json_token element, const char *member,
                                   enum json_kind kind)
{
    struct json_token value = json_object_member(text, element, member);
    return value.kind == kind ? json_token_bytes(text, value) : (struct base_bytes){.size = 0};
}

static bool is_root(const char *root)
{
    return export_path_is_plain(root) && strcmp(root, WORKSPACE_REGISTRY_DIRECTORY) != 0 &&
           !export_path_is_inside(root, WORKSPACE_REGISTRY_DIRECTORY);
}

/* Reads the record of the next entry. False when it cannot be used, or memory ran out. */
static bool read_record(struct reading *reading, struct base_bytes text, struct json_token element)
{
    struct service_extract_companion *companion = reading->companion;
    int64_t asset_id;
    struct json_token root = json_object_member(text, element, "asset_root");
    struct json_token uuid = json_object_member(text, element, "asset_uuid");
    if (!json_token_integer(text, json_object_member(text, element, "asset_id"), INT32_MIN, INT32_MAX, &asset_id) ||
        pp_pack_entry(reading->source->pack, companion->count).asset_id != asset_id || root.kind != JSON_STRING ||
        uuid.kind != JSON_STRING) {
        return false;
    }
    struct service_extract_record *record = &companion->records[companion->count++];
    *record = (struct service_extract_record){
        .root = json_token_string(text, root),
        .uuid = json_token_string(text, uuid),
        .pipeline = container(text, element, "pipeline", JSON_OBJECT_BEGIN),
        .tiles = container(text, element, "tiles", JSON_ARRAY_BEGIN),
    };
    reading->out_of_memory = record->root == NULL || record->uuid == NULL;
    return !reading->out_of_memory && is_root(record->root) && workspace_uuid_is_valid(record->uuid);
}

static bool read_records(struct reading *reading, struct base_bytes text, struct json_token root)
{
    size_t count = pp_pack_count(reading->source->pack);
    struct json_walk walk;
    struct json_token element;
    struct json_token assets = json_object_member(text, root, "assets");
    reading->companion->records = calloc(count + 1, sizeof *reading->companion->records);
    reading->out_of_memory = reading->companion->records == NULL;
    if (reading->out_of_memory || assets.kind != JSON_ARRAY_BEGIN) {
        return false;
    }
    json_walk_begin_inside(&walk, text, assets);
    while (json_walk_element(&walk, &element) && !base_task_cancelled(reading->task)) {
        if (reading->companion->count == count || !read_record(reading, text, element)) {
            return false;
        }
    }
    return reading->companion->count == count;
}

/* ---- Together ---- */

/* A base_compare of strings. */
static int by_path(const void *a, const void *b)
{
    return export_path_compare(*(const char *const *)a, *(const char *const *)b);
}

/* Whether no two are equal, or inside each other. The list is sorted. */
static bool are_apart(struct reading *reading, const char **list, size_t count)
{
    if (!base_sort((void *)list, count, sizeof *list, by_path, reading->task)) {
        return false;
    }
    for (size_t i = 1; i < count; i++) {
        if (strcmp(list[i - 1], list[i]) == 0 || export_path_is_inside(list[i], list[i - 1])) {
            return false;
        }
    }
    return true;
}

static bool can_stand_together(struct reading *reading)
{
    const struct service_extract_companion *companion = reading->companion;
    const char **list = calloc(companion->count + 1, sizeof *list);
    reading->out_of_memory = list == NULL;
    if (list == NULL) {
        return false;
    }
    for (size_t i = 0; i < companion->count; i++) {
        list[i] = companion->records[i].root;
    }
    bool fine = are_apart(reading, list, companion->count);
    for (size_t i = 0; i < companion->count; i++) {
        list[i] = companion->records[i].uuid;
    }
    fine = fine && are_apart(reading, list, companion->count);
    free((void *)list);
    return fine;
}

/* ---- All of it ---- */

static void drop_records(struct service_extract_companion *companion)
{
    for (size_t i = 0; i < companion->count; i++) {
        free(companion->records[i].root);
        free(companion->records[i].uuid);
    }
    free(companion->records);
    companion->records = NULL;
    companion->count = 0;
}

/* Why the document cannot be used; NULL: it can. */
static const char *problem_of(struct reading *reading, uint8_t *memory, size_t size)
{
    struct service_recorded *document = &reading->companion->document;
    if (!service_recorded_take(document, reading->task, memory, size, &reading->out_of_memory)) {
        return "it is damaged, or not of version 2";
    }
    struct json_token root = json_root(document->text, reading->task);
    if (!fits_pack(reading, document->text, root)) {
        return "it is the companion of another pack";
    }
    if (!read_records(reading, document->text, root)) {
        return "its directories and uuids are not those of a workspace";
    }
    return can_stand_together(reading) ? NULL : "its directories or uuids cannot stand in one workspace";
}

static void read_document(struct reading *reading, uint8_t *memory, size_t size)
{
    const struct base_details details = {.place.file = reading->path, .severity = BASE_WARNING};
    const char *problem = problem_of(reading, memory, size);
    if (problem != NULL) {
        drop_records(reading->companion);
    }
    if (problem != NULL && !reading->out_of_memory && !base_task_cancelled(reading->task)) {
        base_report(reading->findings, DIAG_EXTRACT_COMPANION, &details, "the companion is not used: %s", problem);
    }
}

bool service_extract_companion_read(struct service_extract_companion *companion, struct base_task *task,
                                    const struct service_extract_source *source, struct base_findings *findings)
{
    struct reading reading = {.companion = companion, .task = task, .source = source, .findings = findings};
    uint8_t *memory = NULL;
    size_t size = 0;
    *companion = (struct service_extract_companion){.records = NULL};
    if (strcmp(base_path_name(source->path), "assets.pa") != 0) {
        return true;
    }
    reading.path = path_beside(source->path);
    int problem = reading.path != NULL ? read_file(&reading, &memory, &size) : ENOMEM;
    if (problem == 0) {
        read_document(&reading, memory, size);
    } else if (!service_is_absent(problem)) {
        base_report_read_failure(findings, &(struct base_place){.file = reading.path}, problem);
    }
    if (reading.out_of_memory) {
        base_report_out_of_memory(findings, reading.path);
    }
    free(reading.path);
    return (problem == 0 || service_is_absent(problem)) && !reading.out_of_memory && !base_task_cancelled(task);
}

void service_extract_companion_free(struct service_extract_companion *companion)
{
    drop_records(companion);
    service_recorded_free(&companion->document);
}
