/* Runs an operation in the workspace that its call names, or that is found. */
#include "base/directory.h"
#include "base/report.h"
#include "service/asked.h"
#include "service/operations.h"
#include "service/policy.h"
#include "service/table/assign.h"
#include "service/where.h"

#include <stdlib.h>
#include <string.h>

void service_request_begin(union service_request *request, const struct service_operation *operation)
{
    memset(request, 0, sizeof *request);
    for (size_t i = 0; i < operation->request->count; i++) {
        const struct service_member *member = &operation->request->members[i];
        if (member->fallback != NULL) {
            (void)service_member_set_string(member, request, member->fallback);
        }
    }
}

bool service_answers_once(const struct service_operation *operation, const union service_request *request)
{
    if (operation->id == SERVICE_OPERATION_ADD) {
        return request->add.roots.count == 1 && !request->add.each;
    }
    if (operation->id == SERVICE_OPERATION_PALETTES) {
        return request->palettes.names.count == 1;
    }
    if (operation->id == SERVICE_OPERATION_INSPECT) {
        return request->inspect.paths.count == 1;
    }
    return operation->id != SERVICE_OPERATION_WATCH;
}

/* The answer to a request that is not run. */
static enum service_status refuse(const struct service_call *call, struct base_findings *findings)
{
    struct service_answer answer;
    service_refuse(&answer, call->operation);
    base_findings_move(&answer.findings, findings);
    answer.status = service_status_of_findings(&answer.findings);
    call->take(call->take_context, &answer);
    base_findings_free(&answer.findings);
    return answer.status;
}

/* Whether the project directory is searched for: `ids` always reads the usual build, and `init` makes a workspace. */
static bool is_searched(const struct service_call *call)
{
    const struct service_operation *operation = call->operation;
    return operation->id == SERVICE_OPERATION_IDS ||
           (operation->id != SERVICE_OPERATION_INIT && service_asked_usual_assets(operation->request, call->request));
}

/* Whether the operation looks at something in the directory of the task. */
static bool needs_directory(const struct service_call *call)
{
    const struct service_strings *paths = &call->request->inspect.paths;
    bool needs = false;
    if (call->operation->id == SERVICE_OPERATION_INIT) {
        return call->request->init.directory == NULL || call->request->init.directory[0] != '/';
    }
    if (call->operation->id == SERVICE_OPERATION_INSPECT) {
        for (size_t i = 0; i < paths->count; i++) {
            needs = needs || (paths->items[i][0] != '/' && strncmp(paths->items[i], "..", 2) != 0);
        }
        return needs;
    }
    return is_searched(call);
}

/* Whether the directory of the task was deleted. A workspace above it is found all the same; without one, each
 * operation would miss something else. */
static bool is_lost(const struct service_call *call)
{
    if (!base_directory_is_deleted(base_task_directory(call->task)) || !needs_directory(call)) {
        return false;
    }
    char *found = service_find_workspace(call->task);
    bool lost = found == NULL || strcmp(found, ".") == 0 || call->operation->id == SERVICE_OPERATION_INSPECT;
    free(found);
    return lost;
}

static void report_lost(struct base_findings *findings)
{
    const struct base_details details = {.place.file = ".", .remedy = "Go to a directory that exists, and try again."};
    base_report(findings, DIAG_ENVIRONMENT_READ, &details, "the current directory was deleted");
}

/* In the workspace that the call names. */
static enum service_status run_placed(const struct service_call *call)
{
    struct base_findings findings;
    const struct service_findings_wish *wish = service_asked_findings(call->operation->request, call->request);
    base_findings_init(&findings);
    if (wish != NULL && !service_policy_check(wish, &findings)) {
        return refuse(call, &findings);
    }
    return call->operation->run(call);
}

enum service_status service_run(const struct service_call *call)
{
    if (call->workspace != NULL) {
        return run_placed(call);
    }
    struct base_findings findings;
    base_findings_init(&findings);
    bool searched = is_searched(call);
    char *workspace = searched ? service_find_workspace(call->task) : NULL;
    if (is_lost(call)) {
        report_lost(&findings);
        free(workspace);
        return refuse(call, &findings);
    }
    if (searched && workspace == NULL) {
        base_report_out_of_memory(&findings, NULL);
        return refuse(call, &findings);
    }
    struct service_call placed = *call;
    placed.workspace = workspace != NULL ? workspace : ".";
    enum service_status status = run_placed(&placed);
    free(workspace);
    return status;
}
