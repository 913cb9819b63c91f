#include "service/undoing/registry.h"

#include "service/history/take_back.h"
#include "service/undoing/later.h"
#include "workspace/edit/registry_step.h"
#include "workspace/registry/sound.h"

#include <stdlib.h>

static bool undo_change(struct service_undoing *undoing, const struct service_past_change *past)
{
    int32_t id = past->has_before ? past->before.asset_id : past->after.asset_id;
    if (!service_past_take_back(past, &undoing->registry)) {
        const struct service_undoing_fault fault = {
            .cause = DIAG_CAUSE_UNDO_BRANCH,
            .path = past->has_after ? past->after.root : past->before.root,
            .asset_id = id,
            .message = "the registry has something else of this asset now",
        };
        return service_undoing_block_changed(undoing, &(struct service_undoing_thing){.asset_id = id}, &fault);
    }
    return id < undoing->registry.next_asset_id ||
           service_undoing_block(undoing, &(struct service_undoing_fault){
                                              .cause = DIAG_CAUSE_UNDO_BRANCH,
                                              .path = past->before.root,
                                              .asset_id = id,
                                              .message = "the id was never given in this workspace",
                                          });
}

/* The rules between records: what was free then may be taken now. */
static bool check_registry(const struct service_undoing *undoing)
{
    bool out_of_memory = false;
    bool sound = workspace_registry_is_sound(&undoing->registry, undoing->change->task, &out_of_memory);
    if (out_of_memory) {
        return service_undoing_report_memory(undoing);
    }
    return sound ||
           service_undoing_block(undoing, &(struct service_undoing_fault){
                                              .cause = DIAG_CAUSE_UNDO_TAKEN,
                                              .message = "a uuid or a root that it would bring back is taken now",
                                          });
}

bool service_undoing_registry(struct service_undoing *undoing)
{
    const struct workspace_registry *old = &undoing->change->workspace->registry;
    undoing->registry = *old;
    undoing->registry.records = calloc(old->count + undoing->past.change_count + 1, sizeof *old->records);
    if (undoing->registry.records == NULL) {
        return service_undoing_report_memory(undoing);
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

bool service_undoing_plan_registry(const struct service_undoing *undoing)
{
    struct service_change *change = undoing->change;
    if (undoing->past.change_count == 0) {
        return workspace_plan_registry_as_it_is(undoing->plan, change->workspace, change->findings);
    }
    return workspace_plan_registry(undoing->plan, &undoing->registry, "it has their records as they were",
                                   change->workspace->assets_path, change->findings);
}
