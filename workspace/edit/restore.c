#include "workspace/edit/restore.h"

#include "base/report.h"
#include "base/text.h"
#include "workspace/edit/joining.h"
#include "workspace/edit/registry_step.h"
#include "workspace/edit/way.h"
#include "workspace/path.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { PATH_SHOWN = 4096 };

/* One plan. */
struct restoring {
    const struct workspace *workspace;
    struct workspace_restored *restored;
    size_t count;
    struct workspace_plan *plan;
    struct base_findings *findings;
};

static bool report_memory(const struct restoring *restoring)
{
    base_report_out_of_memory(restoring->findings, NULL);
    return false;
}

/* Says why one cannot come back, for a cause of its own. `other`: the asset in whose way it is; 0: none. */
static bool block_for(const struct restoring *restoring, const struct workspace_restored *one, int32_t other,
                      enum diag_cause cause, const char *fault)
{
    const struct base_details details = {
        .place = {.file = one->typed, .has_asset_id = other != 0, .asset_id = other},
        .cause = cause,
        .subject = cause == DIAG_CAUSE_RESTORE_REGISTERED ? one->typed : NULL,
    };
    base_report(restoring->findings, DIAG_RESTORE_BLOCKED, &details, "%s", fault);
    return false;
}

static bool block(const struct restoring *restoring, const struct workspace_restored *one, int32_t other,
                  const char *fault)
{
    return block_for(restoring, one, other, DIAG_CAUSE_NONE, fault);
}

/* Names the place that its directory would go back to. */
static bool block_at(const struct restoring *restoring, const struct workspace_restored *one, const char *fault)
{
    struct base_text text = BASE_TEXT_EMPTY;
    char *path = workspace_assets_path(restoring->workspace->assets_path, one->record.root, NULL);
    base_text_addf(&text, "%s: ", fault);
    base_text_add_printable(&text, base_bytes_of_string(path != NULL ? path : ""), PATH_SHOWN);
    (void)block(restoring, one, 0, base_text_string(&text));
    restoring->findings->out_of_memory = restoring->findings->out_of_memory || path == NULL;
    base_text_release(&text, &restoring->findings->out_of_memory);
    free(path);
    return false;
}

/* ---- Against the registry, and each other ---- */

static bool check_pair(const struct restoring *restoring, const struct workspace_restored *one,
                       const struct workspace_record *other)
{
    const struct workspace_record *own = &one->record;
    if (own->asset_id == other->asset_id) {
        return block(restoring, one, other->asset_id, "an asset with its id is registered");
    }
    if (strcmp(own->asset_uuid, other->asset_uuid) == 0) {
        return block(restoring, one, other->asset_id, "an asset with its uuid is registered");
    }
    if (workspace_path_within(own->root, other->root) || workspace_path_within(other->root, own->root)) {
        return block(restoring, one, other->asset_id,
                     strcmp(own->root, other->root) == 0 ? "its root is that of another asset"
                                                         : "its root would lie in that of another asset, or around it");
    }
    return true;
}

/* The asset itself may be there again: then nothing is to be restored. */
static bool check_registered(const struct restoring *restoring, const struct workspace_restored *one,
                             const struct workspace_record *other)
{
    bool is_it = one->record.asset_id == other->asset_id && strcmp(one->record.asset_uuid, other->asset_uuid) == 0;
    return is_it ? block_for(restoring, one, other->asset_id, DIAG_CAUSE_RESTORE_REGISTERED, "the asset is registered")
                 : check_pair(restoring, one, other);
}

static bool check_records(const struct restoring *restoring, size_t i)
{
    const struct workspace_restored *one = &restoring->restored[i];
    const struct workspace_registry *registry = &restoring->workspace->registry;
    bool fine = one->record.asset_id < registry->next_asset_id ||
                block_for(restoring, one, 0, DIAG_CAUSE_RESTORE_BRANCH, "its id was never given in this workspace");
    for (size_t j = 0; fine && j < registry->count; j++) {
        fine = check_registered(restoring, one, &registry->records[j]);
    }
    for (size_t j = 0; fine && j < i; j++) {
        fine = check_pair(restoring, one, &restoring->restored[j].record);
    }
    return fine;
}

/* ---- On the disk ---- */

static bool report_write(const struct restoring *restoring, const char *path, int problem)
{
    char *display = workspace_assets_path(restoring->workspace->assets_path, path, NULL);
    const struct base_place place = {.file = display};
    base_report_write_failure(restoring->findings, &place, "move the directory", problem);
    restoring->findings->out_of_memory = restoring->findings->out_of_memory || display == NULL;
    free(display);
    return false;
}

static bool check_rights(const struct restoring *restoring, struct workspace_restored *one, size_t present)
{
    int assets_fd = restoring->workspace->assets_fd;
    dev_t from = 0;
    dev_t own = 0;
    dev_t to = 0;
    int problem = workspace_way_check(assets_fd, one->kept, workspace_way_above(one->kept), &from);
    if (problem == 0) {
        problem = workspace_way_check(assets_fd, one->kept, strlen(one->kept), &own); /* its entry ".." is written */
    }
    if (problem != 0) {
        return report_write(restoring, one->kept, problem);
    }
    problem = workspace_way_check(assets_fd, one->record.root, present, &to);
    one->copies = from != to;
    return problem == 0 || report_write(restoring, one->record.root, problem);
}

