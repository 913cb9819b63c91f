/* prpack add: docs/contracts/workspace.md, 6. */
#include "base/checked.h"
#include "base/index.h"
#include "base/path.h"
#include "base/policy.h"
#include "workspace/document/problem.h"
#include "workspace/edit/candidate.h"
#include "workspace/edit/common.h"
#include "workspace/edit/each_root.h"
#include "workspace/edit/registry_step.h"
#include "workspace/edit/root.h"
#include "workspace/edit/settle.h"
#include "workspace/edit/steps.h"
#include "workspace/model/limits.h"

#include <stdlib.h>
#include <string.h>

/* Takes over what was found out about a root. False when memory ran out; the plan is then without it. */
static bool take_added(struct workspace_plan *plan, struct workspace_addition *add, size_t request)
{
    struct workspace_added *added = workspace_plan_next_added(plan);
    if (added == NULL) {
        return false;
    }
    *added = (struct workspace_added){
        .request = request,
        .asset_id = (int32_t)add->asset_id,
        .root = add->root,
        .name = strdup(add->declaration.name),
        .format = workspace_format_name(add->declaration.type, add->declaration.format),
        .drew_uuid = add->drew_uuid,
        .wrote_declaration = add->made,
        .updated = add->options->update && add->text.size > 0,
        .old_name = add->old_name,
    };
    memcpy(added->asset_uuid, add->asset_uuid, sizeof added->asset_uuid);
    if (added->name == NULL) {
        return false;
    }
    added->contents = add->contents;
    add->contents = WORKSPACE_CONTENTS_EMPTY;
    add->old_name = NULL;
    add->root = NULL;
    plan->added_count++;
    return true;
}

/* The move of the file that the root which was added last is made of. */
static bool take_move(struct workspace_plan *plan, const struct workspace_addition *add)
{
    if (add->each == NULL) {
        return true;
    }
    struct workspace_step *step = workspace_plan_next_step(plan);
    const struct workspace_added *added = &plan->added[plan->added_count - 1];
    char *source = step != NULL ? workspace_each_source(add->each) : NULL;
    char *target = source != NULL ? base_path_join(added->root, add->each->name) : NULL;
    if (target == NULL) {
        free(source);
        return false;
    }
    *step = (struct workspace_step){
        .action = WORKSPACE_ACTION_MOVE,
        .target = target,
        .asset_id = added->asset_id,
        .reason = "it becomes an asset of its own",
        .source = source,
    };
    plan->step_count++;
    return true;
}

/* The asset.json of the root that was added last, if it is to be written. */
static bool take_declaration(struct workspace_plan *plan, struct workspace_addition *add)
{
    if (add->text.size == 0) {
        return true;
    }
    struct workspace_step *step = workspace_plan_next_step(plan);
    const struct workspace_added *added = &plan->added[plan->added_count - 1];
    char *target = step != NULL ? base_path_join(added->root, WORKSPACE_ANCHOR_NAME) : NULL;
    if (target == NULL) {
        return false;
    }
    *step = (struct workspace_step){
        .target = target,
        .path_at = strlen(added->root) + 1,
        .asset_id = added->asset_id,
        .content = add->text,
        .replaces = !add->made,
        .replaced = add->replaced,
        .reason = added->updated ? "it declares the new files"
                  : add->made    ? "the directory has no asset.json"
                  : add->copy    ? "the copy gets an asset_uuid of its own"
                                 : "asset.json has no asset_uuid",
    };
    add->text = BASE_TEXT_EMPTY;
    plan->step_count++;
    return true;
}

/* Takes a root into the plan, and what it has into what is taken. False when memory ran out. */
static bool take_root(struct workspace_plan *plan, struct workspace_addition *add, size_t request)
{
    struct workspace_record record;
    const struct workspace_asset asset = workspace_addition_asset(add, &record);
    return workspace_taken_add(add->taken, &asset) && take_added(plan, add, request) && take_move(plan, add) &&
           take_declaration(plan, add);
}

