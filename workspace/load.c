/* The build set: every declaration of it, and the rule that holds between them. */
#include "workspace/declaration/load.h"
#include "base/sort.h"
#include "workspace/assets.h"
#include "workspace/document/problem.h"
#include "workspace/name_twice.h"
#include "workspace/workspace.h"

#include <stdlib.h>
#include <string.h>

static int by_name(const void *a, const void *b)
{
    const struct workspace_asset *x = *(const struct workspace_asset *const *)a;
    const struct workspace_asset *y = *(const struct workspace_asset *const *)b;
    int order = strcmp(x->declaration.name, y->declaration.name);
    if (order != 0) {
        return order;
    }
    return (x->record->asset_id > y->record->asset_id) - (x->record->asset_id < y->record->asset_id);
}

static void check_names(const struct workspace *workspace, struct base_findings *findings)
{
    if (workspace->asset_count == 0) {
        return;
    }
    const struct workspace_asset **sorted = calloc(workspace->asset_count, sizeof(const struct workspace_asset *));
    if (sorted == NULL) {
        base_report_out_of_memory(findings, NULL);
        return;
    }
    for (size_t i = 0; i < workspace->asset_count; i++) {
        sorted[i] = &workspace->assets[i];
    }
    (void)base_sort(sorted, workspace->asset_count, sizeof(const struct workspace_asset *), by_name, workspace->task);
    size_t first = 0;
    for (size_t i = 1; i < workspace->asset_count && !base_task_cancelled_in(workspace->task, i); i++) {
        if (strcmp(sorted[i]->declaration.name, sorted[first]->declaration.name) == 0) {
            workspace_report_name_twice(workspace, sorted[i], sorted[first]->record, findings);
        } else {
            first = i;
        }
    }
    free(sorted);
}

bool workspace_load_record(const struct workspace *workspace, const struct workspace_record *record,
                           struct workspace_declaration *declaration, struct base_findings *findings)
{
    return workspace_declaration_load(workspace->assets_path, workspace->assets_fd, record->root, record, declaration,
                                      findings);
}

bool workspace_begin_load(struct workspace *workspace, struct base_findings *findings)
{
    workspace_drop_assets(workspace);
    size_t included = 0;
    for (size_t i = 0; i < workspace->registry.count; i++) {
        included += workspace->registry.records[i].included_in_build ? 1 : 0;
    }
    if (included == 0) {
        return true;
    }
    workspace->assets = calloc(included, sizeof *workspace->assets);
    if (workspace->assets == NULL) {
        base_report_out_of_memory(findings, NULL);
    }
    return workspace->assets != NULL;
}

void workspace_take_declaration(struct workspace *workspace, const struct workspace_record *record,
                                struct workspace_declaration *declaration)
{
    workspace->assets[workspace->asset_count++] =
        (struct workspace_asset){.record = record, .declaration = *declaration};
    *declaration = (struct workspace_declaration){.asset_uuid = NULL};
}

bool workspace_end_load(struct workspace *workspace, struct base_findings *findings)
{
    uint64_t before = base_findings_errors(findings);
    check_names(workspace, findings);
    return workspace_nothing_wrong_since(findings, before);
}

bool workspace_load(struct workspace *workspace, struct base_findings *findings)
{
    uint64_t before = base_findings_errors(findings);
    if (!workspace_begin_load(workspace, findings)) {
        return false;
    }
    bool faulty = false;
    struct base_meter loaded;
    base_meter_begin(&loaded, workspace->task, BASE_PHASE_LOADING, BASE_UNIT_ASSETS, workspace->registry.count);
    for (size_t i = 0;
         i < workspace->registry.count && !findings->out_of_memory && !base_task_cancelled(workspace->task); i++) {
        const struct workspace_record *record = &workspace->registry.records[i];
        struct workspace_declaration declaration;
        base_meter_add(&loaded, 1);
        if (!record->included_in_build) {
            continue;
        }
        if (workspace_load_record(workspace, record, &declaration, findings)) {
            workspace_take_declaration(workspace, record, &declaration);
        } else {
            faulty = true;
        }
    }
    (void)workspace_end_load(workspace, findings);
    return !faulty && !base_task_cancelled(workspace->task) && workspace_nothing_wrong_since(findings, before);
}
