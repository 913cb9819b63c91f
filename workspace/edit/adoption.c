#include "workspace/edit/adoption.h"

#include "base/policy.h"
#include "workspace/edit/adopting_check.h"
#include "workspace/edit/adopting_find.h"
#include "workspace/edit/registry_step.h"

#include <stdlib.h>
#include <string.h>

/* ---- The plan ---- */

/* The registry with the roots of what was moved. */
static bool change_records(struct workspace_adopting_all *work)
{
    const struct workspace_registry *registry = &work->workspace->registry;
    work->records = calloc(registry->count + 1, sizeof *work->records);
    if (work->records == NULL) {
        return workspace_adopting_no_memory(work);
    }
    for (size_t i = 0; i < registry->count; i++) {
        work->records[i] = registry->records[i];
    }
    for (size_t i = 0; i < work->count; i++) {
        if (work->roots[i].as == WORKSPACE_ADOPTED_MOVED) {
            work->records[work->roots[i].record - registry->records].root = work->roots[i].add.root;
        }
    }
    return true;
}

/* What is wrong with the declaration of an asset that was moved is no reason to refuse it. *name is a new string or
 * NULL. */
static void look_at_declaration(const struct workspace_adopting_all *work, const struct workspace_adopting *root,
                                char **name)
{
    struct base_policy policy = {.strict = false};
    struct base_findings found;
    struct workspace_declaration declaration;
    struct workspace_record record = *root->record;
    base_findings_init(&found);
    record.root = root->add.root;
    *name = NULL;
    if (workspace_load_record(work->workspace, &record, &declaration, &found)) {
        *name = strdup(declaration.name);
        found.out_of_memory = found.out_of_memory || *name == NULL;
    }
    workspace_declaration_free(&declaration);
    for (unsigned i = 0; i < DIAG_COUNT; i++) {
        policy.softened[i] = i != DIAG_NONE && diag_facts((enum diag)i)->class_ == DIAG_CLASS_W;
    }
    base_findings_judge(&found, &policy);
    base_findings_move(work->findings, &found);
}

static void warn_of_registered(const struct workspace_adopting_all *work, const struct workspace_adopting *root)
{
    base_report(work->findings, DIAG_ROOT_REGISTERED,
                &(struct base_details){
                    .place = {.file = root->add.root_display, .has_asset_id = true, .asset_id = root->record->asset_id},
                    .severity = BASE_WARNING,
                    .cause = DIAG_CAUSE_ADOPT_DONE,
                },
                "there is nothing to adopt: the directory is registered");
}

/* What the result says of a root that has a record. */
static bool describe_known(const struct workspace_adopting_all *work, const struct workspace_adopting *root,
                           struct workspace_adopted *adopted)
{
    bool moved = root->as == WORKSPACE_ADOPTED_MOVED;
    *adopted = (struct workspace_adopted){
        .as = root->as,
        .asset_id = root->record->asset_id,
        .root = strdup(moved ? root->add.root : root->record->root),
        .old_root = moved ? strdup(root->record->root) : NULL,
    };
    memcpy(adopted->asset_uuid, root->identity.uuid, sizeof adopted->asset_uuid);
    look_at_declaration(work, root, &adopted->name);
    if (!moved) {
        warn_of_registered(work, root);
    }
    return adopted->root != NULL && (!moved || adopted->old_root != NULL) ? true : workspace_adopting_no_memory(work);
}

/* What the result says of a root that the plan adds; it takes the strings. */
static void describe_added(const struct workspace_adopting_all *work, const struct workspace_adopting *root,
                           struct workspace_added *added, struct workspace_adopted *adopted)
{
    const struct workspace_adopted *first = &work->adoption->items[root->first];
    *adopted = (struct workspace_adopted){
        .as = root->as,
        .asset_id = added->asset_id,
        .drew_uuid = added->drew_uuid,
        .root = strdup(added->root),
        .name = added->name,
        .old_name = added->old_name,
        .original = root->as != WORKSPACE_ADOPTED_COPY ? 0
                    : root->record != NULL             ? root->record->asset_id
                                                       : first->asset_id,
    };
    memcpy(adopted->asset_uuid, added->asset_uuid, sizeof adopted->asset_uuid);
    added->name = NULL;
    added->old_name = NULL;
    if (adopted->root == NULL) {
        (void)workspace_adopting_no_memory(work);
    }
}

static bool is_added(const struct workspace_adopting *root)
{
    return root->as == WORKSPACE_ADOPTED_COPY || root->as == WORKSPACE_ADOPTED_NEW;
}

/* The roots that are new to the registry, and which of them are copies. */
struct newcomers {
    const char **typed;
    bool *copies;
    size_t *positions;
    size_t count;
};

static bool collect_newcomers(const struct workspace_adopting_all *work, struct newcomers *new)
{
    *new = (struct newcomers){
        .typed = calloc(work->count + 1, sizeof(const char *)),
        .copies = calloc(work->count + 1, sizeof *new->copies),
        .positions = calloc(work->count + 1, sizeof *new->positions),
    };
    if (new->typed == NULL || new->copies == NULL || new->positions == NULL) {
        return workspace_adopting_no_memory(work);
    }
    for (size_t i = 0; i < work->count; i++) {
        if (is_added(&work->roots[i])) {
            new->typed[new->count] = work->roots[i].add.typed;
            new->copies[new->count] = work->roots[i].as == WORKSPACE_ADOPTED_COPY;
            new->positions[new->count++] = i;
        }
    }
    return true;
}

