#include "service/recorded.h"

#include "base/directory.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/path.h"
#include "base/report.h"
#include "service/absent.h"
#include "service/transaction/output.h"
#include "service/transaction/reader.h"
#include "json/object.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char name[] = "asset_table_metadata.json";
enum { LIMIT = 1 << 30 };

/* ---- Reading ---- */

static void report(const struct workspace_place *place, int problem, struct base_findings *findings)
{
    char *directory = workspace_place_path(place, SERVICE_DEFAULT_OUTPUT);
    char *path = directory != NULL ? base_path_join(directory, name) : NULL;
    const struct base_place at = {.file = path};
    base_report_read_failure(findings, &at, problem);
    free(path);
    free(directory);
}

static int read_file(int directory_fd, uint8_t **memory, size_t *size)
{
    struct base_file file;
    int problem = base_file_open_below(&file, directory_fd, name);
    if (problem == 0) {
        problem = base_file_read_all(&file, LIMIT, memory, size);
        base_file_close(&file);
    }
    return problem;
}

/* Returns 0, an errno value or a base_file_problem. */
static int read_locked(struct base_task *task, const struct workspace_place *place, uint8_t **memory, size_t *size)
{
    int project_fd;
    int fd = -1;
    int problem = workspace_place_open_project(place, base_task_directory(task), &project_fd);
    if (problem != 0) {
        return problem;
    }
    problem = base_directory_enter(&fd, project_fd, SERVICE_DEFAULT_OUTPUT);
    (void)close(project_fd);
    if (problem != 0) {
        return problem;
    }
    /* Without the lock each file is whole, too; the ids and uuids say which assets are meant. */
    (void)service_lock_take(fd, false, SERVICE_LOCK_TRY, SERVICE_DEFAULT_OUTPUT, NULL);
    problem = read_file(fd, memory, size);
    (void)close(fd);
    return problem;
}

/* ---- The document ---- */

/* Whether a document has the hash that it records: that of its bytes without this member. False, and *out_of_memory is
 * set, when memory ran out. */
static bool is_whole(struct base_bytes text, struct json_token recorded, bool *out_of_memory)
{
    static const char key[] = "\"document_xxh3_128\":";
    struct base_hash hash;
    size_t before = sizeof key - 1 + 1; /* the quote of the value, too */
    if (recorded.kind != JSON_STRING || !base_hash_from_hex(json_span(text, recorded), &hash) ||
        recorded.begin < before || text.size - recorded.end < 2) {
        return false;
    }
    struct base_hasher *hasher = base_hasher_create();
    if (hasher == NULL) {
        *out_of_memory = true;
        return false;
    }
    size_t after = recorded.end + 2; /* the quote and the comma */
    base_hasher_add(hasher, base_bytes_make(text.data, recorded.begin - before));
    base_hasher_add(hasher, base_bytes_make(text.data + after, text.size - after));
    bool whole = base_hash_equal(base_hasher_result(hasher), hash);
    base_hasher_destroy(hasher);
    return whole;
}

static bool open_document(struct service_recorded *recorded, struct base_task *task, bool *out_of_memory)
{
    struct base_bytes text = recorded->text;
    struct json_token root = json_root(text, task);
    struct json_token assets = json_object_member(text, root, "assets");
    int64_t version;
    bool fits = json_token_integer(text, json_object_member(text, root, "schema_version"), 2, 2, &version) &&
                assets.kind == JSON_ARRAY_BEGIN &&
                is_whole(text, json_object_member(text, root, "document_xxh3_128"), out_of_memory);
    if (fits) {
        json_walk_begin_inside(&recorded->walk, text, assets);
    }
    return fits;
}

bool service_recorded_take(struct service_recorded *recorded, struct base_task *task, uint8_t *memory, size_t size,
                           bool *out_of_memory)
{
    *recorded = (struct service_recorded){
        .memory = memory,
        .text = base_bytes_make(memory, size),
        .asset_id = INT64_MIN,
    };
    recorded->ended = memory == NULL || !open_document(recorded, task, out_of_memory);
    return !recorded->ended;
}

void service_recorded_read(struct service_recorded *recorded, struct base_task *task,
                           const struct workspace_place *place, struct base_findings *findings)
{
    uint8_t *memory = NULL;
    size_t size = 0;
    int problem = read_locked(task, place, &memory, &size);
    if (problem != 0 && problem != ECANCELED && !service_is_absent(problem)) {
        report(place, problem, findings);
    }
    (void)service_recorded_take(recorded, task, memory, size, &findings->out_of_memory);
}

void service_recorded_free(struct service_recorded *recorded)
{
    free(recorded->memory);
    *recorded = (struct service_recorded){.memory = NULL};
}

/* ---- Assets ---- */

/* Goes to the element with an asset_id that is not below the wanted one. */
static void advance(struct service_recorded *recorded, int32_t asset_id)
{
    while (!recorded->ended && recorded->asset_id < asset_id) {
        recorded->ended =
            !json_walk_element(&recorded->walk, &recorded->asset) ||
            !json_token_integer(recorded->text, json_object_member(recorded->text, recorded->asset, "asset_id"),
                                INT32_MIN, INT32_MAX, &recorded->asset_id);
    }
}

bool service_recorded_find(struct service_recorded *recorded, int32_t asset_id, const char *asset_uuid)
{
    struct base_bytes text = recorded->text;
    advance(recorded, asset_id);
    return !recorded->ended && recorded->asset_id == asset_id &&
           json_token_is(text, json_object_member(text, recorded->asset, "asset_uuid"), asset_uuid);
}

char *service_recorded_tiles(struct service_recorded *recorded, int32_t asset_id, const char *asset_uuid,
                             bool *out_of_memory)
{
    struct base_bytes text = recorded->text;
    if (!service_recorded_find(recorded, asset_id, asset_uuid)) {
        return NULL;
    }
    struct json_token tiles = json_object_member(text, recorded->asset, "tiles");
    if (tiles.kind != JSON_ARRAY_BEGIN) {
        return NULL;
    }
    struct base_bytes bytes = json_token_bytes(text, tiles);
    char *copy = strndup((const char *)bytes.data, bytes.size);
    *out_of_memory = *out_of_memory || copy == NULL;
    return copy;
}
