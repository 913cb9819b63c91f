/* undo: docs/contracts/workspace.md, 8.8.
 *
 * The line of the operation says what it has changed. Each part of it is compared with what is there now: undo changes
 * nothing that is not as the operation left it. Then the parts are planned the other way round. */
#include "base/file.h"
#include "base/hash.h"
#include "base/report.h"
#include "service/change.h"
#include "service/history/file.h"
#include "service/history/take_back.h"
#include "service/history/undone.h"
#include "service/quarantine/put.h"
#include "service/transaction/folder.h"
#include "service/transaction/names.h"
#include "workspace/declaration/declaration.h"
#include "workspace/document/document.h"
#include "workspace/edit/joining.h"
#include "workspace/edit/registry_step.h"
#include "workspace/edit/way.h"
#include "workspace/model/limits.h"
#include "workspace/path.h"
#include "workspace/registry/sound.h"
#include "json/value.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* One call. */
struct undoing {
    struct service_change *change;
    struct workspace_plan *plan;
    const struct service_history_line *line;
    struct service_past past;
    struct workspace_registry registry; /* as it will be; its strings are borrowed */
    struct workspace_taken taken;       /* by the build set as it is, and what joins it */
    uint64_t next;                      /* the number of the next folder */
    uint64_t folders;                   /* that are made */
};

static bool report_memory(const struct service_change *change)
{
    base_report_out_of_memory(change->findings, NULL);
    return false;
}

/* Says why it cannot be undone. `path` is relative to assets/, or NULL; asset_id 0: no asset is named. */
static bool block(const struct undoing *undoing, const char *path, int32_t asset_id, const char *fault)
{
    const struct service_change *change = undoing->change;
    char *display = path != NULL ? workspace_assets_path(change->workspace->assets_path, path, NULL)
                                 : workspace_assets_path(change->site->registry, SERVICE_HISTORY_NAME, NULL);
    const struct base_details details = {
        .place = {.file = display, .has_asset_id = asset_id != 0, .asset_id = asset_id},
    };
    change->findings->out_of_memory = change->findings->out_of_memory || display == NULL;
    base_report(change->findings, DIAG_UNDO_BLOCKED, &details, "operation %" PRIu64 " cannot be undone: %s",
                undoing->line->operation, fault);
    free(display);
    return false;
}

/* ---- The registry ---- */

static bool undo_change(struct undoing *undoing, const struct service_past_change *past)
{
    int32_t id = past->has_before ? past->before.asset_id : past->after.asset_id;
    if (!service_past_take_back(past, &undoing->registry)) {
        return block(undoing, past->has_after ? past->after.root : past->before.root, id,
                     "the registry has something else of this asset now");
    }
    return id < undoing->registry.next_asset_id ||
           block(undoing, past->before.root, id, "the id was never given in this workspace");
}

/* The rules between records: what was free then may be taken now. */
static bool check_registry(const struct undoing *undoing)
{
    bool out_of_memory = false;
    bool sound = workspace_registry_is_sound(&undoing->registry, undoing->change->task, &out_of_memory);
    if (out_of_memory) {
        return report_memory(undoing->change);
    }
    return sound || block(undoing, NULL, 0, "a uuid or a root that it would bring back is taken now");
}

static bool undo_changes(struct undoing *undoing)
{
    const struct workspace_registry *old = &undoing->change->workspace->registry;
    undoing->registry = *old;
    undoing->registry.records = calloc(old->count + undoing->past.change_count + 1, sizeof *old->records);
    if (undoing->registry.records == NULL) {
        return report_memory(undoing->change);
    }
    for (size_t i = 0; i < old->count; i++) {
        undoing->registry.records[i] = old->records[i];
    }
    bool fine = true;
    for (size_t i = 0; i < undoing->past.change_count; i++) {
        fine = undo_change(undoing, &undoing->past.changes[i]) && fine;
    }
    return fine && check_registry(undoing);
}

/* ---- The build set ---- */

/* Where the files of an asset are that it brings back. *moved: they were moved, and go back to its root. */
static char *find_files(const struct undoing *undoing, const struct workspace_record *record, bool *moved)
{
    for (size_t i = 0; i < undoing->past.move_count; i++) {
        if (strcmp(undoing->past.moves[i].from, record->root) == 0) {
            *moved = true;
            return undoing->past.moves[i].to;
        }
    }
    *moved = false;
    return record->root;
}

