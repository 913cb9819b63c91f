#include "service/history/past.h"

#include "base/array.h"
#include "base/hash.h"
#include "base/hex.h"
#include "service/transaction/folder.h"
#include "workspace/model/uuid.h"
#include "workspace/path.h"
#include "json/object.h"
#include "json/value.h"
#include "json/walk.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Files of a transaction are at most as large as a declaration. */
enum { FILE_LIMIT = 1 << 20 };

/* Reads one element of a list. Returns 0, ENOMEM or EBADMSG. */
typedef int (*read_element)(struct service_past *past, struct base_bytes text, struct json_token element);

static int read_list(struct service_past *past, const struct service_history_line *line, const char *name,
                     bool required, read_element read)
{
    struct json_token list = json_object_member(line->text, line->root, name);
    struct json_walk walk;
    struct json_token element;
    int problem = 0;
    if (list.kind != JSON_ARRAY_BEGIN) {
        return list.kind == JSON_END && !required ? 0 : EBADMSG;
    }
    json_walk_begin_inside(&walk, line->text, list);
    while (problem == 0 && json_walk_element(&walk, &element)) {
        problem = read(past, line->text, element);
    }
    return problem;
}

/* ---- Values ---- */

/* A string in *value, which the caller frees. */
static int read_string(struct base_bytes text, struct json_token object, const char *name, char **value)
{
    struct json_token token = json_object_member(text, object, name);
    if (token.kind != JSON_STRING) {
        return EBADMSG;
    }
    *value = json_token_string(text, token);
    return *value != NULL ? 0 : ENOMEM;
}

static int read_number(struct base_bytes text, struct json_token object, const char *name, int64_t least, int64_t most,
                       int64_t *value)
{
    return json_token_integer(text, json_object_member(text, object, name), least, most, value) ? 0 : EBADMSG;
}

static bool read_hash(struct base_bytes text, struct json_token token, struct base_hash *hash)
{
    return token.kind == JSON_STRING && base_hash_from_hex(json_span(text, token), hash);
}

/* ---- Changes ---- */

/* A record, or null. */
static int read_record(struct base_bytes text, struct json_token object, const char *name, bool *has,
                       struct workspace_record *record)
{
    struct json_token token = json_object_member(text, object, name);
    struct json_token included = json_object_member(text, token, "included_in_build");
    int64_t id = 0;
    if (token.kind == JSON_NULL) {
        return 0;
    }
    if (token.kind != JSON_OBJECT_BEGIN || (included.kind != JSON_TRUE && included.kind != JSON_FALSE)) {
        return EBADMSG;
    }
    *has = true;
    record->included_in_build = included.kind == JSON_TRUE;
    int problem = read_number(text, token, "asset_id", 1, INT32_MAX, &id);
    record->asset_id = (int32_t)id;
    problem = problem != 0 ? problem : read_string(text, token, "asset_uuid", &record->asset_uuid);
    problem = problem != 0 ? problem : read_string(text, token, "root", &record->root);
    bool fine =
        problem == 0 && workspace_uuid_is_valid(record->asset_uuid) && workspace_root_fault(record->root) == NULL;
    return problem == 0 && !fine ? EBADMSG : problem;
}

static int read_change(struct service_past *past, struct base_bytes text, struct json_token element)
{
    struct service_past_change *changes =
        base_array_grow(past->changes, past->change_count, &past->change_capacity, sizeof *past->changes);
    if (changes == NULL) {
        return ENOMEM;
    }
    past->changes = changes;
    struct service_past_change *change = &changes[past->change_count++];
    *change = (struct service_past_change){.has_before = false};
    int problem = read_record(text, element, "before", &change->has_before, &change->before);
    problem = problem != 0 ? problem : read_record(text, element, "after", &change->has_after, &change->after);
    bool one = change->has_before || change->has_after;
    bool both = change->has_before && change->has_after;
    bool fine = one && (!both || change->before.asset_id == change->after.asset_id);
    return problem == 0 && !fine ? EBADMSG : problem;
}

/* ---- Moves and folders ---- */

/* Whether a directory is on the way to a path, which is a plain one. */
static bool is_above(const char *directory, const char *path)
{
    size_t length = strlen(directory);
    return length > 0 && strncmp(directory, path, length) == 0 && path[length] == '/';
}

static int read_move(struct service_past *past, struct base_bytes text, struct json_token element)
{
    struct service_past_move *moves =
        base_array_grow(past->moves, past->move_count, &past->move_capacity, sizeof *past->moves);
    if (moves == NULL) {
        return ENOMEM;
    }
    past->moves = moves;
    struct service_past_move *move = &moves[past->move_count++];
    struct json_token directory = json_object_member(text, element, "directory");
    *move = (struct service_past_move){.is_directory = directory.kind == JSON_TRUE};
    int problem = directory.kind == JSON_TRUE || directory.kind == JSON_FALSE ? 0 : EBADMSG;
    problem = problem != 0 ? problem : read_string(text, element, "from", &move->from);
    problem = problem != 0 ? problem : read_string(text, element, "to", &move->to);
    if (problem != 0) {
        return problem;
    }
    if (json_object_member(text, element, "made").kind != JSON_END) {
        problem = read_string(text, element, "made", &move->made);
    }
    if (problem != 0) {
        return problem;
    }
    bool out = service_folder_is_files(move->from);
    bool in = service_folder_is_files(move->to);
    bool fine = !(out && in) && (out || workspace_root_fault(move->from) == NULL) &&
                (in || workspace_root_fault(move->to) == NULL) &&
                (move->made == NULL || (!in && is_above(move->made, move->to)));
    return fine ? 0 : EBADMSG;
}

