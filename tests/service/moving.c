/* Moves the directory of a registered asset, as one edit:
 *
 *     moving FROM TO       roots, relative to assets/
 *
 * Says what prpack would say in its place, and ends with its exit codes. */
#include "service/service.h"
#include "service/transaction/apply.h"
#include "service/transaction/settle.h"
#include "workspace/edit/registry_step.h"
#include "workspace/workspace.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool add_move(struct workspace_plan *plan, int32_t asset_id, const char *from, const char *to)
{
    struct workspace_step *step = workspace_plan_next_step(plan);
    if (step == NULL) {
        return false;
    }
    *step = (struct workspace_step){
        .action = WORKSPACE_ACTION_MOVE,
        .asset_id = asset_id,
        .source = strdup(from),
        .target = strdup(to),
        .moves_directory = true,
        .reason = "test",
    };
    plan->step_count++;
    return step->source != NULL && step->target != NULL;
}

/* The record keeps everything but its root. */
static bool plan_move(struct workspace *workspace, const char *from, const char *to, struct workspace_plan *plan,
                      struct base_findings *findings)
{
    for (size_t i = 0; i < workspace->registry.count; i++) {
        struct workspace_record *record = &workspace->registry.records[i];
        if (strcmp(record->root, from) == 0) {
            char *root = strdup(to);
            if (root == NULL || !add_move(plan, record->asset_id, from, to)) {
                free(root);
                return false;
            }
            free(record->root);
            record->root = root;
            return workspace_plan_registry(plan, &workspace->registry, "it stays", workspace->assets_path, findings);
        }
    }
    return false;
}

static void move(const struct service_site *site, const char *from, const char *to, struct base_findings *findings)
{
    struct workspace workspace;
    struct workspace_plan plan = WORKSPACE_PLAN_EMPTY;
    if (!workspace_open(&workspace, &site->place, NULL, findings)) {
        return;
    }
    if (plan_move(&workspace, from, to, &plan, findings)) {
        (void)service_apply(NULL, site, &plan, NULL, findings);
    } else if (findings->count == 0) {
        base_report(findings, DIAG_ENVIRONMENT_MEMORY, NULL, "memory ran out");
    }
    workspace_plan_free(&plan);
    workspace_close(&workspace);
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        return SERVICE_STATUS_USAGE;
    }
    const struct workspace_place place = {.project = "."};
    const struct service_lock_wish wish = {.wait = false};
    struct service_site site;
    struct base_findings findings;
    base_findings_init(&findings);
    if (service_lock_workspace(&site, &place, &wish, NULL, &findings)) {
        move(&site, argv[1], argv[2], &findings);
        service_site_close(&site);
    }
    for (size_t i = 0; i < findings.count; i++) {
        const struct base_finding *finding = &findings.items[i];
        const char *found = finding->actual != NULL ? finding->actual : "";
        const char *remedy = finding->cause != DIAG_CAUSE_NONE ? diag_cause_facts(finding->cause)->remedy
                                                               : diag_facts(finding->diagnostic)->remedy;
        (void)fprintf(stderr, "%s: error[%s] %s%s%s. %s\n", finding->file != NULL ? finding->file : "assets",
                      diag_facts(finding->diagnostic)->id, finding->message, found[0] != '\0' ? ", found " : "", found,
                      remedy);
    }
    int code = findings.out_of_memory ? SERVICE_STATUS_ENVIRONMENT : (int)service_status_of_findings(&findings);
    base_findings_free(&findings);
    return code;
}
