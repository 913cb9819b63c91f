#include "service/history/record.h"

#include "base/file.h"
#include "base/hash.h"
#include "base/hex.h"
#include "service/history/date.h"
#include "service/history/splice.h"
#include "service/transaction/folder.h"
#include "workspace/document/document.h"
#include "workspace/edit/way.h"
#include "workspace/registry/registry.h"
#include "json/emit.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { LINE_LIMIT = 32 << 20 };

/* ---- Records ---- */

static void emit_record(struct json_emit *emit, const char *key, const struct workspace_record *record)
{
    json_emit_key(emit, key);
    if (record == NULL) {
        json_emit_null(emit);
        return;
    }
    json_emit_object(emit);
    json_emit_key(emit, "asset_id");
    json_emit_i64(emit, record->asset_id);
    json_emit_key(emit, "asset_uuid");
    json_emit_string(emit, record->asset_uuid);
    json_emit_key(emit, "root");
    json_emit_string(emit, record->root);
    json_emit_key(emit, "included_in_build");
    json_emit_bool(emit, record->included_in_build);
    json_emit_object_end(emit);
}

static bool is_same(const struct workspace_record *before, const struct workspace_record *after)
{
    return strcmp(before->asset_uuid, after->asset_uuid) == 0 && strcmp(before->root, after->root) == 0 &&
           before->included_in_build == after->included_in_build;
}

static void emit_change(struct json_emit *emit, const struct workspace_record *before,
                        const struct workspace_record *after)
{
    json_emit_object(emit);
    emit_record(emit, "before", before);
    emit_record(emit, "after", after);
    json_emit_object_end(emit);
}

/* Where two registries differ. Both are in rising asset_id. */
static void emit_differences(struct json_emit *emit, const struct workspace_registry *old,
                             const struct workspace_registry *changed)
{
    size_t i = 0;
    size_t j = 0;
    while (i < old->count || j < changed->count) {
        const struct workspace_record *before = i < old->count ? &old->records[i] : NULL;
        const struct workspace_record *after = j < changed->count ? &changed->records[j] : NULL;
        if (before != NULL && after != NULL && before->asset_id != after->asset_id) {
            if (before->asset_id < after->asset_id) {
                after = NULL;
            } else {
                before = NULL;
            }
        }
        i += before != NULL;
        j += after != NULL;
        if (before == NULL || after == NULL || !is_same(before, after)) {
            emit_change(emit, before, after);
        }
    }
}

static int emit_changes(struct json_emit *emit, const struct workspace *workspace, const struct workspace_plan *plan)
{
    struct workspace_registry changed = {.records = NULL};
    int problem = 0;
    json_emit_key(emit, "changes");
    json_emit_array(emit);
    if (!plan->registry_stays) {
        struct base_findings findings;
        base_findings_init(&findings);
        /* The plan has printed it: memory is all that it can lack. */
        bool read = workspace_registry_parse(base_text_bytes(&plan->steps[plan->step_count - 1].content), NULL,
                                             &BASE_NOWHERE, &changed, &findings);
        base_findings_free(&findings);
        problem = read ? 0 : ENOMEM;
    }
    if (problem == 0 && !plan->registry_stays) {
        emit_differences(emit, &workspace->registry, &changed);
    }
    workspace_registry_free(&changed);
    json_emit_array_end(emit);
    return problem;
}

/* ---- Moves ---- */

/* The first directory that is made on the way to the target of a move. Nothing when all of them are there, or the
 * target is in the quarantine. */
static void emit_made(struct json_emit *emit, const struct service_site *site, const struct workspace_step *step)
{
    size_t above = workspace_way_above(step->target);
    size_t present = 0;
    if (service_folder_is_files(step->target) ||
        workspace_way_look(site->assets_fd, step->target, &present) != ENOENT || present >= above) {
        return;
    }
    size_t begin = present > 0 ? present + 1 : 0;
    size_t end = begin + strcspn(step->target + begin, "/");
    json_emit_key(emit, "made");
    json_emit_bytes(emit, base_bytes_make((const uint8_t *)step->target, end));
}

static void emit_moves(struct json_emit *emit, const struct service_site *site, const struct workspace_plan *plan)
{
    json_emit_key(emit, "moves");
    json_emit_array(emit);
    for (size_t i = 0; i < plan->step_count; i++) {
        const struct workspace_step *step = &plan->steps[i];
        if (step->action == WORKSPACE_ACTION_MOVE) {
            json_emit_object(emit);
            json_emit_key(emit, "from");
            json_emit_string(emit, step->source);
            json_emit_key(emit, "to");
            json_emit_string(emit, step->target);
            json_emit_key(emit, "directory");
            json_emit_bool(emit, step->moves_directory);
            emit_made(emit, site, step);
            json_emit_object_end(emit);
        }
    }
    json_emit_array_end(emit);
}

/* The folders of the quarantine that are made. */
static void emit_folders(struct json_emit *emit, const struct workspace_plan *plan)
{
    json_emit_key(emit, "folders");
    json_emit_array(emit);
    for (size_t i = 0; i < plan->step_count; i++) {
        if (plan->steps[i].action == WORKSPACE_ACTION_RECORD) {
            json_emit_string(emit, plan->steps[i].target);
        }
    }
    json_emit_array_end(emit);
}

/* ---- Files ---- */

static void emit_hash(struct json_emit *emit, const char *key, struct base_hash hash)
{
    char hex[BASE_HASH_HEX + 1];
    base_hash_to_hex(hash, hex);
    json_emit_key(emit, key);
    json_emit_string(emit, hex);
}