/* Whether the build set can have a record again. One that was removed without files comes back as it was. */
static bool check_joining(struct undoing *undoing, const struct workspace_record *record)
{
    struct service_change *change = undoing->change;
    bool moved;
    int32_t other;
    char *place = find_files(undoing, record, &moved);
    bool had_files = moved || undoing->past.folder_count == 0;
    switch (workspace_join(change->workspace, record, place, &undoing->taken, &other, change->findings)) {
    case WORKSPACE_NAME_TAKEN:
        return block(undoing, record->root, record->asset_id, "an asset of the build set has its name now");
    case WORKSPACE_SLOT_TAKEN:
        return block(undoing, record->root, record->asset_id, "its bank has no slot for it now");
    case WORKSPACE_JOINS_STRANGER:
        return moved || !had_files ||
               block(undoing, record->root, record->asset_id, "the files of the asset are not there any more");
    case WORKSPACE_JOINING_UNREAD:
        return false;
    case WORKSPACE_JOINS:
    case WORKSPACE_JOINS_FAULTY:
        break;
    }
    return true;
}

static bool check_build_set(struct undoing *undoing)
{
    struct service_change *change = undoing->change;
    if (!workspace_taken_begin_read(&undoing->taken, change->workspace, change->findings)) {
        return false;
    }
    bool fine = true;
    for (size_t i = 0; i < undoing->past.change_count; i++) {
        const struct service_past_change *past = &undoing->past.changes[i];
        bool joins =
            past->has_before && past->before.included_in_build && !(past->has_after && past->after.included_in_build);
        fine = (!joins || check_joining(undoing, &past->before)) && fine;
    }
    return fine;
}

/* ---- Steps ---- */

/* The step owns target and source from then on, also after a failure. */
static struct workspace_step *add_step(const struct undoing *undoing, enum workspace_action action, char *target,
                                       char *source, const char *reason)
{
    struct workspace_step *step = target != NULL ? workspace_plan_next_step(undoing->plan) : NULL;
    if (step == NULL) {
        free(target);
        free(source);
        (void)report_memory(undoing->change);
        return NULL;
    }
    *step = (struct workspace_step){.action = action, .target = target, .source = source, .reason = reason};
    undoing->plan->step_count++;
    return step;
}

/* ---- Moves ---- */

static bool report_write(const struct undoing *undoing, const char *path, int problem)
{
    char *display = workspace_assets_path(undoing->change->workspace->assets_path, path, NULL);
    const struct base_place place = {.file = display};
    base_report_write_failure(undoing->change->findings, &place, "move it back", problem);
    undoing->change->findings->out_of_memory = undoing->change->findings->out_of_memory || display == NULL;
    free(display);
    return false;
}

/* Whether what was moved is where the move has brought it. */
static bool check_moved(const struct undoing *undoing, const struct service_past_move *move, dev_t *device)
{
    int assets_fd = undoing->change->workspace->assets_fd;
    struct stat status;
    size_t present;
    int problem = workspace_way_look(assets_fd, move->to, &present);
    if (problem == 0 && fstatat(assets_fd, move->to, &status, AT_SYMLINK_NOFOLLOW) != 0) {
        problem = errno;
    }
    if (problem != 0 && problem != ENOENT && problem != ENOTDIR && problem != ELOOP) {
        return report_write(undoing, move->to, problem);
    }
    bool fits = problem == 0 && (move->is_directory ? S_ISDIR(status.st_mode) : S_ISREG(status.st_mode));
    if (!fits) {
        return block(undoing, move->to, 0, "what it moved is not there any more");
    }
    problem = workspace_way_check(assets_fd, move->to, workspace_way_above(move->to), device);
    return problem == 0 || report_write(undoing, move->to, problem);
}

/* Whether it can go back to where it was. */
static bool check_free(const struct undoing *undoing, const struct service_past_move *move, dev_t from)
{
    int assets_fd = undoing->change->workspace->assets_fd;
    size_t present;
    dev_t to = 0;
    int problem = workspace_way_look(assets_fd, move->from, &present);
    if (problem == 0) {
        return block(undoing, move->from, 0, "something is where what it moved would go back to");
    }
    if (problem == ELOOP || problem == ENOTDIR) {
        return block(undoing, move->from, 0, "a link, or something that is not a directory, is on the way back");
    }
    problem = problem == ENOENT ? workspace_way_check(assets_fd, move->from, present, &to) : problem;
    if (problem == 0 && from != to) {
        problem = EXDEV;
    }
    return problem == 0 || report_write(undoing, move->from, problem);
}

