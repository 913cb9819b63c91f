#include "service/planned.h"

#include "workspace/path.h"

#include <stdlib.h>

static void free_file(struct service_planned_file *file)
{
    free(file->from);
    free(file->to);
}

static bool show(struct service_planned *planned, const char *assets, const struct workspace_step *step)
{
    struct service_planned_file *file = &planned->files[planned->count];
    *file = (struct service_planned_file){
        .action = workspace_action_name(step->action),
        .from = step->source != NULL ? workspace_assets_path(assets, step->source, NULL) : NULL,
        .to = workspace_assets_path(assets, step->target, NULL),
        .reason = step->reason,
    };
    bool fine = file->to != NULL && (step->source == NULL || file->from != NULL);
    if (!fine) {
        free_file(file);
    }
    planned->count += fine ? 1 : 0;
    return fine;
}

bool service_planned_show(struct service_planned *planned, const char *assets, const struct workspace_step *steps,
                          size_t count, const struct workspace_step *last)
{
    *planned = (struct service_planned){.files = calloc(count + 1, sizeof *planned->files)};
    bool fine = planned->files != NULL;
    for (size_t i = 0; fine && i < count; i++) {
        fine = show(planned, assets, &steps[i]);
    }
    return fine && (last == NULL || show(planned, assets, last));
}

bool service_planned_show_all(struct service_planned *planned, const char *assets, const struct workspace_plan *plan)
{
    size_t count = plan->step_count - (plan->registry_stays ? 1 : 0);
    return service_planned_show(planned, assets, plan->steps, count, NULL);
}

bool service_planned_append(struct service_planned *planned, struct service_planned *more)
{
    struct service_planned_file *files = calloc(planned->count + more->count + 1, sizeof *files);
    if (files == NULL) {
        return false;
    }
    size_t count = 0;
    for (size_t i = 0; i < planned->count; i++) {
        files[count++] = planned->files[i];
    }
    for (size_t i = 0; i < more->count; i++) {
        files[count++] = more->files[i];
    }
    free(planned->files);
    free(more->files);
    *planned = (struct service_planned){.files = files, .count = count};
    *more = (struct service_planned){.files = NULL};
    return true;
}

void service_planned_free(struct service_planned *planned)
{
    for (size_t i = 0; i < planned->count; i++) {
        free_file(&planned->files[i]);
    }
    free(planned->files);
    *planned = (struct service_planned){.files = NULL};
}