static void emit_splice(struct json_emit *emit, struct base_bytes old, struct base_bytes content)
{
    const struct service_splice splice = service_splice_of(old, content);
    json_emit_key(emit, "at");
    json_emit_u64(emit, splice.at);
    json_emit_key(emit, "inserted");
    json_emit_u64(emit, splice.inserted);
    struct base_text hex = BASE_TEXT_EMPTY;
    for (size_t i = 0; i < splice.removed.size; i++) {
        base_text_add_char(&hex, base_hex_digit((unsigned)splice.removed.data[i] >> 4U));
        base_text_add_char(&hex, base_hex_digit(splice.removed.data[i]));
    }
    json_emit_key(emit, "removed");
    json_emit_bytes(emit, base_text_bytes(&hex));
    base_text_release(&hex, &emit->text->out_of_memory);
}

/* The file as it was when the edit was planned. One that another program has written meanwhile is not replaced (6.5),
 * so there is nothing to say of it. */
static int emit_replaced(struct json_emit *emit, const struct service_site *site, const struct workspace_step *step)
{
    struct base_file file;
    uint8_t *data = NULL;
    size_t size = 0;
    int problem = base_file_open_below(&file, site->assets_fd, step->target);
    if (problem == 0) {
        problem = base_file_read_all(&file, workspace_document_declaration.limit, &data, &size);
        base_file_close(&file);
    }
    struct base_bytes old = base_bytes_make(data, size);
    if (problem == 0 && base_hash_equal(base_hash_of(old), step->replaced)) {
        emit_splice(emit, old, base_text_bytes(&step->content));
    }
    free(data);
    return problem == ENOENT || problem == ENOTDIR || problem >= BASE_FILE_NOT_REGULAR ? 0 : problem;
}

static int emit_file(struct json_emit *emit, const struct service_site *site, const struct workspace_step *step)
{
    int problem = 0;
    bool is_deleted = step->action == WORKSPACE_ACTION_DELETE;
    json_emit_object(emit);
    json_emit_key(emit, "asset_id");
    json_emit_i64(emit, step->asset_id);
    json_emit_key(emit, "path");
    json_emit_string(emit, step->target + step->path_at);
    if (step->replaces) {
        emit_hash(emit, "before", step->replaced);
    } else {
        json_emit_key(emit, "before");
        json_emit_null(emit);
    }
    if (is_deleted) {
        json_emit_key(emit, "after");
        json_emit_null(emit);
    } else {
        emit_hash(emit, "after", base_hash_of(base_text_bytes(&step->content)));
    }
    if (step->replaces) {
        problem = emit_replaced(emit, site, step);
    }
    json_emit_object_end(emit);
    return problem;
}

/* Whether a step writes or deletes a file of an asset. */
static bool is_file(const struct workspace_step *step)
{
    return (step->action == WORKSPACE_ACTION_WRITE && step->asset_id != 0) || step->action == WORKSPACE_ACTION_DELETE;
}

static int emit_files(struct json_emit *emit, const struct service_site *site, const struct workspace_plan *plan)
{
    int problem = 0;
    json_emit_key(emit, "files");
    json_emit_array(emit);
    for (size_t i = 0; problem == 0 && i < plan->step_count; i++) {
        const struct workspace_step *step = &plan->steps[i];
        if (is_file(step)) {
            problem = emit_file(emit, site, step);
        }
    }
    json_emit_array_end(emit);
    return problem;
}

/* ---- The line ---- */

static struct json_emit begin(struct base_text *text, const struct service_history_note *note, uint64_t operation,
                              int64_t date)
{
    struct json_emit emit = json_emit_make(text);
    json_emit_object(&emit);
    json_emit_key(&emit, "operation");
    json_emit_u64(&emit, operation);
    service_date_emit(&emit, date);
    json_emit_key(&emit, "name");
    json_emit_string(&emit, note->name);
    json_emit_key(&emit, "text");
    json_emit_bytes(&emit, base_text_bytes(&note->words));
    if (note->undoes != 0) {
        json_emit_key(&emit, "undoes");
        json_emit_u64(&emit, note->undoes);
    }
    return emit;
}

/* Whether the line is the last to have the content of a file. */
static bool deletes_any(const struct workspace_plan *plan)
{
    for (size_t i = 0; i < plan->step_count; i++) {
        if (plan->steps[i].action == WORKSPACE_ACTION_DELETE) {
            return true;
        }
    }
    return false;
}

static int end(struct json_emit *emit)
{
    json_emit_object_end(emit);
    base_text_add_char(emit->text, '\n');
    return base_text_out_of_memory(emit->text) ? ENOMEM : 0;
}

int service_history_record(const struct service_site *site, const struct workspace *workspace,
                           const struct workspace_plan *plan, const struct service_history_note *note,
                           uint64_t operation, int64_t date, struct base_text *text)
{
    struct base_text line = BASE_TEXT_EMPTY;
    struct json_emit emit = begin(&line, note, operation, date);
    int problem = emit_changes(&emit, workspace, plan);
    if (problem == 0) {
        emit_moves(&emit, site, plan);
        emit_folders(&emit, plan);
        problem = emit_files(&emit, site, plan);
    }
    if (problem == 0) {
        problem = end(&emit);
    }
    if (problem == 0 && line.size > LINE_LIMIT && deletes_any(plan)) {
        problem = EFBIG;
    }
    if (problem == 0 && line.size > LINE_LIMIT) {
        base_text_clear(&line);
        emit = begin(&line, note, operation, date);
        problem = end(&emit);
    }
    base_text_add(text, base_text_bytes(&line));
    base_text_free(&line);
    return problem != 0 ? problem : base_text_out_of_memory(text) ? ENOMEM : 0;
}