static bool move_back(const struct undoing *undoing, const struct service_past_move *move)
{
    dev_t device = 0;
    if (!check_moved(undoing, move, &device) || !check_free(undoing, move, device)) {
        return false;
    }
    char *source = strdup(move->to);
    if (source == NULL) {
        return report_memory(undoing->change);
    }
    struct workspace_step *step =
        add_step(undoing, WORKSPACE_ACTION_MOVE, strdup(move->from), source, "it was there before");
    if (step != NULL) {
        step->moves_directory = move->is_directory;
    }
    return step != NULL;
}

/* The row of an asset in the result. */
static struct service_changed_asset *row_of(const struct undoing *undoing, int32_t asset_id)
{
    struct service_change_result *result = undoing->change->result;
    for (size_t i = 0; i < result->count; i++) {
        if (result->assets[i].asset_id == asset_id) {
            return &result->assets[i];
        }
    }
    return NULL;
}

/* What came out of the quarantine goes into a new folder of it. */
static bool put_back(struct undoing *undoing, const struct service_past_move *move)
{
    dev_t device;
    if (!check_moved(undoing, move, &device)) {
        return false;
    }
    for (size_t i = 0; i < undoing->past.change_count; i++) {
        const struct service_past_change *past = &undoing->past.changes[i];
        if (!past->has_before && strcmp(past->after.root, move->to) == 0) {
            struct service_changed_asset *row = row_of(undoing, past->after.asset_id);
            return row != NULL && service_quarantine_put(undoing->change, undoing->plan, &past->after, row,
                                                         undoing->next + undoing->folders++);
        }
    }
    return block(undoing, move->to, 0, "its line in the history does not fit together");
}

static bool undo_moves(struct undoing *undoing)
{
    bool fine = true;
    for (size_t i = undoing->past.move_count; fine && i > 0; i--) {
        const struct service_past_move *move = &undoing->past.moves[i - 1];
        fine = service_folder_is_files(move->from) ? put_back(undoing, move) : move_back(undoing, move);
    }
    return fine;
}

/* The folders that it made are empty then. */
static bool drop_folders(const struct undoing *undoing)
{
    for (size_t i = 0; i < undoing->past.folder_count; i++) {
        if (add_step(undoing, WORKSPACE_ACTION_DROP, strdup(undoing->past.folders[i]), NULL,
                     "nothing of the asset is in quarantine any more") == NULL) {
            return false;
        }
    }
    return true;
}

/* ---- Files ---- */

/* The content before the operation, of what it left. False: it is not what the operation left. */
static bool splice_back(const struct service_past_file *file, struct base_bytes now, struct base_text *content)
{
    if (!base_hash_equal(base_hash_of(now), file->after) || file->at > now.size ||
        file->inserted > now.size - file->at) {
        return false;
    }
    size_t rest = file->at + file->inserted;
    base_text_add(content, base_bytes_make(now.data, file->at));
    base_text_add(content, base_bytes_make(file->removed, file->removed_size));
    base_text_add(content, base_bytes_make(now.data + rest, now.size - rest));
    return base_text_out_of_memory(content) || base_hash_equal(base_hash_of(base_text_bytes(content)), file->before);
}

static bool add_file(const struct undoing *undoing, const struct service_past_file *file, const char *root,
                     struct base_text *content)
{
    char *target = workspace_assets_path(root, file->path, NULL);
    struct workspace_step *step =
        target != NULL ? add_step(undoing, WORKSPACE_ACTION_WRITE, target, NULL, "it gets the content that it had")
                       : NULL;
    if (step == NULL) {
        return report_memory(undoing->change);
    }
    step->path_at = strlen(root) + 1;
    step->asset_id = file->asset_id;
    step->replaces = true;
    step->replaced = file->after;
    step->content = *content;
    *content = BASE_TEXT_EMPTY;
    return true;
}

