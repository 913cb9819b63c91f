#include "base/path.h"
#include "base/report.h"
#include "service/planned.h"
#include "service/service.h"
#include "service/step.h"
#include "service/transaction/apply.h"
#include "service/transaction/atomic.h"
#include "service/transaction/directory.h"
#include "service/transaction/lock.h"
#include "service/transaction/settle.h"
#include "workspace/edit/edit.h"
#include "workspace/model/limits.h"
#include "workspace/path.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

/* One call. */
struct making {
    struct base_task *task;
    const struct workspace_place *place;
    bool git;       /* with the files that let git merge the registry */
    char *assets;   /* path of assets/ */
    char *registry; /* path of assets/.prometeu, without doubled slashes */
};

static void report(const struct making *making, int problem, struct base_findings *findings)
{
    char *display = workspace_assets_path(making->assets, WORKSPACE_REGISTRY_PATH, NULL);
    const struct base_place place = {.file = display};
    base_report_write_failure(findings, &place, "make the workspace", problem);
    findings->out_of_memory = findings->out_of_memory || display == NULL;
    free(display);
}

/* Makes assets/.prometeu/ with what is missing above it, and locks it. Returns 0, an errno value or
 * BASE_FILE_OUTSIDE_ROOT. */
static int make_directories(const struct making *making, const struct service_path *path, struct service_site *site)
{
    const struct service_lock_wish wish = {.task = making->task};
    int problem = service_directory_make(path);
    int opening = service_site_open(site, making->task, making->place);
    if (problem == 0) {
        problem = opening;
    }
    return problem != 0 ? problem
                        : service_lock_take(site->registry_fd, true, SERVICE_LOCK_SOON, making->registry, &wish);
}

/* Writes the first `count` files of the plan, which lie beside the registry. Returns 0 or an errno value. */
static int write_files(const struct service_site *site, const struct workspace_plan *plan, size_t count)
{
    int problem = 0;
    for (size_t i = 0; problem == 0 && i < count; i++) {
        const struct workspace_step *step = &plan->steps[i];
        problem = service_write_atomically(site->registry_fd, base_path_name(step->target),
                                           base_text_bytes(&step->content), NULL);
    }
    return problem;
}

static void remove_others(const struct service_site *site, const struct workspace_plan *plan)
{
    static const int flags = 0;
    for (size_t i = 0; i + 1 < plan->step_count; i++) {
        (void)unlinkat(site->registry_fd, base_path_name(plan->steps[i].target), flags);
    }
}

/* Without the registry, nothing that was written stays. */
static bool apply(const struct making *making, const struct service_site *site, const struct workspace_plan *plan,
                  struct base_findings *findings)
{
    struct workspace_plan registry = *plan;
    registry.steps = &plan->steps[plan->step_count - 1];
    registry.step_count = 1;
    int problem = write_files(site, plan, plan->step_count - 1);
    if (problem != 0) {
        report(making, problem, findings);
    }
    bool made = problem == 0 && service_apply(making->task, site, &registry, NULL, findings) != SERVICE_APPLY_ABANDONED;
    if (!made) {
        remove_others(site, plan);
    }
    return made;
}

/* Each of the files for git is whole, or as it was. */
static bool carry_out(const struct making *making, const struct service_site *site, const struct workspace_plan *plan,
                      struct base_findings *findings)
{
    if (!plan->registry_stays) {
        return apply(making, site, plan, findings);
    }
    int problem = write_files(site, plan, plan->step_count);
    if (problem != 0) {
        report(making, problem, findings);
    }
    return problem == 0;
}

/* Carries the plan out, unless another process has made the workspace meanwhile. */
static bool make(const struct making *making, struct base_findings *findings)
{
    const struct service_path path = {.root_fd = base_task_directory(making->task), .path = making->registry};
    size_t present = service_directory_present(&path);
    struct service_site site;
    int problem = make_directories(making, &path, &site);
    bool made = false;
    if (problem == 0) {
        struct workspace_plan plan;
        made = workspace_plan_init(making->task, making->place, making->git, &plan, findings) &&
               carry_out(making, &site, &plan, findings);
        workspace_plan_free(&plan);
    } else if (problem == EWOULDBLOCK) {
        service_lock_report(findings, site.registry_fd, making->registry, "the workspace");
    } else if (problem != ECANCELED) {
        report(making, problem, findings);
    }
    if (!made) {
        service_directory_unmake(&path, present);
    }
    service_site_close(&site);
    return made;
}

