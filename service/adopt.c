/* adopt: docs/contracts/workspace.md, 8.9. */
#include "base/report.h"
#include "service/adding/check.h"
#include "service/change.h"
#include "service/policy.h"
#include "workspace/edit/adoption.h"
#include "workspace/path.h"

#include <stdlib.h>
#include <string.h>

static enum service_adopted adopted_of(enum workspace_adopted_as as)
{
    switch (as) {
    case WORKSPACE_ADOPTED_MOVED:
        return SERVICE_ADOPTED_MOVED;
    case WORKSPACE_ADOPTED_COPY:
        return SERVICE_ADOPTED_COPY;
    case WORKSPACE_ADOPTED_NEW:
        return SERVICE_ADOPTED_NEW;
    case WORKSPACE_ADOPTED_NOT:
    case WORKSPACE_ADOPTED_REGISTERED:
        break;
    }
    return SERVICE_ADOPTED_REGISTERED;
}

/* The result takes the strings. False when memory ran out. */
static bool take(const char *assets, bool dry_run, struct workspace_adopted *adopted,
                 struct service_changed_asset *asset)
{
    *asset = (struct service_changed_asset){
        .asset_id = adopted->asset_id,
        .asset_uuid = strdup(adopted->asset_uuid),
        .root = adopted->root,
        .path = workspace_assets_path(assets, adopted->root, NULL),
        .name = adopted->name,
        .old_name = adopted->old_name,
        .old_root = adopted->old_root,
        .old_path = adopted->old_root != NULL ? workspace_assets_path(assets, adopted->old_root, NULL) : NULL,
        .adopted = adopted_of(adopted->as),
        .has_uuid = !dry_run || !adopted->drew_uuid,
        .original = adopted->original,
        .changed = adopted->as != WORKSPACE_ADOPTED_REGISTERED,
    };
    adopted->root = NULL;
    adopted->name = NULL;
    adopted->old_name = NULL;
    adopted->old_root = NULL;
    return asset->asset_uuid != NULL && asset->path != NULL && (asset->old_root == NULL || asset->old_path != NULL);
}

static bool show(const struct service_change *change, bool dry_run, struct workspace_adoption *adoption)
{
    struct service_change_result *result = change->result;
    free(result->assets);
    result->assets = calloc(adoption->count + 1, sizeof *result->assets);
    bool fine = result->assets != NULL;
    for (size_t i = 0; fine && i < adoption->count; i++) {
        struct workspace_adopted *adopted = &adoption->items[i];
        fine = adopted->as == WORKSPACE_ADOPTED_NOT ||
               take(change->workspace->assets_path, dry_run, adopted, &result->assets[result->count++]);
    }
    if (!fine) {
        base_report_out_of_memory(change->findings, NULL);
    }
    return fine;
}

static bool plan(struct service_change *change, struct workspace_plan *plan)
{
    const struct service_adopt_request *request = change->request;
    const struct base_policy policy = service_policy_of(&request->findings, true);
    struct service_add_check check = {
        .task = change->task,
        .max_decoded = request->max_decoded,
        .anyway = request->anyway,
    };
    const struct workspace_add_options options = {
        .tile_size = -1,
        .preload = -1,
        .slot = -1,
        .anyway = request->anyway,
        .jobs = request->jobs,
        .policy = &policy,
        .check = service_add_check,
        .check_context = &check,
    };
    struct workspace_adoption adoption;
    bool fine = workspace_plan_adopt(change->workspace, request->roots.items, request->roots.count, request->as_copy,
                                     &options, plan, &adoption, change->findings) &&
                show(change, request->dry_run, &adoption);
    workspace_adoption_free(&adoption);
    return fine;
}

enum service_status service_adopt(struct base_task *task, const char *workspace,
                                  const struct service_adopt_request *request, struct service_change_result *result,
                                  struct base_findings *findings)
{
    const struct service_change_wish wish = {
        .operation = "adopt",
        .assets = request->assets,
        .dry_run = request->dry_run,
        .wait = request->wait,
        .findings = &request->findings,
        .cancelled = "nothing was adopted",
    };
    return service_change_run(task, workspace, &wish, plan, request, result, findings);
}