/* The name that an asset of the build set gets back must not be that of another one. */
static bool check_name(const struct undoing *undoing, const struct workspace_record *record, const char *path,
                       const struct base_text *content)
{
    struct workspace_declaration declaration;
    struct base_findings unused;
    const struct base_place place = {.file = path};
    int32_t other = 0;
    base_findings_init(&unused);
    if (workspace_declaration_parse(base_text_bytes(content), &place, record, &declaration, &unused)) {
        other = workspace_taken_name(&undoing->taken, declaration.name);
        workspace_declaration_free(&declaration);
    }
    bool out_of_memory = unused.out_of_memory;
    base_findings_free(&unused);
    if (out_of_memory) {
        return report_memory(undoing->change);
    }
    return other == 0 || other == record->asset_id ||
           block(undoing, path, record->asset_id, "an asset of the build set has its name now");
}

/* Whether the operation made the record of an asset, which goes out of the registry again. */
static bool has_made(const struct undoing *undoing, int32_t asset_id)
{
    for (size_t i = 0; i < undoing->past.change_count; i++) {
        const struct service_past_change *past = &undoing->past.changes[i];
        if (!past->has_before && past->after.asset_id == asset_id) {
            return true;
        }
    }
    return false;
}

/* What was written into the asset.json of an asset that goes out of the registry stays: its uuid is its own. */
static bool undo_file(const struct undoing *undoing, const struct service_past_file *file)
{
    const struct workspace_record *record = workspace_registry_find(&undoing->registry, file->asset_id);
    if (has_made(undoing, file->asset_id)) {
        return true;
    }
    if (record == NULL) {
        return block(undoing, NULL, file->asset_id, "the asset is not registered");
    }
    char *path = workspace_assets_path(record->root, file->path, NULL);
    if (path == NULL) {
        return report_memory(undoing->change);
    }
    struct base_text content = BASE_TEXT_EMPTY;
    struct base_file opened;
    uint8_t *data = NULL;
    size_t size = 0;
    int problem = base_file_open_below(&opened, undoing->change->workspace->assets_fd, path);
    if (problem == 0) {
        problem = base_file_read_all(&opened, workspace_document_declaration.limit, &data, &size);
        base_file_close(&opened);
    }
    bool fine = problem == 0 && splice_back(file, base_bytes_make(data, size), &content);
    if (problem == ENOMEM || base_text_out_of_memory(&content)) {
        fine = report_memory(undoing->change);
    } else if (!fine) {
        (void)block(undoing, path, file->asset_id, "the file is not as it left it");
    } else {
        bool names = record->included_in_build && strcmp(file->path, WORKSPACE_ANCHOR_NAME) == 0;
        fine =
            (!names || check_name(undoing, record, path, &content)) && add_file(undoing, file, record->root, &content);
    }
    base_text_free(&content);
    free(data);
    free(path);
    return fine;
}

static bool undo_files(const struct undoing *undoing)
{
    bool fine = true;
    for (size_t i = 0; i < undoing->past.file_count; i++) {
        fine = undo_file(undoing, &undoing->past.files[i]) && fine;
    }
    return fine;
}

/* ---- The result ---- */

static bool show_change(const struct undoing *undoing, const struct service_past_change *past)
{
    struct service_change_result *result = undoing->change->result;
    const struct workspace_record *record = past->has_before ? &past->before : &past->after;
    struct service_changed_asset *asset = &result->assets[result->count++];
    *asset = (struct service_changed_asset){
        .asset_id = record->asset_id,
        .asset_uuid = strdup(record->asset_uuid),
        .root = strdup(record->root),
        .path = workspace_assets_path(undoing->change->workspace->assets_path, record->root, NULL),
        .changed = true,
    };
    bool complete = asset->asset_uuid != NULL && asset->root != NULL && asset->path != NULL;
    return complete ? true : report_memory(undoing->change);
}

static bool show(const struct undoing *undoing)
{
    struct service_change_result *result = undoing->change->result;
    free(result->assets);
    result->assets = calloc(undoing->past.change_count + 1, sizeof *result->assets);
    result->undone = undoing->line->operation;
    result->undone_text = json_token_string(undoing->line->text, undoing->line->words);
    bool fine = result->assets != NULL && result->undone_text != NULL ? true : report_memory(undoing->change);
    for (size_t i = 0; fine && i < undoing->past.change_count; i++) {
        fine = show_change(undoing, &undoing->past.changes[i]);
    }
    return fine;
}

