/* rename: docs/contracts/workspace.md, 8.3. */
#include "workspace/edit/rename.h"
#include "base/report.h"
#include "service/change.h"
#include "workspace/model/fields.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* The workspace numbers the parts of the request as this room does. */
static_assert((unsigned)SERVICE_FIELD_RENAME_NAME == WORKSPACE_FIELD_RENAME_NAME,
              "findings of the workspace are handed on as they are");

enum { NAME_SHOWN = 100 };

static bool plan(struct service_change *change, struct workspace_plan *plan)
{
    const struct service_rename_request *request = change->request;
    struct service_changed_asset *asset = &change->assets[0];
    if (!workspace_plan_rename(change->workspace, change->records[0], request->name, plan, &asset->old_name,
                               change->findings)) {
        return false;
    }
    asset->changed = plan->step_count > 0;
    base_text_add_string(&change->note->words, "rename");
    service_history_note_asset(change->note, asset->asset_id, asset->old_name);
    base_text_add_string(&change->note->words, " to ");
    base_text_add_quoted(&change->note->words, base_bytes_of_string(request->name), NAME_SHOWN);
    free(asset->name);
    asset->name = strdup(request->name);
    if (asset->name == NULL) {
        base_report_out_of_memory(change->findings, NULL);
    }
    return asset->name != NULL;
}

enum service_status service_rename(struct base_task *task, const char *workspace,
                                   const struct service_rename_request *request, struct service_change_result *result,
                                   struct base_findings *findings)
{
    const struct service_change_wish wish = {
        .operation = "rename",
        .assets = request->assets,
        .names = {.items = &request->asset, .count = 1},
        .dry_run = request->dry_run,
        .wait = request->wait,
        .findings = &request->findings,
        .cancelled = "nothing was renamed",
    };
    return service_change_run(task, workspace, &wish, plan, request, result, findings);
}
