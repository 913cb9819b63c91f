#include "service/former.h"

#include "base/report.h"
#include "service/showing/set.h"

#include <stdlib.h>

/* False when memory ran out. */
static bool remember_of(struct workspace_finder *finder, const bool *lost, struct service_show_set *set)
{
    const struct workspace_registry *registry = &finder->workspace->registry;
    bool fine = true;
    for (size_t i = 0; fine && i < registry->count; i++) {
        const struct workspace_record *record = &registry->records[i];
        if (!lost[i] || !service_recorded_find(&set->recorded, record->asset_id, record->asset_uuid)) {
            continue;
        }
        size_t entry = pp_pack_find_id(set->pack, record->asset_id);
        fine = entry == PP_NO_ENTRY || workspace_finder_remember(finder, i, service_show_set_name(set, entry));
    }
    return fine;
}

/* Reads the set without its lock, because a dry run takes none. False when memory ran out. */
static bool remember(struct workspace_finder *finder, const bool *lost, const struct service_site *site)
{
    struct base_task *task = finder->workspace->task;
    struct base_findings unsaid;
    struct service_output output;
    base_findings_init(&unsaid);
    bool fine = service_output_find(&output, site, NULL);
    if (fine) {
        struct service_show_set set;
        service_show_set_glance(&set, task, &output, &unsaid);
        fine = !unsaid.out_of_memory && (set.built != SERVICE_BUILT_WITH || remember_of(finder, lost, &set));
        service_show_set_close(&set);
    }
    service_output_free(&output);
    base_findings_free(&unsaid);
    return fine;
}

/* False when memory ran out. */
static bool remember_lost(struct workspace_finder *finder, const struct service_site *site)
{
    const struct workspace *workspace = finder->workspace;
    bool *lost = calloc(workspace->registry.count + 1, sizeof *lost);
    bool any = false;
    bool out_of_memory = lost == NULL;
    for (size_t i = 0; lost != NULL && i < workspace->registry.count && !base_task_cancelled_in(workspace->task, i);
         i++) {
        lost[i] = workspace_finder_is_lost(finder, i, &out_of_memory);
        any = any || lost[i];
    }
    bool fine = !out_of_memory && (!any || remember(finder, lost, site));
    free(lost);
    return fine;
}

bool service_finder_begin(struct workspace_finder *finder, const struct workspace *workspace,
                          const struct service_site *site, struct base_findings *findings)
{
    if (!workspace_finder_begin(finder, workspace, findings)) {
        return false;
    }
    if (!remember_lost(finder, site)) {
        base_report_out_of_memory(findings, NULL);
        return false;
    }
    return !base_task_cancelled(workspace->task);
}
