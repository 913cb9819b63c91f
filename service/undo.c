/* undo: docs/contracts/workspace.md, 8.8. */
#include "base/report.h"
#include "service/history/operations.h"
#include "service/quarantine/put.h"
#include "service/transaction/folder.h"
#include "service/undoing/build_set.h"
#include "service/undoing/choose.h"
#include "service/undoing/files.h"
#include "service/undoing/moves.h"
#include "service/undoing/registry.h"
#include "workspace/edit/registry_step.h"
#include "workspace/path.h"
#include "json/value.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* ---- The result ---- */

/* Whether a record gets another root, and its directory stays where it is: it was adopted there. */
static bool directory_stays(const struct service_undoing *undoing, const struct service_past_change *past)
{
    bool stays = past->has_before && past->has_after && strcmp(past->before.root, past->after.root) != 0;
    for (size_t i = 0; stays && i < undoing->past.move_count; i++) {
        stays = strcmp(undoing->past.moves[i].to, past->after.root) != 0;
    }
    return stays;
}

static bool show_change(const struct service_undoing *undoing, const struct service_past_change *past)
{
    struct service_change_result *result = undoing->change->result;
    const struct workspace_record *record = past->has_before ? &past->before : &past->after;
    const char *assets = undoing->change->workspace->assets_path;
    bool stays = directory_stays(undoing, past);
    struct service_changed_asset *asset = &result->assets[result->count++];
    *asset = (struct service_changed_asset){
        .asset_id = record->asset_id,
        .asset_uuid = strdup(record->asset_uuid),
        .root = strdup(record->root),
        .path = workspace_assets_path(assets, record->root, NULL),
        .old_path = stays ? workspace_assets_path(assets, past->after.root, NULL) : NULL,
        .changed = true,
    };
    bool complete =
        asset->asset_uuid != NULL && asset->root != NULL && asset->path != NULL && (!stays || asset->old_path != NULL);
    return complete ? true : service_undoing_report_memory(undoing);
}

static bool show(const struct service_undoing *undoing)
{
    struct service_change_result *result = undoing->change->result;
    free(result->assets);
    result->assets = calloc(undoing->past.change_count + 1, sizeof *result->assets);
    result->undone = undoing->line->operation;
    result->undone_text = json_token_string(undoing->line->text, undoing->line->words);
    bool fine = result->assets != NULL && result->undone_text != NULL ? true : service_undoing_report_memory(undoing);
    for (size_t i = 0; fine && i < undoing->past.change_count; i++) {
        fine = show_change(undoing, &undoing->past.changes[i]);
    }
    return fine;
}

static void note_undo(const struct service_undoing *undoing)
{
    enum { WORDS_SHOWN = 2000 };
    struct service_history_note *note = undoing->change->note;
    note->undoes = undoing->line->operation;
    note->numbers = undoing->folders;
    undoing->change->result->operation = undoing->next + (undoing->folders > 1 ? undoing->folders - 1 : 0);
    base_text_addf(&note->words, "undo %" PRIu64 ": ", undoing->line->operation);
    base_text_add_printable(&note->words, base_bytes_of_string(undoing->change->result->undone_text), WORDS_SHOWN);
}

/* ---- The plan ---- */

static bool plan_line(struct service_undoing *undoing)
{
    struct service_change *change = undoing->change;
    bool fine = show(undoing) && service_undoing_registry(undoing) && service_undoing_check_build_set(undoing) &&
                service_quarantine_next(change, &undoing->next) && service_undoing_moves(undoing) &&
                service_undoing_drop_folders(undoing) && service_undoing_files(undoing) &&
                workspace_check_registry_rights(change->workspace, change->findings) &&
                service_undoing_plan_registry(undoing);
    if (fine) {
        note_undo(undoing);
    }
    workspace_taken_free(&undoing->taken);
    free(undoing->registry.records);
    return fine;
}

static bool plan_chosen(struct service_change *change, struct workspace_plan *plan,
                        const struct service_operations *operations, uint64_t operation)
{
    struct service_undoing undoing = {.change = change, .plan = plan, .operations = operations};
    bool fine = service_undoing_choose(&undoing, operation) && plan_line(&undoing);
    service_past_free(&undoing.past);
    return fine;
}

static bool read_and_plan(struct service_change *change, struct workspace_plan *plan, uint64_t operation)
{
    struct service_history_file file;
    struct service_operations operations = {.lines = NULL};
    bool fine = false;
    int problem = service_history_read(&file, change->site->registry_fd);
    if (problem == 0) {
        problem = service_operations_read(&operations, &file);
    }
    if (problem == 0) {
        fine = plan_chosen(change, plan, &operations, operation);
    } else {
        const struct base_place place = {.file = change->site->registry};
        base_report_read_failure(change->findings, &place, problem);
    }
    service_operations_free(&operations);
    service_history_free(&file);
    return fine;
}

static bool plan(struct service_change *change, struct workspace_plan *plan)
{
    const struct service_undo_request *request = change->request;
    uint64_t operation = 0;
    if (request->operation != NULL && !service_folder_number(request->operation, &operation)) {
        base_report(
            change->findings, DIAG_USAGE,
            &(struct base_details){.place = {.file = request->operation, .request_field = SERVICE_FIELD_UNDO_OPERATION},
                                   .expected = "the number of an operation"},
            "this is not the number of an operation");
        return false;
    }
    return read_and_plan(change, plan, operation);
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
