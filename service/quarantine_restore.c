/* quarantine restore: docs/contracts/workspace.md, 8.7. */
#include "base/report.h"
#include "service/change.h"
#include "service/quarantine/choose.h"
#include "service/quarantine/place.h"
#include "service/transaction/folder.h"
#include "workspace/edit/restore.h"
#include "workspace/path.h"

#include <stdlib.h>
#include <string.h>

static bool report_memory(const struct service_change *change)
{
    base_report_out_of_memory(change->findings, NULL);
    return false;
}

static bool block(const struct service_change *change, const struct service_chosen *chosen, const char *fault)
{
    base_report(change->findings, DIAG_RESTORE_BLOCKED, &(struct base_details){.place.file = chosen->typed}, "%s",
                fault);
    return false;
}

/* Whether the folder has what its record says. */
static bool check_whole(const struct service_change *change, const struct service_chosen *chosen)
{
    const struct service_kept *kept = &chosen->kept;
    if (kept->fault != NULL) {
        base_report(change->findings, DIAG_RESTORE_BLOCKED, &(struct base_details){.place.file = chosen->typed},
                    "record.json %s", kept->fault);
        return false;
    }
    return kept->has_files || kept->file_count == 0 ||
           block(change, chosen, "its directory, files, is not in the folder");
}

static bool take(const struct service_change *change, const struct service_chosen *chosen,
                 struct workspace_restored *restored)
{
    const struct service_kept *kept = &chosen->kept;
    *restored = (struct workspace_restored){
        .record = {.asset_id = (int32_t)kept->asset_id,
                   .asset_uuid = kept->asset_uuid,
                   .root = kept->root,
                   .included_in_build = kept->included},
        .typed = chosen->typed,
        .kept = kept->has_files ? service_folder_path(kept->folder, SERVICE_FOLDER_FILES) : NULL,
        .record_path = service_folder_path(kept->folder, SERVICE_FOLDER_RECORD),
    };
    bool complete = restored->record_path != NULL && (!kept->has_files || restored->kept != NULL);
    return complete ? true : report_memory(change);
}

/* What the result says of it. */
static bool show(const struct service_change *change, const struct service_kept *kept,
                 const struct workspace_restored *restored)
{
    struct service_changed_asset *asset = &change->result->assets[change->result->count++];
    *asset = (struct service_changed_asset){
        .asset_id = restored->record.asset_id,
        .asset_uuid = strdup(kept->asset_uuid),
        .root = strdup(kept->root),
        .path = workspace_assets_path(change->workspace->assets_path, kept->root, NULL),
        .name = kept->name != NULL ? strdup(kept->name) : NULL,
        .folder = strdup(kept->folder),
        .has_files = kept->has_files,
        .included = restored->record.included_in_build,
        .changed = true,
    };
    bool complete = asset->asset_uuid != NULL && asset->root != NULL && asset->path != NULL && asset->folder != NULL &&
                    (kept->name == NULL || asset->name != NULL);
    return complete ? true : report_memory(change);
}

static int by_id(const void *left, const void *right)
{
    int64_t a = ((const struct service_chosen *)left)->kept.asset_id;
    int64_t b = ((const struct service_chosen *)right)->kept.asset_id;
    return (a > b) - (a < b);
}

static bool plan_chosen(const struct service_change *change, const struct service_choice *choice,
                        struct workspace_restored *restored, struct workspace_plan *plan)
{
    bool fine = true;
    for (size_t i = 0; i < choice->count; i++) {
        fine = check_whole(change, &choice->items[i]) && fine;
    }
    if (choice->count > 0) {
        qsort(choice->items, choice->count, sizeof *choice->items, by_id);
    }
    for (size_t i = 0; fine && i < choice->count; i++) {
        fine = take(change, &choice->items[i], &restored[i]);
    }
    fine = fine && workspace_plan_restore(change->workspace, restored, choice->count, plan, change->findings);
    free(change->result->assets);
    change->result->assets = calloc(choice->count + 1, sizeof *change->result->assets);
    if (change->result->assets == NULL) {
        return report_memory(change);
    }
    for (size_t i = 0; fine && i < choice->count; i++) {
        fine = show(change, &choice->items[i].kept, &restored[i]);
    }
    return fine;
}

static bool plan(struct service_change *change, struct workspace_plan *plan)
{
    const struct service_restore_request *request = change->request;
    struct service_choice choice;
    bool fine = service_quarantine_choose(&choice, change->site, &request->numbers, change->findings);
    struct workspace_restored *restored = calloc(choice.count + 1, sizeof *restored);
    if (restored == NULL) {
        fine = report_memory(change);
    }
    fine = fine && service_quarantine_check_place(change) && plan_chosen(change, &choice, restored, plan);
    for (size_t i = 0; restored != NULL && i < choice.count; i++) {
        free(restored[i].kept);
        free(restored[i].record_path);
    }
    free(restored);
    service_choice_free(&choice);
    return fine;
}

enum service_status service_quarantine_restore(struct base_task *task, const char *workspace,
                                               const struct service_restore_request *request,
                                               struct service_change_result *result, struct base_findings *findings)
{
    const struct service_change_wish wish = {
        .operation = "quarantine restore",
        .assets = request->assets,
        .dry_run = request->dry_run,
        .wait = request->wait,
        .findings = &request->findings,
        .cancelled = "nothing was restored",
    };
    return service_change_run(task, workspace, &wish, plan, request, result, findings);
}
