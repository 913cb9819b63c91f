#include "base/report.h"
#include "service/adding/check.h"
#include "service/history/compose.h"
#include "service/planned.h"
#include "service/policy.h"
#include "service/service.h"
#include "service/step.h"
#include "service/transaction/apply.h"
#include "service/transaction/settle.h"
#include "workspace/edit/each.h"
#include "workspace/edit/edit.h"
#include "workspace/path.h"
#include "writer/marked.h"
#include "writer/strips.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static struct workspace_add_options options_of(const struct service_add_request *request)
{
    return (struct workspace_add_options){
        .type = request->type,
        .format = request->format,
        .name = request->name,
        .tile_size = request->tile_size != 0 ? (int)request->tile_size : -1,
        .pad = request->pad,
        .channels = request->channels,
        .preload = request->has_preload ? request->preload : -1,
        .slot = request->has_slot ? (int)request->slot : -1,
        .strip_colours = writer_strip_colours,
        .update = request->update,
        .anyway = request->anyway,
        .jobs = request->jobs,
        .are_marked = writer_pictures_are_marked,
    };
}

/* The workspace numbers the parts of the request as this room does. */
static_assert((unsigned)SERVICE_FIELD_NONE == WORKSPACE_FIELD_NONE &&
                  (unsigned)SERVICE_FIELD_ADD_TYPE == WORKSPACE_FIELD_ADD_TYPE &&
                  (unsigned)SERVICE_FIELD_ADD_FORMAT == WORKSPACE_FIELD_ADD_FORMAT &&
                  (unsigned)SERVICE_FIELD_ADD_NAME == WORKSPACE_FIELD_ADD_NAME &&
                  (unsigned)SERVICE_FIELD_ADD_TILE_SIZE == WORKSPACE_FIELD_ADD_TILE_SIZE &&
                  (unsigned)SERVICE_FIELD_ADD_PRELOAD == WORKSPACE_FIELD_ADD_PRELOAD &&
                  (unsigned)SERVICE_FIELD_ADD_SLOT == WORKSPACE_FIELD_ADD_SLOT &&
                  (unsigned)SERVICE_FIELD_ADD_PAD == WORKSPACE_FIELD_ADD_PAD &&
                  (unsigned)SERVICE_FIELD_ADD_CHANNELS == WORKSPACE_FIELD_ADD_CHANNELS &&
                  (unsigned)SERVICE_FIELD_ASSETS == WORKSPACE_FIELD_ASSETS,
              "findings of the workspace are handed on as they are");

/* One call. */
struct adding {
    struct base_task *task;
    const struct service_add_request *request;
    struct service_additions *result;
    bool done; /* the plan was carried out, or was not to be */
};

/* The result takes the strings of what is added. */
static void take_added(struct service_add_result *result, struct workspace_added *added)
{
    result->added = true;
    result->asset_id = added->asset_id;
    result->root = added->root;
    result->name = added->name;
    result->format = added->format;
    result->has_uuid = !result->dry_run || !added->drew_uuid;
    result->wrote_declaration = added->wrote_declaration;
    result->updated = added->updated;
    result->sprites = added->contents.sprites;
    result->palettes = added->contents.palettes;
    result->strip_colours = added->contents.strip_colours;
    result->ignored = added->contents.ignored;
    result->late = added->contents.late;
    added->contents = WORKSPACE_CONTENTS_EMPTY;
    result->moved = result->typed != NULL;
    static_assert(sizeof result->asset_uuid == sizeof added->asset_uuid, "a uuid has one length");
    memcpy(result->asset_uuid, added->asset_uuid, sizeof result->asset_uuid);
    added->root = NULL;
    added->name = NULL;
}

static void take_all(struct service_additions *result, struct workspace_plan *plan)
{
    struct service_add_result *last = NULL;
    size_t total = 0;
    for (size_t i = 0; i < plan->added_count; i++) {
        last = &result->items[plan->added[i].request];
        take_added(last, &plan->added[i]);
        total += !last->update || last->updated;
    }
    if (last != NULL) {
        last->last = true;
        last->total = total;
    }
}

/* Steps and assets are in one order. An update leaves the registry as it is, so that is not shown. False when memory
 * ran out. */
