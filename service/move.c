/* move: docs/contracts/workspace.md, 8.6. */
#include "workspace/edit/move.h"
#include "base/report.h"
#include "service/change.h"
#include "workspace/model/fields.h"
#include "workspace/path.h"

#include <assert.h>
#include <stdlib.h>

/* The workspace numbers the parts of the request as this room does. */
static_assert((unsigned)SERVICE_FIELD_MOVE_ROOT == WORKSPACE_FIELD_MOVE_ROOT,
              "findings of the workspace are handed on as they are");

enum { ROOT_SHOWN = 200 };

static void note_move(struct service_history_note *note, const struct service_changed_asset *asset)
{
    base_text_add_string(&note->words, "move");
    service_history_note_asset(note, asset->asset_id, asset->name);
    base_text_add_string(&note->words, " from ");
    base_text_add_printable(&note->words, base_bytes_of_string(asset->old_root), ROOT_SHOWN);
    base_text_add_string(&note->words, " to ");
    base_text_add_printable(&note->words, base_bytes_of_string(asset->root), ROOT_SHOWN);
}

static bool plan(struct service_change *change, struct workspace_plan *plan)
{
    const struct service_move_request *request = change->request;
    struct service_changed_asset *asset = &change->assets[0];
    char *root;
    if (!workspace_plan_move(change->workspace, change->records[0], request->root, plan, &root, change->findings)) {
        return false;
    }
    asset->changed = plan->step_count > 0;
    asset->old_root = asset->root;
    asset->root = root;
    asset->old_path = asset->path;
    asset->path = workspace_assets_path(change->workspace->assets_path, root, NULL);
    if (asset->path == NULL) {
        base_report_out_of_memory(change->findings, NULL);
        return false;
    }
    note_move(change->note, asset);
    return true;
}

enum service_status service_move(struct base_task *task, const char *workspace,
                                 const struct service_move_request *request, struct service_change_result *result,
                                 struct base_findings *findings)
{
    const struct service_change_wish wish = {
        .operation = "move",
        .assets = request->assets,
        .names = {.items = &request->asset, .count = 1},
        .dry_run = request->dry_run,
        .wait = request->wait,
        .findings = &request->findings,
        .cancelled = "nothing was moved",
    };
    return service_change_run(task, workspace, &wish, plan, request, result, findings);
}
