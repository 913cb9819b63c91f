#include "service/change.h"

#include "base/report.h"
#include "service/former.h"
#include "service/history/compose.h"
#include "service/planned.h"
#include "service/policy.h"
#include "service/step.h"
#include "service/transaction/apply.h"
#include "service/transaction/settle.h"
#include "workspace/leads.h"
#include "workspace/path.h"

#include <stdlib.h>
#include <string.h>

/* One call. */
struct work {
    struct base_task *task;
    const struct service_change_wish *wish;
    const struct service_site *site;
    service_plan_change plan;
    const void *request;
    struct service_change_result *result;
    struct base_findings *findings;
    struct workspace workspace;
    struct workspace_finder finder;
    const struct workspace_record **records; /* that the request names, in rising asset_id */
    size_t count;
};

static bool report_memory(const struct work *work)
{
    base_report_out_of_memory(work->findings, NULL);
    return false;
}

/* ---- The assets ---- */

static bool take_asset(const struct work *work, const struct workspace_record *record,
                       struct service_changed_asset *asset)
{
    const char *name = workspace_finder_name(&work->finder, record);
    *asset = (struct service_changed_asset){
        .asset_id = record->asset_id,
        .asset_uuid = strdup(record->asset_uuid),
        .root = strdup(record->root),
        .path = workspace_assets_path(work->site->assets, record->root, NULL),
        .name = name != NULL ? strdup(name) : NULL,
    };
    return asset->asset_uuid != NULL && asset->root != NULL && asset->path != NULL &&
           (name == NULL || asset->name != NULL);
}

static bool find_assets(struct work *work)
{
    const struct service_strings *names = &work->wish->names;
    struct service_change_result *result = work->result;
    if (!service_finder_begin(&work->finder, &work->workspace, work->site, work->findings)) {
        return false;
    }
    work->records = calloc(names->count + 1, sizeof(const struct workspace_record *));
    result->assets = calloc(names->count + 1, sizeof *result->assets);
    if (work->records == NULL || result->assets == NULL) {
        return report_memory(work);
    }
    if (!workspace_finder_find_all(&work->finder, names->items, names->count, work->records, &work->count,
                                   work->findings)) {
        return false;
    }
    bool fine = true;
    for (size_t i = 0; fine && i < work->count; i++) {
        fine = take_asset(work, work->records[i], &result->assets[result->count++]);
    }
    return fine ? true : report_memory(work);
}

/* ---- The plan ---- */

/* Whatever needs memory comes before anything is written. */
static bool carry_out(const struct work *work, const struct workspace_plan *plan,
                      const struct service_history_note *note)
{
    const struct base_policy policy = service_policy_of(work->wish->findings, true);
    struct base_text history = BASE_TEXT_EMPTY;
    if (!service_planned_show_all(&work->result->plan, work->site->assets, plan)) {
        return report_memory(work);
    }
    bool fine =
        service_history_compose(work->task, work->site, &work->workspace, plan, note, &history, work->findings) &&
        service_policy_permits(&policy, work->findings) &&
        (work->wish->dry_run ||
         service_apply(work->task, work->site, plan, &history, work->findings) != SERVICE_APPLY_ABANDONED);
    base_text_free(&history);
    return fine;
}

/* What the history says, unless the operation has said it. */
static void note_changes(const struct work *work, struct service_history_note *note)
{
    if (note->words.size > 0) {
        return;
    }
    base_text_add_string(&note->words, note->name);
    for (size_t i = 0; i < work->result->count; i++) {
        const struct service_changed_asset *asset = &work->result->assets[i];
        if (asset->changed) {
            service_history_note_asset(note, asset->asset_id, asset->name);
        }
    }
    service_history_note_end(note);
}

static bool plan_and_carry_out(struct work *work)
{
    struct service_history_note note = {.name = work->wish->operation};
    struct service_change change = {
        .task = work->task,
        .site = work->site,
        .note = &note,
        .workspace = &work->workspace,
        .records = work->records,
        .assets = work->result->assets,
        .count = work->count,
        .result = work->result,
        .request = work->request,
        .findings = work->findings,
    };
    struct workspace_plan plan = WORKSPACE_PLAN_EMPTY;
    bool fine = work->plan(&change, &plan);
    if (fine) {
        note_changes(work, &note);
        fine = carry_out(work, &plan, &note);
    }
    base_text_free(&note.words);
    workspace_plan_free(&plan);
    return fine;
}

/* ---- All together ---- */

static bool run(struct work *work)
{
    if (!workspace_open(&work->workspace, &work->site->place, work->task, work->findings)) {
        return false;
    }
    bool fine = find_assets(work) && plan_and_carry_out(work);
    workspace_lead_on(&work->workspace, work->findings);
    workspace_finder_free(&work->finder);
    workspace_close(&work->workspace);
    free((void *)work->records);
    return fine;
}

static void drop_assets(struct service_change_result *result)
{
    for (size_t i = 0; i < result->count; i++) {
        struct service_changed_asset *asset = &result->assets[i];
        free(asset->asset_uuid);
        free(asset->root);
        free(asset->path);
        free(asset->name);
        free(asset->old_name);
        free(asset->old_root);
        free(asset->folder);
        free(asset->old_path);
    }
    free(result->assets);
    free(result->undone_text);
    result->undone_text = NULL;
    result->operation = 0;
    result->undone = 0;
    result->assets = NULL;
    result->count = 0;
    service_planned_free(&result->plan);
}

struct service_change_wish service_change_wish_of(const struct service_change_request *request, const char *operation,
                                                  const char *cancelled)
{
    return (struct service_change_wish){
        .operation = operation,
        .assets = request->assets,
        .names = request->names,
        .dry_run = request->dry_run,
        .wait = request->wait,
        .findings = &request->findings,
        .cancelled = cancelled,
    };
}

enum service_status service_change_run(struct base_task *task, const char *workspace,
                                       const struct service_change_wish *wish, service_plan_change plan,
                                       const void *request, struct service_change_result *result,
                                       struct base_findings *findings)
{
    const struct workspace_place place = {.project = workspace, .assets = wish->assets};
    const struct service_lock_wish lock = {.task = task, .wait = wish->wait};
    struct service_site site;
    *result = (struct service_change_result){.dry_run = wish->dry_run};
    if (service_enter_workspace(&site, &place, &lock, !wish->dry_run, findings)) {
        struct base_findings step;
        base_findings_init(&step);
        struct work work = {.task = task,
                            .wish = wish,
                            .site = &site,
                            .plan = plan,
                            .request = request,
                            .result = result,
                            .findings = &step,
                            .workspace = WORKSPACE_EMPTY};
        result->done = run(&work);
        service_site_close(&site);
        service_step_end_last(task, findings, &step, result->done);
    }
    if (!result->done) {
        drop_assets(result);
        service_report_cancelled(task, findings, wish->cancelled);
    }
    return service_status_of_findings(findings);
}

void service_change_result_free(struct service_change_result *result)
{
    drop_assets(result);
    *result = (struct service_change_result){.assets = NULL};
}