/* Whether the directory can go back to where it was. */
static bool check_place(const struct restoring *restoring, struct workspace_restored *one)
{
    size_t present;
    if (one->kept == NULL) {
        return true;
    }
    int problem = workspace_way_look(restoring->workspace->assets_fd, one->record.root, &present);
    if (problem == 0) {
        return block_at(restoring, one, "something is at the place of its root");
    }
    if (problem == ELOOP) {
        return block_at(restoring, one, "a link is at the place of its root, or on the way to it");
    }
    if (problem == ENOTDIR) {
        return block_at(restoring, one, "something that is not a directory is on the way to its root");
    }
    return problem == ENOENT ? check_rights(restoring, one, present)
                             : report_write(restoring, one->record.root, problem);
}

/* ---- The build set ---- */

static void exclude(const struct restoring *restoring, struct workspace_restored *one, enum workspace_joining why,
                    int32_t other)
{
    const struct base_details details = {
        .place = {.file = one->typed, .has_asset_id = true, .asset_id = one->record.asset_id},
        .severity = BASE_WARNING,
    };
    one->record.included_in_build = false;
    if (why == WORKSPACE_NAME_TAKEN) {
        base_report(restoring->findings, DIAG_RESTORE_EXCLUDED, &details,
                    "asset %d has its name now, so it comes back excluded from builds", (int)other);
    } else {
        base_report(restoring->findings, DIAG_RESTORE_EXCLUDED, &details,
                    "all slots of its bank are taken now, so it comes back excluded from builds");
    }
}

/* What the build set cannot have comes back excluded. */
static bool settle_build_set(const struct restoring *restoring)
{
    struct workspace_taken taken;
    bool fine = workspace_taken_begin_read(&taken, restoring->workspace, restoring->findings);
    for (size_t i = 0; fine && i < restoring->count; i++) {
        struct workspace_restored *one = &restoring->restored[i];
        int32_t other;
        if (!one->record.included_in_build) {
            continue;
        }
        enum workspace_joining joining =
            workspace_join(restoring->workspace, &one->record, one->kept != NULL ? one->kept : one->record.root, &taken,
                           &other, restoring->findings);
        if (joining == WORKSPACE_NAME_TAKEN || joining == WORKSPACE_SLOT_TAKEN) {
            exclude(restoring, one, joining, other);
        }
        fine = joining != WORKSPACE_JOINING_UNREAD;
    }
    workspace_taken_free(&taken);
    return fine;
}

/* ---- The plan ---- */

/* The step owns target and source from then on, also after a failure. */
static bool add_step(const struct restoring *restoring, const struct workspace_restored *one,
                     enum workspace_action action, char *target, char *source, const char *reason)
{
    struct workspace_step *step = target != NULL ? workspace_plan_next_step(restoring->plan) : NULL;
    if (step == NULL) {
        free(target);
        free(source);
        return report_memory(restoring);
    }
    *step = (struct workspace_step){.action = action,
                                    .target = target,
                                    .source = source,
                                    .moves_directory = source != NULL,
                                    .copies = source != NULL && one->copies,
                                    .asset_id = one->record.asset_id,
                                    .reason = reason};
    restoring->plan->step_count++;
    return true;
}

static bool add_steps(const struct restoring *restoring, const struct workspace_restored *one)
{
    if (one->kept != NULL) {
        char *source = strdup(one->kept);
        if (source == NULL || !add_step(restoring, one, WORKSPACE_ACTION_MOVE, strdup(one->record.root), source,
                                        "the files of the asset go back")) {
            return source != NULL ? false : report_memory(restoring);
        }
    }
    return add_step(restoring, one, WORKSPACE_ACTION_DROP, strdup(one->record_path), NULL,
                    "nothing of the asset is in quarantine any more");
}

static int by_id(const void *left, const void *right)
{
    int32_t a = ((const struct workspace_record *)left)->asset_id;
    int32_t b = ((const struct workspace_record *)right)->asset_id;
    return (a > b) - (a < b);
}

static bool plan_registry(const struct restoring *restoring)
{
    const struct workspace_registry *old = &restoring->workspace->registry;
    struct workspace_registry changed = *old;
    changed.records = calloc(old->count + restoring->count + 1, sizeof *changed.records);
    changed.count = old->count + restoring->count;
    if (changed.records == NULL) {
        return report_memory(restoring);
    }
    for (size_t i = 0; i < old->count; i++) {
        changed.records[i] = old->records[i];
    }
    for (size_t i = 0; i < restoring->count; i++) {
        changed.records[old->count + i] = restoring->restored[i].record;
    }
    qsort(changed.records, changed.count, sizeof *changed.records, by_id);
    bool fine = workspace_plan_registry(restoring->plan, &changed, "it has their records again",
                                        restoring->workspace->assets_path, restoring->findings);
    free(changed.records); /* their strings are borrowed */
    return fine;
}

bool workspace_plan_restore(const struct workspace *workspace, struct workspace_restored *restored, size_t count,
                            struct workspace_plan *plan, struct base_findings *findings)
{
    const struct restoring restoring = {
        .workspace = workspace, .restored = restored, .count = count, .plan = plan, .findings = findings};
    bool fine = true;
    for (size_t i = 0; i < count; i++) {
        fine = check_records(&restoring, i) && check_place(&restoring, &restored[i]) && fine;
    }
    fine = fine && settle_build_set(&restoring) && workspace_check_registry_rights(workspace, findings);
    for (size_t i = 0; fine && i < count; i++) {
        fine = add_steps(&restoring, &restored[i]);
    }
    return fine && plan_registry(&restoring);
}