static bool show_plan(struct service_additions *result, const char *assets, const struct workspace_plan *plan,
                      bool update)
{
    const struct workspace_step *step = plan->steps;
    const struct workspace_step *registry = update || plan->step_count == 0 ? NULL : &plan->steps[plan->step_count - 1];
    for (size_t i = 0; plan->step_count > 0 && i < plan->added_count; i++) {
        const struct workspace_added *added = &plan->added[i];
        size_t own = 0;
        while (step[own].asset_id == added->asset_id) { /* the last step is of no asset */
            own++;
        }
        if (!service_planned_show(&result->items[added->request].plan, assets, step, own, registry)) {
            return false;
        }
        step += own;
    }
    return true;
}

/* False when memory ran out. */
static bool name_paths(struct service_additions *result, const char *assets, const struct workspace_plan *plan)
{
    for (size_t i = 0; i < plan->added_count; i++) {
        struct service_add_result *item = &result->items[plan->added[i].request];
        item->path = workspace_assets_path(assets, plan->added[i].root, NULL);
        if (item->path == NULL) {
            return false;
        }
    }
    return true;
}

/* The history with what is added. False with the reason in findings. */
static bool compose_history(const struct adding *adding, const struct service_site *site,
                            const struct workspace *workspace, const struct workspace_plan *plan,
                            struct base_text *history, struct base_findings *findings)
{
    struct service_history_note note = {.name = "add"};
    base_text_add_string(&note.words, adding->request->update ? "add new files to" : "add");
    for (size_t i = 0; i < plan->added_count; i++) {
        service_history_note_asset(&note, plan->added[i].asset_id, plan->added[i].name);
    }
    service_history_note_end(&note);
    bool fine = service_history_compose(adding->task, site, workspace, plan, &note, history, findings);
    base_text_free(&note.words);
    return fine;
}

/* Whatever needs memory comes first. */
static void carry_out(struct adding *adding, const struct service_site *site, const struct workspace *workspace,
                      struct workspace_plan *plan, struct base_findings *findings)
{
    struct base_text history = BASE_TEXT_EMPTY;
    bool named = name_paths(adding->result, site->assets, plan) &&
                 (!adding->request->dry_run || show_plan(adding->result, site->assets, plan, adding->request->update));
    if (!named) {
        base_report_out_of_memory(findings, NULL);
    } else if (compose_history(adding, site, workspace, plan, &history, findings)) {
        adding->done = adding->request->dry_run ||
                       service_apply(adding->task, site, plan, &history, findings) != SERVICE_APPLY_ABANDONED;
    }
    base_text_free(&history);
    if (adding->done) {
        take_all(adding->result, plan);
    }
}

static void take_refusals(struct service_additions *result, struct workspace_plan *plan)
{
    for (size_t i = 0; i < plan->refusal_count; i++) {
        if (plan->refusals[i] != NULL) {
            base_findings_move(&result->items[i].findings, plan->refusals[i]);
        }
        result->items[i].at_sources = plan->sources_alone[i];
    }
}

/* The roots that are planned are the files of the result, in the same order. */
static void add_opened(struct adding *adding, const struct service_site *site, const struct workspace *opened,
                       const struct workspace_add_options *options, struct base_findings *findings)
{
    struct workspace_plan plan = WORKSPACE_PLAN_EMPTY;
    const struct service_additions *result = adding->result;
    const char **roots = calloc(result->count + 1, sizeof *roots);
    if (roots == NULL) {
        base_report_out_of_memory(findings, NULL);
        return;
    }
    for (size_t i = 0; i < result->count; i++) {
        roots[i] = result->items[i].file;
    }
    if (workspace_plan_add(opened, roots, result->count, options, &plan, findings) &&
        service_policy_permits(options->policy, findings)) {
        carry_out(adding, site, opened, &plan, findings);
    }
    take_refusals(adding->result, &plan);
    workspace_plan_free(&plan);
    free((void *)roots);
}

/* ---- What is asked for ---- */

static bool begin(struct service_additions *result, size_t count, bool dry_run, struct base_findings *findings)
{
    *result = (struct service_additions){.items = calloc(count + 1, sizeof *result->items)};
    if (result->items == NULL) {
        base_report_out_of_memory(findings, NULL);
        return false;
    }
    result->count = count;
    for (size_t i = 0; i < count; i++) {
        result->items[i].dry_run = dry_run;
        base_findings_init(&result->items[i].findings);
    }
    return true;
}

static bool begin_roots(const struct adding *adding, struct base_findings *findings)
{
    const struct service_strings *roots = &adding->request->roots;
    if (!begin(adding->result, roots->count, adding->request->dry_run, findings)) {
        return false;
    }
    for (size_t i = 0; i < roots->count; i++) {
        adding->result->items[i].file = roots->items[i];
        adding->result->items[i].update = adding->request->update;
    }
    return true;
}