static void note_undo(const struct undoing *undoing)
{
    enum { WORDS_SHOWN = 2000 };
    struct service_history_note *note = undoing->change->note;
    note->undoes = undoing->line->operation;
    note->numbers = undoing->folders;
    base_text_addf(&note->words, "undo %" PRIu64 ": ", undoing->line->operation);
    base_text_add_printable(&note->words, base_bytes_of_string(undoing->change->result->undone_text), WORDS_SHOWN);
}

/* ---- All together ---- */

static bool plan_registry(const struct undoing *undoing)
{
    struct service_change *change = undoing->change;
    if (undoing->past.change_count == 0) {
        return workspace_plan_registry_as_it_is(undoing->plan, change->workspace, change->findings);
    }
    return workspace_plan_registry(undoing->plan, &undoing->registry, "it has their records as they were",
                                   change->workspace->assets_path, change->findings);
}

static bool plan_line(struct undoing *undoing)
{
    struct service_change *change = undoing->change;
    int problem = service_past_read(&undoing->past, undoing->line);
    if (problem == ENOMEM) {
        return report_memory(change);
    }
    if (problem != 0) {
        return block(undoing, NULL, 0, "its line in the history does not say what it changed");
    }
    bool fine = show(undoing) && undo_changes(undoing) && check_build_set(undoing) &&
                service_quarantine_next(change, &undoing->next) && undo_moves(undoing) && drop_folders(undoing) &&
                undo_files(undoing) && workspace_check_registry_rights(change->workspace, change->findings) &&
                plan_registry(undoing);
    if (fine) {
        note_undo(undoing);
    }
    workspace_taken_free(&undoing->taken);
    free(undoing->registry.records);
    return fine;
}

static bool report_unknown(const struct service_change *change, uint64_t operation)
{
    char *display = workspace_assets_path(change->site->registry, SERVICE_HISTORY_NAME, NULL);
    const struct base_details details = {.place.file = display};
    change->findings->out_of_memory = change->findings->out_of_memory || display == NULL;
    if (operation == 0) {
        base_report(change->findings, DIAG_UNDO_BLOCKED, &details, "there is nothing to undo");
    } else {
        base_report(change->findings, DIAG_UNDO_BLOCKED, &details, "operation %" PRIu64 " is not in the history",
                    operation);
    }
    free(display);
    return false;
}

static bool plan_found(struct service_change *change, struct workspace_plan *plan,
                       const struct service_history_line *line, uint64_t by)
{
    struct undoing undoing = {.change = change, .plan = plan, .line = line};
    if (by != 0) {
        return block(&undoing, NULL, 0, "it is undone already");
    }
    bool fine = plan_line(&undoing);
    service_past_free(&undoing.past);
    return fine;
}

static bool plan(struct service_change *change, struct workspace_plan *plan)
{
    const struct service_undo_request *request = change->request;
    struct service_history_file file;
    struct service_history_line line;
    uint64_t operation = 0;
    uint64_t by = 0;
    bool fine = false;
    if (request->operation != NULL && !service_folder_number(request->operation, &operation)) {
        base_report(
            change->findings, DIAG_USAGE,
            &(struct base_details){.place = {.file = request->operation, .request_field = SERVICE_FIELD_UNDO_OPERATION},
                                   .expected = "the number of an operation"},
            "this is not the number of an operation");
        return false;
    }
    int problem = service_history_read(&file, change->site->registry_fd);
    if (problem == 0) {
        problem = service_history_find(&file, operation, &line, &by);
    }
    if (problem == 0) {
        fine = plan_found(change, plan, &line, by);
    } else if (problem == ENOENT) {
        fine = report_unknown(change, operation);
    } else {
        const struct base_place place = {.file = change->site->registry};
        base_report_read_failure(change->findings, &place, problem);
    }
    service_history_free(&file);
    return fine;
}

enum service_status service_undo(struct base_task *task, const char *workspace,
                                 const struct service_undo_request *request, struct service_change_result *result,
                                 struct base_findings *findings)
{
    const struct service_change_wish wish = {
        .operation = "undo",
        .assets = request->assets,
        .dry_run = request->dry_run,
        .wait = request->wait,
        .findings = &request->findings,
        .cancelled = "nothing was undone",
    };
    return service_change_run(task, workspace, &wish, plan, request, result, findings);
}
