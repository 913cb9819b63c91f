#include "service/planned.h"

#include "workspace/path.h"

#include <stdlib.h>

static bool show(struct service_planned *planned, const char *assets, const struct workspace_step *step)
{
    if (step == NULL) {
        return true;
    }
    struct service_planned_file *file = &planned->files[planned->count];
    *file = (struct service_planned_file){
        .action = "write",
        .to = workspace_assets_path(assets, step->target, NULL),
        .reason = step->reason,
    };
    planned->count += file->to != NULL ? 1 : 0;
    return file->to != NULL;
}

bool service_planned_show(struct service_planned *planned, const char *assets, const struct workspace_step *first,
                          const struct workspace_step *second)
{
    *planned = (struct service_planned){.files = calloc(2, sizeof *planned->files)};
    return planned->files != NULL && show(planned, assets, first) && show(planned, assets, second);
}

bool service_planned_show_all(struct service_planned *planned, const char *assets, const struct workspace_plan *plan)
{
    *planned = (struct service_planned){.files = calloc(plan->step_count + 1, sizeof *planned->files)};
    bool fine = planned->files != NULL;
    for (size_t i = 0; fine && i + 1 < plan->step_count; i++) {
        fine = show(planned, assets, &plan->steps[i]);
    }
    return fine;
}

void service_planned_free(struct service_planned *planned)
{
    for (size_t i = 0; i < planned->count; i++) {
        free(planned->files[i].to);
    }
    free(planned->files);
    *planned = (struct service_planned){.files = NULL};
}
