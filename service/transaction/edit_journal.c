#include "service/transaction/edit_journal.h"

#include "base/array.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/hex.h"
#include "base/text.h"
#include "service/transaction/edit_print.h"
#include "service/transaction/folder.h"
#include "workspace/model/limits.h"
#include "workspace/path.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { LAST_SIZE = sizeof SERVICE_EDIT_LAST - 1 + BASE_HASH_HEX + 1 };

/* A line for each of 2^31 assets would not fit into memory anyhow. */
static const uint64_t journal_limit = UINT64_C(1) << 30;

void service_edit_free(struct service_edit *edit)
{
    for (size_t i = 0; i < edit->way_count; i++) {
        free(edit->ways[i].path);
    }
    for (size_t i = 0; i < edit->move_count; i++) {
        free(edit->moves[i].from);
        free(edit->moves[i].to);
    }
    for (size_t i = 0; i < edit->count; i++) {
        free(edit->files[i].path);
    }
    for (size_t i = 0; i < edit->record_count; i++) {
        free(edit->records[i].path);
    }
    free(edit->records);
    free(edit->ways);
    free(edit->moves);
    free(edit->files);
    *edit = (struct service_edit){.files = NULL};
}

/* ---- Words ---- */

static bool take(struct base_bytes *rest, const char *text)
{
    size_t size = strlen(text);
    bool there = rest->size >= size && memcmp(rest->data, text, size) == 0;
    if (there) {
        *rest = base_bytes_make(rest->data + size, rest->size - size);
    }
    return there;
}

static bool take_hash(struct base_bytes *rest, struct base_hash *hash)
{
    bool there = rest->size >= BASE_HASH_HEX && base_hash_from_hex(base_bytes_make(rest->data, BASE_HASH_HEX), hash);
    if (there) {
        *rest = base_bytes_make(rest->data + BASE_HASH_HEX, rest->size - BASE_HASH_HEX);
    }
    return there;
}

/* Decimal digits of a number up to INT32_MAX. */
static bool take_number(struct base_bytes *rest, int32_t *number)
{
    int64_t read = 0;
    size_t before = rest->size;
    while (rest->size > 0 && rest->data[0] >= '0' && rest->data[0] <= '9' && read <= INT32_MAX) {
        read = read * 10 + (rest->data[0] - '0');
        *rest = base_bytes_make(rest->data + 1, rest->size - 1);
    }
    *number = read <= INT32_MAX ? (int32_t)read : 0;
    return rest->size < before && read <= INT32_MAX;
}

/* The digits of a plain relative path, which the caller frees. NULL with ENOMEM or EBADMSG in *problem. */
static char *take_path(struct base_bytes *rest, int *problem)
{
    struct base_text path = BASE_TEXT_EMPTY;
    bool fine = true;
    while (fine && rest->size >= 2 && base_hex_value(rest->data[0]) >= 0) {
        int low = base_hex_value(rest->data[1]);
        int character = base_hex_value(rest->data[0]) * 16 + low;
        fine = low >= 0 && character > 0;
        base_text_add_char(&path, (char)character);
        *rest = base_bytes_make(rest->data + 2, rest->size - 2);
    }
    char *taken = base_text_take(&path);
    *problem = taken == NULL ? ENOMEM : 0;
    if (taken != NULL && (!fine || workspace_path_fault(taken) != NULL)) {
        free(taken);
        taken = NULL;
        *problem = EBADMSG;
    }
    return taken;
}

/* ---- Lines ---- */

/* " PATH", relative to assets/ and not in .prometeu, unless it is one of the quarantine that may be there. */
static char *take_place(struct base_bytes *rest, bool (*may_be)(const char *path), int *problem)
{
    char *path = NULL;
    *problem = EBADMSG;
    if (take(rest, " ")) {
        path = take_path(rest, problem);
    }
    if (path != NULL && workspace_root_fault(path) != NULL && !may_be(path)) {
        free(path);
        path = NULL;
        *problem = EBADMSG;
    }
    return path;
}

