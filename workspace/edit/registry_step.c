#include "workspace/edit/registry_step.h"

#include "workspace/document/document.h"
#include "workspace/document/problem.h"
#include "workspace/model/limits.h"
#include "workspace/path.h"
#include "workspace/registry/registry.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

void workspace_report_registry(struct base_findings *findings, const char *assets, int problem)
{
    char *display = workspace_assets_path(assets, WORKSPACE_REGISTRY_PATH, NULL);
    const struct base_place place = {.file = display};
    base_report_write_failure(findings, &place, "write the registry", problem);
    free(display);
}

bool workspace_plan_registry(struct workspace_plan *plan, const struct workspace_registry *registry, const char *assets,
                             struct base_findings *findings)
{
    struct workspace_step *step = workspace_plan_next_step(plan);
    char *target = step != NULL ? strdup(WORKSPACE_REGISTRY_PATH) : NULL;
    struct base_text text = BASE_TEXT_EMPTY;
    workspace_registry_print(registry, &text);
    int problem = target == NULL || base_text_out_of_memory(&text) ? ENOMEM : 0;
    if (problem == 0 && text.size > workspace_document_registry.limit) {
        problem = EFBIG;
    }
    if (problem != 0) {
        workspace_report_registry(findings, assets, problem);
        base_text_free(&text);
        free(target);
        return false;
    }
    *step = (struct workspace_step){
        .target = target,
        .content = text,
        .reason = registry->count == 0 ? "there is no registry" : "it names the new assets",
    };
    plan->step_count++;
    return true;
}