/* Takes a registered root into the plan. An earlier root of the same plan may be the same one, and has taken up all.
 * False when memory ran out. */
static bool take_update(struct workspace_plan *plan, struct workspace_addition *add, size_t request)
{
    bool again = false;
    if (!workspace_taken_update(add->taken, add->asset_uuid, &again)) {
        return false;
    }
    if (again) {
        base_text_free(&add->text);
        workspace_contents_free(&add->contents);
    }
    return take_added(plan, add, request) && take_declaration(plan, add);
}

/* Whether nothing that was found keeps the root from being added. Says in which asset the findings are. */
static bool permits(const struct workspace_addition *add, bool settled)
{
    base_findings_judge(add->findings, add->options->policy);
    bool fine = settled && base_findings_errors(add->findings) == 0 && !add->findings->out_of_memory;
    base_findings_set_asset(add->findings, 0, fine ? &add->asset_id : NULL);
    return fine;
}

/* ---- Directories of one level ---- */

/* The levels on which directories were asked for; none when every operand can be a root. False when memory
 * ran out. */
static bool find_levels(const struct workspace_candidate *candidates, size_t count, struct base_index *levels)
{
    bool asked = false;
    bool fine = true;
    for (size_t i = 0; !asked && i < count; i++) {
        asked = candidates[i].add.no_root != NULL;
    }
    for (size_t i = 0; asked && fine && i < count; i++) {
        const struct workspace_addition *add = &candidates[i].add;
        const char *root = add->source_root != NULL ? add->source_root : add->root;
        fine = root == NULL || workspace_levels_add(levels, root);
    }
    return fine;
}

/* ---- Settling ---- */

/* Adds a candidate, or leaves it out; what was found about it goes into the plan. Returns whether it got the
 * next id. When memory ran out, *findings says so. */
static bool settle(struct workspace_plan *plan, struct workspace_candidate *candidate, size_t request, int64_t next_id,
                   const struct base_index *levels, struct base_findings *findings)
{
    struct workspace_addition *add = &candidate->add;
    struct base_findings found;
    base_findings_init(&found);
    add->findings = &found;
    bool update = add->options->update;
    if (add->no_root != NULL) {
        workspace_add_report_no_root(add, workspace_levels_have(levels, add->no_root));
    }
    /* Of a root that lies in an earlier one, or around it, that alone is said. */
    bool settled = update || add->anchor_display == NULL || add->passed_over || workspace_add_check_root(add);
    if (!settled) {
        workspace_add_report_undeclared(add);
    }
    if (settled && candidate->found != NULL) {
        base_findings_move(&found, candidate->found);
    }
    settled = settled && candidate->drafted && (update || workspace_add_settle(add, next_id));
    add->asset_id = update ? add->asset_id : next_id;
    bool added = permits(add, settled);
    if (added && !(update ? take_update : take_root)(plan, add, request)) {
        base_report_out_of_memory(&found, NULL);
        added = false;
    }
    plan->sources_alone[request] =
        candidate->at_sources > 0 && base_findings_errors(&found) == candidate->at_sources && !found.out_of_memory;
    if (found.count > 0 && !found.out_of_memory) {
        plan->refusals[request] = workspace_findings_aside(&found);
        found.out_of_memory = plan->refusals[request] == NULL;
    }
    base_findings_move(findings, &found);
    return added && !update;
}

/* Settles every candidate, in the order of the request. False when memory ran out, which findings then says, or the
 * task was cancelled. */
static bool settle_all(struct workspace_plan *plan, struct workspace_candidate *candidates, size_t count,
                       const struct workspace_addition *common, struct base_findings *findings)
{
    struct base_task *task = common->workspace->task;
    int64_t next_id = common->workspace->registry.next_asset_id;
    struct base_index levels = BASE_INDEX_EMPTY;
    findings->out_of_memory = !find_levels(candidates, count, &levels) || findings->out_of_memory;
    for (size_t i = 0; !findings->out_of_memory && i < count && !base_task_cancelled(task); i++) {
        next_id += settle(plan, &candidates[i], i, next_id, &levels, findings);
    }
    base_index_free(&levels);
    if (findings->out_of_memory && findings->total[DIAG_ENVIRONMENT_MEMORY] == 0) {
        base_report_out_of_memory(findings, NULL);
    }
    return !findings->out_of_memory && !base_task_cancelled(task);
}