/* "N PATH" as it stands; the path is the caller's to free. */
static int take_way_words(struct base_bytes *rest, struct service_edit_way *way)
{
    int32_t present;
    int problem = EBADMSG;
    if (take_number(rest, &present)) {
        way->present = (size_t)present;
        way->path = take_place(rest, service_folder_is, &problem);
    }
    bool fits =
        way->path != NULL && way->present < strlen(way->path) && (way->present == 0 || way->path[way->present] == '/');
    return problem == 0 && !fits ? EBADMSG : problem;
}

static int take_way(struct base_bytes *rest, struct service_edit *edit)
{
    struct service_edit_way way = {.path = NULL};
    struct service_edit_way *ways = NULL;
    int problem = take_way_words(rest, &way);
    if (problem == 0) {
        ways = base_array_grow(edit->ways, edit->way_count, &edit->way_capacity, sizeof way);
        problem = ways == NULL ? ENOMEM : 0;
    }
    if (problem != 0) {
        free(way.path);
        return problem;
    }
    edit->ways = ways;
    ways[edit->way_count++] = way;
    return 0;
}

static int take_ends(struct base_bytes *rest, struct service_edit_move *move)
{
    int problem;
    move->from = take_place(rest, service_folder_is_files, &problem);
    if (move->from != NULL) {
        move->to = take_place(rest, service_folder_is_files, &problem);
    }
    bool apart = problem != 0 || (!workspace_path_within(move->to, move->from) &&
                                  !(service_folder_is_files(move->from) && service_folder_is_files(move->to)));
    return apart ? problem : EBADMSG;
}

/* Only what goes into the quarantine or comes out of it is copied. */
static bool may_be_copied(const struct service_edit_move *move)
{
    return service_folder_is_files(move->from) || service_folder_is_files(move->to);
}

static int take_move(struct base_bytes *rest, bool is_directory, bool is_copied, struct service_edit *edit)
{
    struct service_edit_move move = {.is_directory = is_directory, .is_copied = is_copied};
    struct service_edit_move *moves = NULL;
    int problem = take_ends(rest, &move);
    if (problem == 0 && is_copied && !may_be_copied(&move)) {
        problem = EBADMSG;
    }
    if (problem == 0) {
        moves = base_array_grow(edit->moves, edit->move_count, &edit->move_capacity, sizeof move);
        problem = moves == NULL ? ENOMEM : 0;
    }
    if (problem != 0) {
        free(move.from);
        free(move.to);
        return problem;
    }
    edit->moves = moves;
    moves[edit->move_count++] = move;
    return 0;
}

static int take_record(struct base_bytes *rest, bool is_dropped, struct service_edit *edit)
{
    struct service_edit_record record = {.is_dropped = is_dropped};
    struct service_edit_record *records = NULL;
    int problem;
    record.path = take_place(rest, service_folder_is_record, &problem);
    if (problem == 0 && !service_folder_is_record(record.path)) {
        problem = EBADMSG;
    }
    if (problem == 0) {
        records = base_array_grow(edit->records, edit->record_count, &edit->record_capacity, sizeof record);
        problem = records == NULL ? ENOMEM : 0;
    }
    if (problem != 0) {
        free(record.path);
        return problem;
    }
    edit->records = records;
    records[edit->record_count++] = record;
    return 0;
}

/* The path of another file than asset.json, below its root. */
static int take_other(struct base_bytes *rest, struct service_edit_file *file)
{
    int problem;
    file->path = take_path(rest, &problem);
    return problem == 0 && strcmp(file->path, WORKSPACE_ANCHOR_NAME) == 0 ? EBADMSG : problem;
}

/* What follows the id: "", " HASH", " - PATH" or " HASH PATH". */
static int take_target(struct base_bytes *rest, struct service_edit_file *file)
{
    bool is_new = take(rest, " - ");
    file->replaces = !is_new && take(rest, " ");
    if (file->replaces && !take_hash(rest, &file->replaced)) {
        return EBADMSG;
    }
    if (is_new || (file->replaces && take(rest, " "))) {
        return take_other(rest, file);
    }
    file->path = strdup(WORKSPACE_ANCHOR_NAME);
    return file->path == NULL ? ENOMEM : 0;
}

