#include "writer/plan.h"

#include "base/checked.h"

#include <stdlib.h>

static size_t count_inputs(const struct pp_workspace *workspace)
{
    size_t count = 0;
    for (size_t i = 0; i < workspace->asset_count; i++) {
        count += workspace->assets[i].declaration.input_count;
    }
    return count;
}

bool pp_writer_plan_create(struct pp_plan *plan, const struct pp_workspace *workspace)
{
    *plan = (struct pp_plan){.count = workspace->asset_count};
    size_t inputs = count_inputs(workspace);
    /* An empty build set and an asset without inputs are plans too. */
    plan->assets = calloc(plan->count > 0 ? plan->count : 1, sizeof *plan->assets);
    plan->inputs = calloc(inputs > 0 ? inputs : 1, sizeof *plan->inputs);
    if (plan->assets == NULL || plan->inputs == NULL) {
        pp_writer_plan_free(plan);
        return false;
    }
    struct pp_input_facts *next = plan->inputs;
    for (size_t i = 0; i < plan->count; i++) {
        plan->assets[i].asset = &workspace->assets[i];
        plan->assets[i].inputs = next;
        next += workspace->assets[i].declaration.input_count;
    }
    return true;
}

void pp_writer_plan_free(struct pp_plan *plan)
{
    for (size_t i = 0; plan->assets != NULL && i < plan->count; i++) {
        pp_writer_palette_set_free(&plan->assets[i].collected);
        free(plan->assets[i].metadata);
    }
    free(plan->assets);
    free(plan->inputs);
    *plan = (struct pp_plan){.assets = NULL};
}

bool pp_writer_plan_lay_out(struct pp_plan *plan)
{
    uint64_t end = 0;
    for (size_t i = 0; i < plan->count; i++) {
        struct pp_planned *planned = &plan->assets[i];
        planned->offset = end;
        if (!pp_add_u64(end, planned->size, &end) || end > PP_LAYOUT_INTEGER_MAX) {
            return false;
        }
    }
    plan->payload_size = end;
    return true;
}

uint64_t pp_writer_plan_input_bytes(const struct pp_plan *plan)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < plan->count; i++) {
        for (size_t k = 0; k < plan->assets[i].asset->declaration.input_count; k++) {
            sum += plan->assets[i].inputs[k].size;
        }
    }
    return sum;
}
