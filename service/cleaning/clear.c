#include "service/cleaning/clear.h"

#include "base/report.h"
#include "service/cleaning/leftovers.h"
#include "service/planned.h"
#include "service/selected.h"
#include "service/step.h"
#include "service/transaction/edit_settle.h"
#include "service/transaction/holder.h"
#include "service/transaction/settle.h"
#include "workspace/path.h"

#include <stdlib.h>
#include <string.h>

/* One call. */
struct work {
    struct base_task *task;
    const struct service_clear_wish *wish;
    const struct service_site *site; /* open; locked, unless the call runs dry */
    struct service_gc_result *result;
    struct base_findings *findings;
};

/* ---- What is in use ---- */

static void report_busy(struct base_findings *findings, const char *file, const char *message)
{
    const struct base_details details = {
        .place.file = file,
        .severity = BASE_WARNING,
        .remedy = "Run it again when the other process has finished.",
    };
    base_report(findings, DIAG_BUILD_BUSY, &details, "%s", message);
}

static void report_workspace_busy(const struct work *work, const struct workspace_place *place)
{
    char *assets = workspace_place_assets(place);
    char *path = assets != NULL ? workspace_assets_path(assets, WORKSPACE_REGISTRY_PATH, NULL) : NULL;
    work->findings->out_of_memory = work->findings->out_of_memory || path == NULL;
    report_busy(work->findings, path, "another process is using the workspace, so nothing in it is deleted");
    free(path);
    free(assets);
}

static void report_busy_leftovers(const struct work *work, const struct service_leftovers *left)
{
    for (size_t i = 0; i < left->count; i++) {
        if (left->items[i].busy && !left->items[i].gone) {
            report_busy(work->findings, left->items[i].path, "another process is using it, so it stays");
        }
    }
}

/* ---- The result ---- */

static bool show_file(struct service_gc_result *result, const struct service_leftover *leftover)
{
    struct service_cleared_file *file = &result->files[result->count];
    file->path = strdup(leftover->path);
    file->bytes = leftover->size;
    result->count += file->path != NULL;
    result->bytes += file->path != NULL ? leftover->size : 0;
    return file->path != NULL;
}

static bool show_step(struct service_planned *plan, const struct service_leftover *leftover)
{
    bool moves = leftover->kind == SERVICE_LEFTOVER_COMMIT;
    struct service_planned_file *step = &plan->files[plan->count];
    *step = (struct service_planned_file){
        .action = moves ? "move" : "delete",
        .from = moves ? strdup(leftover->path) : NULL,
        .to = moves ? strndup(leftover->path, (size_t)(strrchr(leftover->path, '/') - leftover->path))
                    : strdup(leftover->path),
        .reason = leftover->reason,
    };
    bool fine = step->to != NULL && (!moves || step->from != NULL);
    if (!fine) {
        free(step->from);
        free(step->to);
    }
    plan->count += fine;
    return fine;
}

/* Whether it is to go: what is in use is known as busy. */
static bool goes(const struct work *work, const struct service_leftover *leftover)
{
    return !leftover->busy && (leftover->kind != SERVICE_LEFTOVER_CACHE || work->wish->cache);
}

/* Shows what is gone or, dry, what would go. */
static bool show(const struct work *work, const struct service_leftovers *left)
{
    struct service_gc_result *result = work->result;
    result->files = calloc(left->count + 1, sizeof *result->files);
    result->plan.files = calloc(left->count + 1, sizeof *result->plan.files);
    bool fine = result->files != NULL && result->plan.files != NULL;
    for (size_t i = 0; fine && i < left->count; i++) {
        const struct service_leftover *leftover = &left->items[i];
        if (work->wish->dry_run ? goes(work, leftover) : leftover->gone) {
            bool moves = leftover->kind == SERVICE_LEFTOVER_COMMIT;
            fine = show_step(&result->plan, leftover) && (moves || show_file(result, leftover));
        }
    }
    if (!fine) {
        base_report_out_of_memory(work->findings, NULL);
    }
    return fine;
}

/* ---- The work ---- */

/* A call that is cancelled before everything is gone says so: its result lists what is gone, and is not complete. */
static void report_rest(const struct work *work, const struct service_leftovers *left)
{
    for (size_t i = 0; i < left->count; i++) {
        if (goes(work, &left->items[i]) && !left->items[i].gone) {
            service_report_cancelled(work->task, work->findings, "some files were deleted, and the others stay");
        }
    }
}

static void clear(const struct work *work, struct service_leftovers *left)
{
    if (!service_settle_locked(work->site, work->findings)) {
        return;
    }
    service_leftovers_remove(left, work->wish->cache);
    report_rest(work, left);
}

/* What a scan could not read. What else it has found is for `list` to say. */
static bool is_failure(const struct base_finding *finding)
{
    return finding->class_ == DIAG_CLASS_E;
}

/* Finds the stages of edits. False when the task was cancelled. */
static bool scan(const struct work *work, struct workspace *workspace)
{
    struct base_findings scanned;
    base_findings_init(&scanned);
    if (workspace_open(workspace, &work->site->place, work->task, work->findings)) {
        (void)workspace_scan(workspace, &scanned);
        service_select_findings(work->findings, &scanned, is_failure);
    }
    base_findings_free(&scanned);
    return !base_task_cancelled(work->task);
}

static bool run(const struct work *work)
{
    struct workspace workspace = WORKSPACE_EMPTY;
    bool done = false;
    /* What a committed edit has staged is moved into place, not deleted. */
    if (!work->wish->dry_run && service_edit_is_committed(work->site->registry_fd) &&
        !service_settle_edit(work->site, work->findings)) {
        return false;
    }
    if (scan(work, &workspace)) {
        struct service_leftovers left;
        service_leftovers_find(&left, work->site, work->wish->output, &workspace.stages, work->findings);
        if (!work->wish->dry_run) {
            clear(work, &left);
        }
        done = show(work, &left);
        report_busy_leftovers(work, &left);
        service_leftovers_free(&left);
    }
    workspace_close(&workspace);
    return done;
}

/* Opens the site, with the lock unless the call runs dry. False with *busy when another process uses the workspace. */
static bool enter(const struct work *work, struct service_site *site, const struct workspace_place *place, bool *busy)
{
    const struct service_lock_wish wish = {.task = work->task};
    struct base_findings found;
    struct service_holder holder;
    base_findings_init(&found);
    bool entered = work->wish->dry_run ? service_look_at_workspace(site, place, &wish, &found)
                                       : service_lock_unsettled(site, place, &wish, &found);
    *busy = found.total[DIAG_BUILD_BUSY] > 0;
    if (entered && work->wish->dry_run && service_holder_find(site->registry_fd, &holder)) {
        *busy = true;
        service_site_close(site);
    }
    if (!*busy) {
        base_findings_move(work->findings, &found);
    }
    base_findings_free(&found);
    return entered && !*busy;
}

void service_clear(struct base_task *task, const struct workspace_place *place, const struct service_clear_wish *wish,
                   struct service_gc_result *result, struct base_findings *findings)
{
    struct service_site site;
    struct work work = {.task = task, .wish = wish, .result = result, .findings = findings};
    bool busy;
    *result = (struct service_gc_result){.dry_run = wish->dry_run};
    if (enter(&work, &site, place, &busy)) {
        work.site = &site;
        result->done = run(&work);
        service_site_close(&site);
    } else if (busy) {
        report_workspace_busy(&work, place);
        result->done = true; /* there is nothing that could be done */
    }
}