/* Puts the files of the directories that were asked for in the place of these. */
static bool list_each(const struct adding *adding, const struct workspace *opened,
                      const struct workspace_add_options *options, struct workspace_each *each,
                      struct base_findings *findings)
{
    const struct service_strings *roots = &adding->request->roots;
    struct service_additions files;
    if (!workspace_each_list(opened, roots->items, roots->count, options, each, findings) ||
        !begin(&files, each->count, adding->request->dry_run, findings)) {
        return false;
    }
    for (size_t i = 0; i < each->count; i++) {
        bool is_file = each->files[i].fault != WORKSPACE_EACH_NONE;
        files.items[i].typed = is_file ? strdup(each->files[i].typed) : NULL;
        files.items[i].file = is_file ? files.items[i].typed : roots->items[each->files[i].operand];
        if (files.items[i].file == NULL) {
            base_report_out_of_memory(findings, NULL);
            service_additions_free(&files);
            return false;
        }
    }
    service_additions_free(adding->result);
    *adding->result = files;
    return true;
}

static void add_locked(struct adding *adding, const struct service_site *site, struct base_findings *findings)
{
    struct workspace opened;
    if (!workspace_open(&opened, &site->place, adding->task, findings)) {
        return;
    }
    const struct base_policy policy = service_policy_of(&adding->request->findings, true);
    struct service_add_check check = {
        .task = adding->task,
        .max_decoded = adding->request->max_decoded,
        .each = adding->request->each,
        .update = adding->request->update,
        .anyway = adding->request->anyway,
    };
    struct workspace_add_options options = options_of(adding->request);
    options.policy = &policy;
    options.check = service_add_check;
    options.check_context = &check;
    struct workspace_each each = WORKSPACE_EACH_EMPTY;
    if (!adding->request->each || list_each(adding, &opened, &options, &each, findings)) {
        options.each = each.files;
        add_opened(adding, site, &opened, &options, findings);
    }
    workspace_each_free(&each);
    workspace_close(&opened);
}

/* When the task was cancelled, what was found about the roots may be wrong. */
static void drop_findings(struct service_additions *result)
{
    for (size_t i = 0; i < result->count; i++) {
        base_findings_free(&result->items[i].findings);
    }
}

static enum service_status status_of(const struct service_additions *result, const struct base_findings *findings)
{
    enum service_status status = service_status_of_findings(findings);
    for (size_t i = 0; i < result->count; i++) {
        status = service_status_worse(status, service_status_of_findings(&result->items[i].findings));
    }
    return status;
}

/* Two ways to add that do not go together. */
static bool check_request(const struct service_add_request *request, struct base_findings *findings)
{
    if (request->update && request->each) {
        base_report(findings, DIAG_USAGE, &(struct base_details){.cause = DIAG_CAUSE_UPDATE_ALONE},
                    "an update adds new files to registered assets, and does not make assets of files");
        return false;
    }
    return true;
}

enum service_status service_add(struct base_task *task, const char *workspace,
                                const struct service_add_request *request, struct service_additions *result,
                                struct base_findings *findings)
{
    struct adding adding = {.task = task, .request = request, .result = result};
    const struct workspace_place place = {.project = workspace, .assets = request->assets};
    const struct service_lock_wish wish = {.task = task, .wait = request->wait};
    struct service_site site;
    if (begin_roots(&adding, findings) && check_request(request, findings) &&
        service_enter_workspace(&site, &place, &wish, !request->dry_run, findings)) {
        struct base_findings step;
        base_findings_init(&step);
        add_locked(&adding, &site, &step);
        service_site_close(&site);
        if (adding.done) {
            base_findings_move(findings, &step);
            return status_of(result, findings);
        }
        if (!service_step_end(task, findings, &step)) {
            drop_findings(result);
        }
    }
    service_report_cancelled(task, findings, "nothing was added");
    return status_of(result, findings);
}

void service_additions_free(struct service_additions *result)
{
    for (size_t i = 0; i < result->count; i++) {
        free(result->items[i].typed);
        free(result->items[i].root);
        free(result->items[i].path);
        free(result->items[i].name);
        free(result->items[i].strip_colours);
        base_names_free(&result->items[i].sprites);
        base_names_free(&result->items[i].palettes);
        base_names_free(&result->items[i].ignored);
        base_names_free(&result->items[i].late);
        service_planned_free(&result->items[i].plan);
        base_findings_free(&result->items[i].findings);
    }
    free(result->items);
    *result = (struct service_additions){.items = NULL};
}
