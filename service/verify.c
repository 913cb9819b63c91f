#include "service/examination/directory.h"
#include "service/examination/operand.h"
#include "service/policy.h"
#include "service/service.h"
#include "service/where.h"
#include "verify/core/options.h"

#include <assert.h>
#include <stdlib.h>

static_assert((unsigned)SERVICE_FIELD_ASSETS == VERIFY_FIELD_ASSETS,
              "findings of the verifier are handed on as they are");

/* One call. */
struct verifying {
    struct base_task *task;
    const struct service_verify_request *request;
    const char *directory; /* that is examined */
    const char *usual;     /* the one of the workspace */
    struct service_report *report;
};

static bool refuse(const struct verifying *verifying, enum service_field field, const char *text)
{
    if (service_examine_nothing(verifying->directory, verifying->report)) {
        base_report(&verifying->report->findings, DIAG_USAGE, &(struct base_details){.place.request_field = field},
                    "%s", text);
    }
    return false;
}

/* Refuses options that would have no effect: the user would believe that more was checked. */
static bool check_request(const struct verifying *verifying)
{
    const struct service_verify_request *request = verifying->request;
    if (request->sources && request->no_companions) {
        return refuse(verifying, SERVICE_FIELD_VERIFY_SOURCES, "without companions the sources cannot be compared");
    }
    if (!request->sources && request->max_decoded != 0) {
        return refuse(verifying, SERVICE_FIELD_VERIFY_MAX_DECODED,
                      "a budget of decoded bytes is given, but sounds are decoded only to compare sources");
    }
    if (!request->sources && request->assets != NULL) {
        return refuse(verifying, SERVICE_FIELD_ASSETS, "assets are named, but they are read only to compare sources");
    }
    return true;
}

/* What is not a build directory is not examined: findings about files that are not there would not tell what is wrong.
 */
static bool check_directory(const struct verifying *verifying)
{
    struct base_findings findings;
    base_findings_init(&findings);
    bool fine = service_check_build_directory(verifying->task, verifying->directory, verifying->usual, &findings);
    if (!fine && service_examine_nothing(verifying->directory, verifying->report)) {
        base_findings_move(&verifying->report->findings, &findings);
    }
    base_findings_free(&findings);
    return fine;
}

enum service_status service_verify(struct base_task *task, const char *workspace,
                                   const struct service_verify_request *request, struct service_report *report)
{
    const struct base_policy policy = service_policy_of(&request->findings, false);
    const struct service_examination_options options = {
        .no_companions = request->no_companions,
        .sources = request->sources ? workspace : NULL,
        .max_decoded = request->max_decoded,
        .assets = request->assets,
        .jobs = request->jobs,
        .wait = request->wait,
        .policy = &policy,
    };
    char *usual = service_usual_output(workspace);
    const struct verifying verifying = {
        .task = task,
        .request = request,
        .directory = request->directory != NULL ? request->directory : usual,
        .usual = usual,
        .report = report,
    };
    if (usual == NULL) {
        (void)service_examine_nothing("", report);
        report->findings.out_of_memory = true;
    } else if (check_request(&verifying) && check_directory(&verifying)) {
        service_examine_directory(task, verifying.directory, false, &options, report);
    }
    free(usual);
    service_policy_apply(&policy, &report->findings);
    return service_status_of_report(report);
}
