#include "service/doctor/mend.h"

#include "base/report.h"
#include "service/history/compose.h"
#include "service/planned.h"
#include "service/transaction/apply.h"
#include "service/transaction/atomic.h"
#include "service/transaction/settle.h"
#include "workspace/edit/mend.h"
#include "workspace/model/limits.h"
#include "workspace/registry/registry.h"
#include "workspace/workspace.h"

#include <stdlib.h>

/* One call, in an open workspace. */
struct mending {
    struct base_task *task;
    const struct service_site *site;
    bool dry_run;
    struct service_planned *planned;
    struct base_findings *findings;
};

/* ---- Without conflicts ---- */

/* The line of the history does not have a change, so it can never be undone: before the merge, the file was not a
 * registry that could be put back. */
static bool compose(const struct mending *mending, const struct workspace_plan *plan, struct base_text *history)
{
    struct service_history_note note = {.name = "doctor"};
    struct workspace workspace = WORKSPACE_EMPTY;
    struct base_bytes text = base_text_bytes(&plan->steps[0].content);
    base_text_add_string(&note.words, "merge the two sides of the registry");
    bool fine =
        workspace_registry_parse(text, mending->task, &BASE_NOWHERE, &workspace.registry, mending->findings) &&
        service_history_compose(mending->task, mending->site, &workspace, plan, &note, history, mending->findings);
    workspace_registry_free(&workspace.registry);
    base_text_release(&note.words, &mending->findings->out_of_memory);
    return fine && !mending->findings->out_of_memory;
}

static bool show(const struct mending *mending, const struct workspace_step *step)
{
    bool shown = service_planned_show(mending->planned, mending->site->assets, step, 1, NULL);
    if (!shown) {
        base_report_out_of_memory(mending->findings, NULL);
    }
    return shown;
}

static bool carry_out(const struct mending *mending, const struct workspace_plan *plan)
{
    struct base_text history = BASE_TEXT_EMPTY;
    bool done = show(mending, &plan->steps[0]) && compose(mending, plan, &history) &&
                (mending->dry_run || service_apply(mending->task, mending->site, plan, &history, mending->findings) !=
                                         SERVICE_APPLY_ABANDONED);
    base_text_free(&history);
    return done;
}

/* ---- With conflicts ---- */

/* No transaction writes what is not a registry. The text is empty if the file has it already. */
static bool write_conflicts(const struct mending *mending, const struct base_text *text)
{
    if (text->size == 0) {
        return true;
    }
    char target[] = WORKSPACE_REGISTRY_PATH;
    const struct workspace_step step = {.target = target, .reason = "each conflict is about whole assets"};
    if (!show(mending, &step)) {
        return false;
    }
    int problem = 0;
    if (!mending->dry_run && !base_task_cancelled(mending->task)) {
        problem =
            service_write_atomically(mending->site->registry_fd, WORKSPACE_REGISTRY_NAME, base_text_bytes(text), NULL);
    }
    if (problem != 0) {
        const struct base_place place = {.file = mending->planned->files[0].to};
        base_report_write_failure(mending->findings, &place, "write the registry", problem);
    }
    return problem == 0;
}

static bool are_left(enum workspace_mend_end end)
{
    return end == WORKSPACE_MEND_CONFLICTS || end == WORKSPACE_MEND_UNCLEAR;
}

static enum service_doctor_mended mend(const struct mending *mending)
{
    struct workspace_plan plan;
    struct base_text text;
    struct base_findings found;
    bool done = false;
    base_findings_init(&found);
    enum workspace_mend_end end =
        workspace_plan_mend(mending->site->assets_fd, mending->site->assets, mending->task, &plan, &text, &found);
    if (end == WORKSPACE_MENDED || are_left(end) || found.out_of_memory) {
        base_findings_move(mending->findings, &found);
    }
    if (end == WORKSPACE_MENDED) {
        done = carry_out(mending, &plan);
    } else if (are_left(end)) {
        done = write_conflicts(mending, &text);
    }
    if (!done) {
        service_planned_free(mending->planned);
    }
    base_findings_free(&found);
    base_text_free(&text);
    workspace_plan_free(&plan);
    return !done ? SERVICE_DOCTOR_NOT_MENDED : are_left(end) ? SERVICE_DOCTOR_CONFLICTS_LEFT : SERVICE_DOCTOR_MENDED;
}

/* Looks without the lock: who takes it settles what killed commands have left, which is the matter of what follows. */
static bool is_needed(struct base_task *task, const struct workspace_place *place)
{
    struct service_site site;
    enum workspace_mend_end end = WORKSPACE_MEND_FAILED;
    if (service_site_open(&site, task, place) == 0) {
        struct workspace_plan plan;
        struct base_text text;
        struct base_findings ignored;
        base_findings_init(&ignored);
        end = workspace_plan_mend(site.assets_fd, site.assets, task, &plan, &text, &ignored);
        base_findings_free(&ignored);
        base_text_free(&text);
        workspace_plan_free(&plan);
    }
    service_site_close(&site);
    return end == WORKSPACE_MENDED || are_left(end);
}

enum service_doctor_mended service_doctor_mend(struct base_task *task, const struct workspace_place *place,
                                               bool dry_run, struct service_planned *planned,
                                               struct base_findings *findings)
{
    const struct service_lock_wish wish = {.task = task};
    struct service_site site;
    struct base_findings entering;
    enum service_doctor_mended mended = SERVICE_DOCTOR_NOT_MENDED;
    if (!is_needed(task, place)) {
        return mended;
    }
    base_findings_init(&entering);
    /* What keeps it from entering keeps the rest, too, which says so. */
    if (service_enter_workspace(&site, place, &wish, !dry_run, &entering)) {
        base_findings_move(findings, &entering);
        const struct mending mending = {
            .task = task, .site = &site, .dry_run = dry_run, .planned = planned, .findings = findings};
        mended = mend(&mending);
        service_site_close(&site);
    }
    base_findings_free(&entering);
    return mended;
}