static int take_file(struct base_bytes *rest, bool is_deleted, struct service_edit *edit)
{
    struct service_edit_file file = {.is_deleted = is_deleted};
    if (!take_number(rest, &file.asset_id) || file.asset_id == 0) {
        return EBADMSG;
    }
    struct service_edit_file *files = NULL;
    int problem = take_target(rest, &file);
    if (problem == 0 && is_deleted && !file.replaces) {
        problem = EBADMSG;
    }
    if (problem == 0) {
        files = base_array_grow(edit->files, edit->count, &edit->capacity, sizeof file);
        problem = files == NULL ? ENOMEM : 0;
    }
    if (problem != 0) {
        free(file.path);
        return problem;
    }
    edit->files = files;
    files[edit->count++] = file;
    return 0;
}

static int take_line(struct base_bytes *rest, bool moves, struct service_edit *edit)
{
    int problem;
    if (moves && take(rest, "way ")) {
        problem = take_way(rest, edit);
    } else if (moves && take(rest, "record")) {
        problem = take_record(rest, false, edit);
    } else if (moves && take(rest, "drop")) {
        problem = take_record(rest, true, edit);
    } else if (moves && take(rest, "file")) {
        problem = take_move(rest, false, false, edit);
    } else if (moves && take(rest, "directory")) {
        problem = take_move(rest, true, false, edit);
    } else if (moves && take(rest, "copy")) {
        problem = take_move(rest, true, true, edit);
    } else if (moves && take(rest, "delete ")) {
        problem = take_file(rest, true, edit);
    } else {
        problem = take_file(rest, false, edit);
    }
    return problem == 0 && !take(rest, "\n") ? EBADMSG : problem;
}

/* Takes the last line off a journal. False when it is not there, or is not the hash of the rest. */
static bool take_last(struct base_bytes *text)
{
    if (text->size < LAST_SIZE) {
        return false;
    }
    struct base_bytes last = base_bytes_make(text->data + (text->size - LAST_SIZE), LAST_SIZE);
    struct base_bytes before = base_bytes_make(text->data, text->size - LAST_SIZE);
    struct base_hash hash;
    bool whole =
        take(&last, SERVICE_EDIT_LAST) && take_hash(&last, &hash) && base_hash_equal(hash, base_hash_of(before));
    *text = before;
    return whole;
}

/* ---- The whole ---- */

static bool begins(struct base_bytes text, const char *first)
{
    return take(&text, first);
}

static int parse(int registry_fd, struct base_bytes text, struct service_edit *edit)
{
    struct base_text first = BASE_TEXT_EMPTY;
    bool is_old = begins(text, SERVICE_EDIT_FIRST_OLD);
    if (!take_last(&text) || (!is_old && !begins(text, SERVICE_EDIT_FIRST))) {
        return EBADMSG;
    }
    int problem = service_edit_print_first(registry_fd, is_old ? SERVICE_EDIT_FIRST_OLD : SERVICE_EDIT_FIRST, &first);
    if (problem == 0 && !take(&text, base_text_string(&first))) {
        problem = ESTALE;
    }
    base_text_free(&first);
    while (problem == 0 && text.size > 0) {
        problem = take_line(&text, !is_old, edit);
    }
    return problem == ENOENT ? ESTALE : problem;
}

int service_edit_read(int registry_fd, const char *name, struct service_edit *edit)
{
    *edit = (struct service_edit){.files = NULL};
    struct base_file file;
    uint8_t *data = NULL;
    size_t size = 0;
    int problem = base_file_open_below(&file, registry_fd, name);
    if (problem == 0) {
        problem = base_file_read_all(&file, journal_limit, &data, &size);
        base_file_close(&file);
    }
    if (problem == 0) {
        problem = parse(registry_fd, base_bytes_make(data, size), edit);
    }
    free(data);
    return problem >= BASE_FILE_NOT_REGULAR ? EBADMSG : problem;
}
