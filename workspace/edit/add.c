/* prpack add: docs/contracts/workspace.md, 6. */
#include "base/checked.h"
#include "base/directory.h"
#include "workspace/document/problem.h"
#include "workspace/edit/edit.h"
#include "workspace/edit/options.h"
#include "workspace/edit/registry_step.h"
#include "workspace/edit/steps.h"
#include "workspace/model/limits.h"
#include "workspace/path.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char *anchor_of(const char *root)
{
    struct base_text path = BASE_TEXT_EMPTY;
    base_text_addf(&path, "%s/" WORKSPACE_ANCHOR_NAME, root);
    return base_text_take(&path);
}

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
    };
    memcpy(added->asset_uuid, add->asset_uuid, sizeof added->asset_uuid);
    if (added->name == NULL) {
        return false;
    }
    add->root = NULL;
    plan->added_count++;
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
    char *target = step != NULL ? anchor_of(added->root) : NULL;
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
        .reason = add->made ? "the directory has no asset.json" : "asset.json has no asset_uuid",
    };
    add->text = BASE_TEXT_EMPTY;
    plan->step_count++;
    return true;
}

static bool plan_root(struct workspace_plan *plan, struct workspace_addition *add, size_t request)
{
    if (!workspace_add_root(add)) {
        return false;
    }
    if (!take_added(plan, add, request) || !take_declaration(plan, add)) {
        base_report_out_of_memory(add->findings, NULL);
        return false;
    }
    const struct workspace_added *added = &plan->added[plan->added_count - 1];
    if (!workspace_taken_add(add->taken, added->asset_id, added->root, added->asset_uuid, added->name)) {
        base_report_out_of_memory(add->findings, NULL);
        return false;
    }
    return true;
}

/* Puts the findings about a root aside. False when memory ran out. */
static bool put_aside(struct workspace_plan *plan, size_t request, struct base_findings *findings)
{
    plan->refusals[request] = malloc(sizeof *findings);
    if (plan->refusals[request] == NULL) {
        return false;
    }
    *plan->refusals[request] = base_findings_take(findings);
    return true;
}

/* Plans every root, with what is common to them in *common. False when memory ran out, which findings then says, or the
 * task was cancelled. */
static bool plan_roots(struct workspace_plan *plan, const struct workspace_addition *common, const char *const *roots,
                       size_t count, struct base_findings *findings)
{
    int64_t next_id = common->workspace->registry.next_asset_id;
    bool fine = true;
    struct base_meter planned;
    base_meter_begin(&planned, common->workspace->task, BASE_PHASE_PLANNING, BASE_UNIT_ASSETS, count);
    for (size_t i = 0; fine && i < count && !base_task_cancelled(common->workspace->task); i++) {
        struct base_findings of_root;
        struct workspace_addition add = *common;
        base_findings_init(&of_root);
        add.findings = &of_root;
        add.typed = roots[i];
        add.asset_id = next_id;
        next_id += plan_root(plan, &add, i);
        bool says = of_root.count > 0 || of_root.out_of_memory;
        if (says && (of_root.out_of_memory || !put_aside(plan, i, &of_root))) {
            base_findings_move(findings, &of_root);
            fine = false;
        }
        workspace_addition_free(&add);
        base_findings_free(&of_root);
        base_meter_add(&planned, 1);
    }
    if (!fine && !findings->out_of_memory) {
        base_report_out_of_memory(findings, NULL);
    }
    return fine && !base_task_cancelled(common->workspace->task);
}

static bool begin_refusals(struct workspace_plan *plan, size_t count, struct base_findings *findings)
{
    plan->refusals = calloc(count > 0 ? count : 1, sizeof(struct base_findings *));
    if (plan->refusals == NULL) {
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
    struct workspace_registry extended = {.next_asset_id = old->next_asset_id + (int64_t)plan->added_count};
    extended.records = extend(old, plan, &extended.count);
    if (extended.records == NULL) {
        base_report_out_of_memory(findings, NULL);
        return false;
    }
    bool fine = workspace_plan_registry(plan, &extended, workspace->assets_path, findings);
    free(extended.records);
    return fine;
}

/* A registry that may not be written is said now: later, the whole transaction would fail. */
static bool check_rights(const struct workspace *workspace, struct base_findings *findings)
{
    int fd;
    int problem = base_directory_open_below(&fd, workspace->assets_fd, WORKSPACE_REGISTRY_DIRECTORY);
    if (problem == 0) {
        problem = faccessat(fd, ".", W_OK | X_OK, AT_EACCESS) == 0 ? 0 : errno;
        (void)close(fd);
    }
    if (problem != 0) {
        workspace_report_registry(findings, workspace->assets_path, problem);
    }
    return problem == 0;
}

/* The real path of assets/ (free() it), or NULL with the reason in findings. */
static char *find_assets(const struct workspace *workspace, struct base_findings *findings)
{
    char *real = base_directory_resolve(base_task_directory(workspace->task), workspace->assets_path);
    if (real == NULL) {
        const struct base_place place = {.file = workspace->assets_path};
        base_report_read_failure(findings, &place, errno);
    }
    return real;
}

static bool plan_all(struct workspace_plan *plan, const struct workspace_addition *common, const char *const *roots,
                     size_t count, struct base_findings *findings)
{
    if (!begin_refusals(plan, count, findings)) {
        return false;
    }
    if (!workspace_taken_begin(common->taken, &common->workspace->registry)) {
        base_report_out_of_memory(findings, NULL);
        return false;
    }
    return plan_roots(plan, common, roots, count, findings) &&
           (plan->added_count == 0 ||
            (check_rights(common->workspace, findings) && plan_registry(plan, common->workspace, findings)));
}

bool workspace_plan_add(const struct workspace *workspace, const char *const *roots, size_t count,
                        const struct workspace_add_options *options, struct workspace_plan *plan,
                        struct base_findings *findings)
{
    struct workspace_taken taken = {.names_read = false};
    struct workspace_addition common = {
        .workspace = workspace,
        .options = options,
        .taken = &taken,
        .findings = findings,
        .root_fd = -1,
    };
    *plan = WORKSPACE_PLAN_EMPTY;
    char *assets = workspace_add_check_options(&common) ? find_assets(workspace, findings) : NULL;
    common.assets = assets;
    bool fine = assets != NULL && plan_all(plan, &common, roots, count, findings);
    workspace_taken_free(&taken);
    free(assets);
    if (!fine) {
        workspace_plan_drop(plan);
    }
    return fine;
}