static int read_folder(struct service_past *past, struct base_bytes text, struct json_token element)
{
    char **folders = base_array_grow((void *)past->folders, past->folder_count, &past->folder_capacity, sizeof(char *));
    if (folders == NULL) {
        return ENOMEM;
    }
    past->folders = folders;
    if (element.kind != JSON_STRING) {
        return EBADMSG;
    }
    char *path = json_token_string(text, element);
    if (path == NULL) {
        return ENOMEM;
    }
    folders[past->folder_count++] = path;
    return service_folder_is_record(path) ? 0 : EBADMSG;
}

/* ---- Files ---- */

static int read_removed(struct base_bytes text, struct json_token element, struct service_past_file *file)
{
    struct json_token token = json_object_member(text, element, "removed");
    struct base_bytes hex = json_span(text, token);
    if (token.kind != JSON_STRING || hex.size % 2 != 0 || hex.size / 2 > FILE_LIMIT) {
        return EBADMSG;
    }
    file->removed = malloc(hex.size / 2 + 1);
    if (file->removed == NULL) {
        return ENOMEM;
    }
    for (size_t i = 0; i < hex.size; i += 2) {
        int high = base_hex_value(hex.data[i]);
        int low = base_hex_value(hex.data[i + 1]);
        if (high < 0 || low < 0) {
            return EBADMSG;
        }
        file->removed[file->removed_size++] = (uint8_t)(high * 16 + low);
    }
    return 0;
}

/* What is there of a file that was replaced or deleted. */
static int read_splice(struct base_bytes text, struct json_token element, struct service_past_file *file)
{
    int64_t at = 0;
    int64_t inserted = 0;
    int problem = read_number(text, element, "at", 0, FILE_LIMIT, &at);
    problem = problem != 0 ? problem : read_number(text, element, "inserted", 0, FILE_LIMIT, &inserted);
    problem = problem != 0 ? problem : read_removed(text, element, file);
    file->at = (size_t)at;
    file->inserted = (size_t)inserted;
    return problem;
}

static bool is_whole(const struct service_past_file *file)
{
    return file->at == 0 && file->inserted == 0 &&
           base_hash_equal(base_hash_of(base_bytes_make(file->removed, file->removed_size)), file->before);
}

/* The hashes before and after say what was done. */
static int read_kind(struct base_bytes text, struct json_token element, struct service_past_file *file)
{
    struct json_token before = json_object_member(text, element, "before");
    struct json_token after = json_object_member(text, element, "after");
    bool is_made = before.kind == JSON_NULL;
    bool is_deleted = after.kind == JSON_NULL;
    if ((is_made && is_deleted) || (!is_made && !read_hash(text, before, &file->before)) ||
        (!is_deleted && !read_hash(text, after, &file->after))) {
        return EBADMSG;
    }
    file->kind = is_made ? SERVICE_PAST_MADE : is_deleted ? SERVICE_PAST_DELETED : SERVICE_PAST_REPLACED;
    int problem = is_made ? 0 : read_splice(text, element, file);
    return problem == 0 && is_deleted && !is_whole(file) ? EBADMSG : problem;
}

static int read_file_words(struct base_bytes text, struct json_token element, struct service_past_file *file)
{
    int64_t id = 0;
    int problem = read_number(text, element, "asset_id", 1, INT32_MAX, &id);
    file->asset_id = (int32_t)id;
    problem = problem != 0 ? problem : read_string(text, element, "path", &file->path);
    if (problem == 0 && workspace_path_fault(file->path) != NULL) {
        problem = EBADMSG;
    }
    return problem != 0 ? problem : read_kind(text, element, file);
}

static int read_file(struct service_past *past, struct base_bytes text, struct json_token element)
{
    struct service_past_file *files =
        base_array_grow(past->files, past->file_count, &past->file_capacity, sizeof *past->files);
    if (files == NULL) {
        return ENOMEM;
    }
    past->files = files;
    files[past->file_count] = (struct service_past_file){.path = NULL};
    return read_file_words(text, element, &files[past->file_count++]);
}

/* ---- The whole ---- */

int service_past_read(struct service_past *past, const struct service_history_line *line)
{
    int problem = read_list(past, line, "changes", true, read_change);
    problem = problem != 0 ? problem : read_list(past, line, "moves", true, read_move);
    problem = problem != 0 ? problem : read_list(past, line, "folders", false, read_folder);
    return problem != 0 ? problem : read_list(past, line, "files", true, read_file);
}

void service_past_free(struct service_past *past)
{
    for (size_t i = 0; i < past->change_count; i++) {
        workspace_record_free(&past->changes[i].before);
        workspace_record_free(&past->changes[i].after);
    }
    for (size_t i = 0; i < past->move_count; i++) {
        free(past->moves[i].from);
        free(past->moves[i].to);
        free(past->moves[i].made);
    }
    for (size_t i = 0; i < past->folder_count; i++) {
        free(past->folders[i]);
    }
    for (size_t i = 0; i < past->file_count; i++) {
        free(past->files[i].path);
        free(past->files[i].removed);
    }
    free(past->changes);
    free(past->moves);
    free((void *)past->folders);
    free(past->files);
    *past = (struct service_past){.changes = NULL};
}
