#include "writer/plan/plan.h"

#include "base/checked.h"

#include <stdlib.h>
#include <string.h>

static size_t count_inputs(const struct workspace *workspace)
{
    size_t count = 0;
    for (size_t i = 0; i < workspace->asset_count; i++) {
        count += workspace->assets[i].declaration.input_count;
    }
    return count;
}

/* Takes over what is packed of an asset. */
static bool keep(struct writer_planned *planned, const struct writer_packed *packed)
{
    planned->packed = packed;
    planned->size = packed->size;
    planned->decoded_size = packed->decoded_size;
    planned->payload_hash = packed->payload_hash;
    planned->decoded_hash = packed->decoded_hash;
    for (size_t i = 0; i < planned->asset->declaration.input_count; i++) {
        planned->seen[i] = packed->inputs[i];
    }
    planned->metadata = strdup(packed->metadata);
    planned->pipeline = packed->pipeline != NULL ? strdup(packed->pipeline) : NULL;
    planned->tiles = packed->tiles != NULL ? strdup(packed->tiles) : NULL;
    for (size_t i = 0; i < packed->warning_count; i++) {
        if (!writer_warnings_add(&planned->warnings, &packed->warnings[i])) {
            return false;
        }
    }
    return planned->metadata != NULL && (planned->pipeline != NULL || packed->pipeline == NULL) &&
           (planned->tiles != NULL || packed->tiles == NULL);
}

bool writer_plan_create(struct writer_plan *plan, struct base_task *task, const struct workspace *workspace,
                        const struct writer_provider *provider)
{
    *plan = (struct writer_plan){.task = task, .count = workspace->asset_count};
    size_t inputs = count_inputs(workspace);
    /* An empty build set and an asset without inputs are plans too. */
    plan->assets = calloc(plan->count > 0 ? plan->count : 1, sizeof *plan->assets);
    plan->inputs = calloc(inputs > 0 ? inputs : 1, sizeof *plan->inputs);
    plan->seen = calloc(inputs > 0 ? inputs : 1, sizeof *plan->seen);
    if (plan->assets == NULL || plan->inputs == NULL || plan->seen == NULL) {
        writer_plan_free(plan);
        return false;
    }
    for (size_t i = 0; i < inputs; i++) {
        plan->inputs[i].seen = &plan->seen[i];
    }
    size_t next = 0;
    for (size_t i = 0; i < plan->count; i++) {
        plan->assets[i].asset = &workspace->assets[i];
        plan->assets[i].inputs = plan->inputs + next;
        plan->assets[i].seen = plan->seen + next;
        next += workspace->assets[i].declaration.input_count;
        const struct writer_packed *packed = provider != NULL ? provider->find(provider->context, i) : NULL;
        bool kept = packed == NULL || keep(&plan->assets[i], packed);
        if (!kept || base_task_cancelled_in(task, i)) {
            writer_plan_free(plan);
            return false;
        }
    }
    return true;
}

void writer_plan_free(struct writer_plan *plan)
{
    for (size_t i = 0; plan->assets != NULL && i < plan->count; i++) {
        writer_palette_set_free(&plan->assets[i].collected);
        free(plan->assets[i].metadata);
        free(plan->assets[i].pipeline);
        free(plan->assets[i].tiles);
        writer_warnings_free(&plan->assets[i].warnings);
    }
    free(plan->assets);
    free(plan->inputs);
    free(plan->seen);
    *plan = (struct writer_plan){.assets = NULL};
}

bool writer_plan_lay_out(struct writer_plan *plan)
{
    uint64_t end = 0;
    for (size_t i = 0; i < plan->count; i++) {
        struct writer_planned *planned = &plan->assets[i];
        planned->offset = end;
        if (!base_add_u64(end, planned->size, &end) || end > WRITER_INTEGER_MAX) {
            return false;
        }
    }
    plan->payload_size = end;
    return true;
}

uint64_t writer_plan_input_bytes(const struct writer_plan *plan)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < plan->count; i++) {
        for (size_t k = 0; k < plan->assets[i].asset->declaration.input_count; k++) {
            sum += plan->assets[i].seen[k].stamp.size;
        }
    }
    return sum;
}

size_t writer_plan_kept(const struct writer_plan *plan)
{
    size_t kept = 0;
    for (size_t i = 0; i < plan->count; i++) {
        kept += plan->assets[i].packed != NULL;
    }
    return kept;
}

void writer_plan_report(const struct writer_plan *plan, writer_packed_sink sink, void *context)
{
    bool more = true;
    for (size_t i = 0; more && i < plan->count && !base_task_cancelled_in(plan->task, i); i++) {
        const struct writer_planned *planned = &plan->assets[i];
        const struct writer_packed packed = {
            .offset = planned->offset,
            .size = planned->size,
            .decoded_size = planned->decoded_size,
            .metadata = planned->metadata,
            .pipeline = planned->pipeline,
            .tiles = planned->tiles,
            .payload_hash = planned->payload_hash,
            .decoded_hash = planned->decoded_hash,
            .inputs = planned->seen,
            .warnings = planned->warnings.items,
            .warning_count = planned->warnings.count,
        };
        more = sink(context, i, &packed);
    }
}