/* Completes the files of the workspace that is there. */
static bool complete(const struct making *making, struct base_findings *findings)
{
    const struct service_lock_wish wish = {.task = making->task};
    struct service_site site;
    struct workspace_plan plan;
    if (!service_lock_workspace(&site, making->place, &wish, NULL, findings)) {
        return false;
    }
    bool made = workspace_plan_init(making->task, making->place, true, &plan, findings) &&
                carry_out(making, &site, &plan, findings);
    workspace_plan_free(&plan);
    service_site_close(&site);
    return made;
}

static bool name_paths(struct making *making, struct service_init_result *result)
{
    struct base_text path = BASE_TEXT_EMPTY;
    making->assets = workspace_place_assets(making->place);
    char *prometeu =
        making->assets != NULL ? workspace_assets_path(making->assets, WORKSPACE_REGISTRY_DIRECTORY, NULL) : NULL;
    if (prometeu != NULL) {
        base_path_add_plain(&path, prometeu);
    }
    making->registry = prometeu != NULL ? base_text_take(&path) : NULL;
    free(prometeu);
    result->registry =
        making->assets != NULL ? workspace_assets_path(making->assets, WORKSPACE_REGISTRY_PATH, NULL) : NULL;
    return making->registry != NULL && result->registry != NULL;
}

static bool init(struct base_task *task, const struct workspace_place *place, struct service_init_result *result,
                 struct base_findings *findings)
{
    struct making making = {.task = task, .place = place, .git = result->git};
    struct workspace_plan plan;
    bool fine = workspace_plan_init(task, place, making.git, &plan, findings);
    if (fine && (!name_paths(&making, result) ||
                 !service_planned_show(&result->plan, making.assets, plan.steps, plan.step_count, NULL))) {
        base_report_out_of_memory(findings, NULL);
        fine = false;
    }
    result->existed = plan.registry_stays;
    if (fine && !result->dry_run) {
        fine = result->existed ? complete(&making, findings) : make(&making, findings);
    }
    free(making.registry);
    free(making.assets);
    workspace_plan_free(&plan);
    return fine;
}

const char *const service_git_configuration[] = {
    "git config merge.prpack.name \"prpack: one registry of two\"",
    "git config merge.prpack.driver \"if command -v prpack >/dev/null; then prpack merge-registry %O %A %B; "
    "else git merge-file %A %O %B; fi\"",
    NULL,
};

enum service_status service_init(struct base_task *task, const char *workspace,
                                 const struct service_init_request *request, struct service_init_result *result,
                                 struct base_findings *findings)
{
    const struct workspace_place place = {
        .project = request->directory != NULL ? request->directory : workspace,
        .assets = request->assets,
    };
    *result = (struct service_init_result){.dry_run = request->dry_run, .git = request->git};
    if (request->directory != NULL && request->directory[0] == '\0') {
        base_report(findings, DIAG_USAGE, &(struct base_details){.expected = "the path of a directory"},
                    "the path of the project directory is empty");
        return service_status_of_findings(findings);
    }
    if (!base_task_cancelled(task) && !request->dry_run) {
        service_workspace_settle(task, &place, findings);
    }
    bool settled = !request->dry_run || service_await_edit(task, &place, findings);
    if (!settled || base_task_cancelled(task) || !init(task, &place, result, findings)) {
        service_init_result_free(result);
        service_report_cancelled(task, findings, "the registry was not made");
    }
    return service_status_of_findings(findings);
}

void service_init_result_free(struct service_init_result *result)
{
    service_planned_free(&result->plan);
    free(result->registry);
    result->registry = NULL;
}