static bool plan_roots(struct workspace_plan *plan, const struct workspace_addition *common, const char *const *roots,
                       size_t count, struct base_findings *findings)
{
    struct workspace_candidate *candidates;
    bool fine = workspace_candidates_make(common, roots, count, &candidates, findings) &&
                settle_all(plan, candidates, count, common, findings);
    workspace_candidates_free(candidates, count);
    return fine;
}

static bool begin_refusals(struct workspace_plan *plan, size_t count, struct base_findings *findings)
{
    plan->refusals = calloc(count > 0 ? count : 1, sizeof(struct base_findings *));
    plan->sources_alone = calloc(count > 0 ? count : 1, sizeof *plan->sources_alone);
    if (plan->refusals == NULL || plan->sources_alone == NULL) {
        base_report_out_of_memory(findings, NULL);
        return false;
    }
    plan->refusal_count = count;
    return true;
}

/* The registry with what is added as well: records that borrow their strings. NULL when memory ran out. */
static struct workspace_record *extend(const struct workspace_registry *old, const struct workspace_plan *plan,
                                       size_t *count)
{
    struct workspace_record *records = NULL;
    if (base_add_size(old->count, plan->added_count, count) && *count > 0) {
        records = calloc(*count, sizeof *records);
    }
    if (records == NULL) {
        return NULL;
    }
    for (size_t i = 0; i < old->count; i++) {
        records[i] = old->records[i];
    }
    for (size_t i = 0; i < plan->added_count; i++) {
        struct workspace_added *added = &plan->added[i];
        records[old->count + i] = (struct workspace_record){
            .asset_id = added->asset_id,
            .asset_uuid = added->asset_uuid,
            .root = added->root,
            .included_in_build = true,
        };
    }
    return records;
}

static bool plan_registry(struct workspace_plan *plan, const struct workspace *workspace,
                          struct base_findings *findings)
{
    const struct workspace_registry *old = &workspace->registry;
    struct workspace_registry extended = *old;
    extended.next_asset_id += (int64_t)plan->added_count;
    extended.records = extend(old, plan, &extended.count);
    if (extended.records == NULL) {
        base_report_out_of_memory(findings, NULL);
        return false;
    }
    bool fine = workspace_plan_registry(plan, &extended, "it names the new assets", workspace->assets_path, findings);
    free(extended.records);
    return fine;
}

static bool plan_all(struct workspace_plan *plan, const struct workspace_addition *common, const char *const *roots,
                     size_t count, struct base_findings *findings)
{
    bool update = common->options->update;
    if (!begin_refusals(plan, count, findings) || !plan_roots(plan, common, roots, count, findings)) {
        return false;
    }
    if (update ? plan->step_count == 0 : plan->added_count == 0) {
        return true;
    }
    return workspace_check_registry_rights(common->workspace, findings) &&
           (update ? workspace_plan_registry_as_it_is(plan, common->workspace, findings)
                   : plan_registry(plan, common->workspace, findings));
}

bool workspace_plan_add(const struct workspace *workspace, const char *const *roots, size_t count,
                        const struct workspace_add_options *options, struct workspace_plan *plan,
                        struct base_findings *findings)
{
    struct workspace_add_common common;
    struct workspace_addition add;
    *plan = WORKSPACE_PLAN_EMPTY;
    bool fine = workspace_add_common_begin(&common, &add, workspace, options, findings) &&
                plan_all(plan, &add, roots, count, findings);
    workspace_add_common_free(&common);
    if (!fine) {
        workspace_plan_drop(plan);
    }
    return fine;
}
