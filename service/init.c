#include "base/directory.h"
#include "base/path.h"
#include "base/report.h"
#include "service/planned.h"
#include "service/service.h"
#include "service/step.h"
#include "service/transaction/apply.h"
#include "service/transaction/directory.h"
#include "service/transaction/lock.h"
#include "service/transaction/settle.h"
#include "workspace/edit/edit.h"
#include "workspace/model/limits.h"
#include "workspace/path.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

/* Makes assets/.prometeu/ with what is missing above it, and locks it. Returns 0 or an errno value. */
static int make_directories(struct base_task *task, const char *workspace, const char *path, int *registry_fd)
{
    const struct service_lock_wish wish = {.task = task};
    int problem = service_directory_make(base_task_directory(task), path);
    char *assets = workspace_assets_path(workspace, NULL, NULL);
    int assets_fd = -1;
    if (problem == 0) {
        problem = assets != NULL ? base_directory_open(&assets_fd, base_task_directory(task), assets) : ENOMEM;
    }
    free(assets);
    if (problem != 0) {
        return problem;
    }
    /* A link in its place could lead out of assets/, where no registry is read. */
    problem = base_directory_enter(registry_fd, assets_fd, WORKSPACE_REGISTRY_DIRECTORY);
    (void)close(assets_fd);
    return problem != 0 ? problem : service_lock_take(*registry_fd, true, SERVICE_LOCK_SOON, path, &wish);
}

static void report(struct base_findings *findings, const char *workspace, int problem)
{
    char *display = workspace_assets_path(workspace, WORKSPACE_REGISTRY_PATH, NULL);
    const struct base_place place = {.file = display};
    base_report_write_failure(findings, &place, "make the workspace", problem);
    findings->out_of_memory = findings->out_of_memory || display == NULL;
    free(display);
}

/* Carries the plan out, unless another process has made the workspace meanwhile. */
static bool make(struct base_task *task, const char *workspace, const char *path, struct base_findings *findings)
{
    size_t present = service_directory_present(base_task_directory(task), path);
    int registry_fd = -1;
    int problem = make_directories(task, workspace, path, &registry_fd);
    bool made = false;
    if (problem == 0) {
        struct workspace_plan plan;
        made = workspace_plan_init(task, workspace, &plan, findings) &&
               service_apply(task, registry_fd, workspace, &plan, findings) != SERVICE_APPLY_ABANDONED;
        workspace_plan_free(&plan);
    } else if (problem == EWOULDBLOCK) {
        service_lock_report(findings, registry_fd, path, "the workspace");
    } else if (problem != ECANCELED) {
        report(findings, workspace, problem);
    }
    if (!made) {
        service_directory_unmake(base_task_directory(task), path, present);
    }
    if (registry_fd >= 0) {
        (void)close(registry_fd);
    }
    return made;
}

static bool init(struct base_task *task, const char *workspace, struct service_init_result *result,
                 struct base_findings *findings)
{
    struct workspace_plan plan;
    bool fine = workspace_plan_init(task, workspace, &plan, findings);
    char *prometeu = workspace_assets_path(workspace, WORKSPACE_REGISTRY_DIRECTORY, NULL);
    struct base_text path = BASE_TEXT_EMPTY;
    if (fine && prometeu != NULL) {
        base_path_add_plain(&path, prometeu);
    }
    if (fine && (prometeu == NULL || base_text_out_of_memory(&path) ||
                 (result->dry_run && !service_planned_show(&result->plan, workspace, &plan.steps[0], NULL)))) {
        base_report_out_of_memory(findings, NULL);
        fine = false;
    }
    fine = fine && (result->dry_run || make(task, workspace, base_text_string(&path), findings));
    base_text_free(&path);
    free(prometeu);
    workspace_plan_free(&plan);
    return fine;
}

enum service_status service_init(struct base_task *task, const char *workspace,
                                 const struct service_init_request *request, struct service_init_result *result,
                                 struct base_findings *findings)
{
    *result = (struct service_init_result){.dry_run = request->dry_run};
    if (!base_task_cancelled(task)) {
        service_workspace_settle(task, workspace, findings);
    }
    if (base_task_cancelled(task) || !init(task, workspace, result, findings)) {
        service_init_result_free(result);
        service_report_cancelled(task, findings, "the registry was not made");
    }
    return service_status_of_findings(findings);
}

void service_init_result_free(struct service_init_result *result)
{
    service_planned_free(&result->plan);
}