static void newcomers_free(struct newcomers *new)
{
    free((void *)new->typed);
    free(new->copies);
    free(new->positions);
}

/* Adds the newcomers to the registry as it is to be, as `add` would. One that is refused refuses all. */
static bool add_newcomers(const struct workspace_adopting_all *work, const struct workspace *changed,
                          const struct workspace_add_options *given, const struct newcomers *new)
{
    struct workspace_plan *plan = work->plan;
    struct workspace_add_options options = *given;
    options.copies = new->copies;
    uint64_t before = base_findings_errors(work->findings);
    bool fine = workspace_plan_add(changed, new->typed, new->count, &options, plan, work->findings);
    for (size_t i = 0; i < plan->refusal_count; i++) {
        if (plan->refusals[i] != NULL) {
            base_findings_move(work->findings, plan->refusals[i]);
        }
    }
    fine = fine && base_findings_errors(work->findings) == before;
    for (size_t i = 0; fine && i < plan->added_count; i++) {
        size_t position = new->positions[plan->added[i].request];
        describe_added(work, &work->roots[position], &plan->added[i], &work->adoption->items[position]);
    }
    return fine && workspace_adopting_goes_on(work);
}

/* Of roots that can all be adopted. */
static bool plan_all(struct workspace_adopting_all *work, const struct workspace_add_options *options)
{
    struct workspace changed = *work->workspace;
    struct newcomers new = {.count = 0};
    bool moves = false;
    bool fine = change_records(work) && collect_newcomers(work, &new);
    changed.registry.records = work->records;
    for (size_t i = 0; fine && i < work->count; i++) {
        const struct workspace_adopting *root = &work->roots[i];
        moves = moves || root->as == WORKSPACE_ADOPTED_MOVED;
        if (root->as == WORKSPACE_ADOPTED_REGISTERED || root->as == WORKSPACE_ADOPTED_MOVED) {
            fine = describe_known(work, root, &work->adoption->items[i]);
        }
    }
    fine = fine && workspace_adopting_goes_on(work) && (new.count == 0 || add_newcomers(work, &changed, options, &new));
    if (fine && moves && work->plan->step_count == 0) {
        fine = workspace_check_registry_rights(work->workspace, work->findings) &&
               workspace_plan_registry(work->plan, &changed.registry, "it has the roots where the assets are now",
                                       work->workspace->assets_path, work->findings);
    }
    newcomers_free(&new);
    return fine;
}

/* Whether nothing was refused since there were so many errors. */
static bool is_fine(const struct workspace_adopting_all *work, uint64_t before)
{
    return workspace_adopting_goes_on(work) && base_findings_errors(work->findings) == before;
}

/* What is said of the places of all roots would be wrong if one of them was refused before. */
static bool decide(struct workspace_adopting_all *work, const char *const *typed)
{
    uint64_t before = base_findings_errors(work->findings);
    workspace_adopting_find(work, typed);
    if (workspace_adopting_goes_on(work) && !base_findings_any(work->findings, DIAG_CLASS_E)) {
        workspace_adopting_check_copies(work);
    }
    return is_fine(work, before) && workspace_adopting_check_places(work) && is_fine(work, before);
}

static void free_work(struct workspace_adopting_all *work)
{
    for (size_t i = 0; work->roots != NULL && i < work->count; i++) {
        workspace_addition_free(&work->roots[i].add);
    }
    free(work->roots);
    free(work->records);
    base_index_free(&work->seen);
    base_index_free(&work->uuids);
    workspace_refusals_free(&work->refusals);
    workspace_add_common_free(&work->common);
}

bool workspace_plan_adopt(const struct workspace *workspace, const char *const *roots, size_t count, bool as_copy,
                          const struct workspace_add_options *options, struct workspace_plan *plan,
                          struct workspace_adoption *adoption, struct base_findings *findings)
{
    struct workspace_adopting_all work = {
        .workspace = workspace,
        .as_copy = as_copy,
        .roots = calloc(count + 1, sizeof *work.roots),
        .count = count,
        .refusals = {.workspace = workspace, .findings = findings},
        .plan = plan,
        .adoption = adoption,
        .findings = findings,
    };
    *plan = WORKSPACE_PLAN_EMPTY;
    *adoption = (struct workspace_adoption){.items = calloc(count + 1, sizeof *adoption->items), .count = count};
    for (size_t i = 0; work.roots != NULL && i < count; i++) {
        work.roots[i].add.root_fd = -1;
    }
    bool fine = work.roots != NULL && adoption->items != NULL ? true : workspace_adopting_no_memory(&work);
    fine = workspace_add_common_begin(&work.common, &work.shared, workspace, options, findings) && fine;
    fine = fine && decide(&work, roots) && plan_all(&work, options);
    free_work(&work);
    if (!fine) {
        workspace_plan_drop(plan);
    }
    return fine;
}
