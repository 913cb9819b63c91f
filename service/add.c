#include "service/service.h"
#include "service/step.h"
#include "service/transaction/settle.h"
#include "workspace/edit/edit.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct workspace_add_options options_of(const struct service_add_request *request)
{
    return (struct workspace_add_options){
        .type = request->type,
        .format = request->format,
        .name = request->name,
        .tile_size = request->tile_size != 0 ? (int)request->tile_size : -1,
        .preload = request->has_preload ? request->preload : -1,
        .slot = request->has_slot ? (int)request->slot : -1,
    };
}

/* The workspace numbers the parts of the request as this room does. */
static_assert((unsigned)SERVICE_FIELD_NONE == WORKSPACE_ADD_FIELD_NONE &&
                  (unsigned)SERVICE_FIELD_ADD_TYPE == WORKSPACE_ADD_FIELD_TYPE &&
                  (unsigned)SERVICE_FIELD_ADD_FORMAT == WORKSPACE_ADD_FIELD_FORMAT &&
                  (unsigned)SERVICE_FIELD_ADD_NAME == WORKSPACE_ADD_FIELD_NAME &&
                  (unsigned)SERVICE_FIELD_ADD_TILE_SIZE == WORKSPACE_ADD_FIELD_TILE_SIZE &&
                  (unsigned)SERVICE_FIELD_ADD_PRELOAD == WORKSPACE_ADD_FIELD_PRELOAD &&
                  (unsigned)SERVICE_FIELD_ADD_SLOT == WORKSPACE_ADD_FIELD_SLOT,
              "findings of workspace_add are handed on as they are");

/* The result takes the strings of what was added. */
static void take(struct service_add_result *result, const struct workspace_add_result *added)
{
    *result = (struct service_add_result){
        .file = result->file,
        .added = true,
        .asset_id = added->asset_id,
        .root = added->root,
        .name = added->name,
        .format = added->format,
        .wrote_declaration = added->wrote_declaration,
    };
    static_assert(sizeof result->asset_uuid == sizeof added->asset_uuid, "a uuid has one length");
    memcpy(result->asset_uuid, added->asset_uuid, sizeof result->asset_uuid);
}

static void add_locked(struct base_task *task, const char *workspace, const char *root,
                       const struct service_add_request *request, struct service_add_result *result,
                       struct base_findings *findings)
{
    struct workspace opened;
    if (!workspace_open(&opened, workspace, task, findings)) {
        return;
    }
    const struct workspace_add_options add = options_of(request);
    struct workspace_add_result added;
    if (workspace_add(&opened, root, &add, &added, findings)) {
        take(result, &added);
    }
    workspace_close(&opened);
}

enum service_status service_add(struct base_task *task, const char *workspace, const char *root,
                                const struct service_add_request *request, struct service_add_result *result,
                                struct base_findings *findings)
{
    const struct service_lock_wish wish = {.task = task, .wait = request->wait};
    *result = (struct service_add_result){.file = root};
    int lock = service_lock_workspace(workspace, false, &wish, findings);
    if (lock >= 0) {
        struct base_findings step;
        base_findings_init(&step);
        add_locked(task, workspace, root, request, result, &step);
        (void)close(lock);
        if (result->root != NULL) {
            base_findings_move(findings, &step);
            return service_status_of_findings(findings);
        }
        (void)service_step_end(task, findings, &step);
    }
    service_report_cancelled(task, findings, "nothing was added");
    return service_status_of_findings(findings);
}

void service_add_result_free(struct service_add_result *result)
{
    free(result->root);
    free(result->name);
    *result = (struct service_add_result){.root = NULL};
}
