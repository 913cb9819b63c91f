#include "workspace/edit/membership.h"

#include "base/report.h"
#include "workspace/edit/registry_step.h"
#include "workspace/edit/slot.h"
#include "workspace/name_twice.h"

#include <stdlib.h>

/* ---- What joins the build set ---- */

/* Names of the build set are unique. */
static bool check_name(const struct workspace *workspace, const struct workspace_asset *asset,
                       const struct workspace_taken *taken, struct base_findings *findings)
{
    int32_t other = workspace_taken_name(taken, asset->declaration.name);
    if (other != 0) {
        workspace_report_name_twice(workspace, asset, workspace_registry_find(&workspace->registry, other), findings);
    }
    return other == 0;
}

static bool join(const struct workspace *workspace, const struct workspace_record *record,
                 struct workspace_taken *taken, struct base_findings *findings)
{
    static const struct workspace_slot_fields nothing = {.slot = 0};
    struct workspace_asset asset = {.record = record};
    bool fine = workspace_load_record(workspace, record, &asset.declaration, findings);
    if (fine) {
        fine = check_name(workspace, &asset, taken, findings);
        fine = workspace_check_slot(workspace, &asset, taken, nothing, findings) && fine;
    }
    if (fine && !workspace_taken_join(taken, &asset)) {
        base_report_out_of_memory(findings, NULL);
        fine = false;
    }
    workspace_declaration_free(&asset.declaration);
    return fine;
}

/* Whether the build set could be loaded with the records that join it, as far as it can without them. */
static bool check_joining(const struct workspace *workspace, const struct workspace_record *const *records,
                          size_t count, struct base_findings *findings)
{
    struct workspace_taken taken;
    bool read = workspace_taken_begin_read(&taken, workspace, findings);
    bool fine = read;
    for (size_t i = 0; read && i < count && !findings->out_of_memory && !base_task_cancelled(workspace->task); i++) {
        if (!records[i]->included_in_build) {
            fine = join(workspace, records[i], &taken, findings) && fine;
        }
    }
    workspace_taken_free(&taken);
    return fine && !base_task_cancelled(workspace->task);
}

/* ---- The plan ---- */

static size_t count_changes(const struct workspace_record *const *records, size_t count, bool included)
{
    size_t changes = 0;
    for (size_t i = 0; i < count; i++) {
        changes += records[i]->included_in_build != included;
    }
    return changes;
}

static bool plan_registry(const struct workspace *workspace, const struct workspace_record *const *records,
                          size_t count, bool included, struct workspace_plan *plan, struct base_findings *findings)
{
    struct workspace_registry changed = workspace->registry;
    changed.records = calloc(changed.count, sizeof *changed.records);
    if (changed.records == NULL) {
        base_report_out_of_memory(findings, NULL);
        return false;
    }
    size_t next = 0;
    for (size_t i = 0; i < changed.count; i++) {
        changed.records[i] = workspace->registry.records[i];
        if (next < count && records[next] == &workspace->registry.records[i]) {
            changed.records[i].included_in_build = included;
            next++;
        }
    }
    bool fine =
        workspace_plan_registry(plan, &changed, included ? "builds include the assets" : "builds leave the assets out",
                                workspace->assets_path, findings);
    free(changed.records); /* their strings are those of the workspace */
    return fine;
}

bool workspace_plan_membership(const struct workspace *workspace, const struct workspace_record *const *records,
                               size_t count, bool included, struct workspace_plan *plan, struct base_findings *findings)
{
    *plan = WORKSPACE_PLAN_EMPTY;
    if (count_changes(records, count, included) == 0) {
        return true;
    }
    return (!included || check_joining(workspace, records, count, findings)) &&
           workspace_check_registry_rights(workspace, findings) &&
           plan_registry(workspace, records, count, included, plan, findings);
}
