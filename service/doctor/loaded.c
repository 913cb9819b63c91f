#include "service/doctor/loaded.h"

#include "base/parallel.h"
#include "base/policy.h"

#include <stdlib.h>

/* What the workers share. */
struct work {
    const struct workspace *workspace;
    const struct base_policy *softening;        /* makes a warning of every error */
    struct workspace_declaration *declarations; /* of each record */
    bool *known;                                /* likewise: its declaration is accepted */
    struct base_meter read;
};

static void load_one(void *context, size_t index, struct base_findings *findings)
{
    struct work *work = context;
    const struct workspace_record *record = &work->workspace->registry.records[index];
    work->known[index] = workspace_load_record(work->workspace, record, &work->declarations[index], findings);
    if (!record->included_in_build) {
        base_findings_judge(findings, work->softening);
    }
    base_meter_add(&work->read, 1);
}

static void load_all(struct work *work, unsigned jobs, struct base_findings *findings)
{
    const struct workspace *workspace = work->workspace;
    struct base_policy softening = {.strict = false};
    for (size_t i = 0; i < DIAG_COUNT; i++) {
        softening.softened[i] = true;
    }
    work->softening = &softening;
    base_meter_begin(&work->read, workspace->task, BASE_PHASE_LOADING, BASE_UNIT_ASSETS, workspace->registry.count);
    base_parallel_each(workspace->task, jobs, workspace->registry.count, load_one, work, findings);
    base_meter_end(&work->read);
}

/* Hands the declarations over: to the workspace, or to `excluded`. */
static void hand_over(struct service_doctor_loaded *loaded, struct workspace *workspace, struct work *work)
{
    for (size_t i = 0; i < workspace->registry.count; i++) {
        const struct workspace_record *record = &workspace->registry.records[i];
        if (work->known[i] && record->included_in_build) {
            workspace_take_declaration(workspace, record, &work->declarations[i]);
        } else if (work->known[i]) {
            loaded->excluded[loaded->excluded_count++] =
                (struct workspace_asset){.record = record, .declaration = work->declarations[i]};
        }
    }
}

/* Both lists rise. */
static void list_assets(struct service_doctor_loaded *loaded, const struct workspace *workspace)
{
    size_t k = 0;
    for (size_t i = 0; i < workspace->asset_count; i++) {
        while (k < loaded->excluded_count &&
               loaded->excluded[k].record->asset_id < workspace->assets[i].record->asset_id) {
            loaded->assets[loaded->count++] = &loaded->excluded[k++];
        }
        loaded->assets[loaded->count++] = &workspace->assets[i];
    }
    while (k < loaded->excluded_count) {
        loaded->assets[loaded->count++] = &loaded->excluded[k++];
    }
}

bool service_doctor_load(struct service_doctor_loaded *loaded, struct workspace *workspace, unsigned jobs,
                         struct base_findings *findings)
{
    size_t count = workspace->registry.count;
    uint64_t before = base_findings_errors(findings);
    *loaded = (struct service_doctor_loaded){
        .assets = calloc(count + 1, sizeof(const struct workspace_asset *)),
        .excluded = calloc(count + 1, sizeof *loaded->excluded),
    };
    struct work work = {
        .workspace = workspace,
        .declarations = calloc(count + 1, sizeof *work.declarations),
        .known = calloc(count + 1, sizeof *work.known),
    };
    bool fine = loaded->assets != NULL && loaded->excluded != NULL && work.declarations != NULL && work.known != NULL;
    if (fine) {
        load_all(&work, jobs, findings);
        fine = workspace_begin_load(workspace, findings);
    }
    if (fine) {
        hand_over(loaded, workspace, &work);
        loaded->fine = workspace_end_load(workspace, findings) && base_findings_errors(findings) == before;
        list_assets(loaded, workspace);
    }
    for (size_t i = 0; !fine && work.declarations != NULL && i < count; i++) {
        workspace_declaration_free(&work.declarations[i]);
    }
    free(work.declarations);
    free(work.known);
    findings->out_of_memory = findings->out_of_memory || !fine;
    return fine;
}

void service_doctor_loaded_free(struct service_doctor_loaded *loaded)
{
    for (size_t i = 0; i < loaded->excluded_count; i++) {
        workspace_declaration_free(&loaded->excluded[i].declaration);
    }
    free(loaded->excluded);
    free((void *)loaded->assets);
    *loaded = (struct service_doctor_loaded){.count = 0};
}
