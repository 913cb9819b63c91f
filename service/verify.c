#include "service/examination/directory.h"
#include "service/examination/operand.h"
#include "service/policy.h"
#include "service/service.h"
#include "verify/core/options.h"

#include <assert.h>

static_assert((unsigned)SERVICE_FIELD_ASSETS == VERIFY_FIELD_ASSETS,
              "findings of the verifier are handed on as they are");

static bool refuse(struct service_report *report, const char *directory, enum service_field field, const char *text)
{
    if (service_examine_nothing(directory, report)) {
        base_report(&report->findings, DIAG_USAGE, &(struct base_details){.place.request_field = field}, "%s", text);
    }
    return false;
}

/* Refuses options that would have no effect: the user would believe that more was checked. */
static bool check_request(const struct service_verify_request *request, struct service_report *report)
{
    if (request->sources && request->no_companions) {
        return refuse(report, request->directory, SERVICE_FIELD_VERIFY_SOURCES,
                      "without companions the sources cannot be compared");
    }
    if (!request->sources && request->max_decoded != 0) {
        return refuse(report, request->directory, SERVICE_FIELD_VERIFY_MAX_DECODED,
                      "a budget of decoded bytes is given, but sounds are decoded only to compare sources");
    }
    if (!request->sources && request->assets != NULL) {
        return refuse(report, request->directory, SERVICE_FIELD_ASSETS,
                      "assets are named, but they are read only to compare sources");
    }
    return true;
}

/* What is not a build directory is not examined: findings about files that are not there would not tell what is wrong.
 */
static bool check_directory(struct base_task *task, const char *directory, struct service_report *report)
{
    struct base_findings findings;
    base_findings_init(&findings);
    bool fine = service_check_build_directory(task, directory, &findings);
    if (!fine && service_examine_nothing(directory, report)) {
        base_findings_move(&report->findings, &findings);
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
    if (check_request(request, report) && check_directory(task, request->directory, report)) {
        service_examine_directory(task, request->directory, false, &options, report);
    }
    service_policy_apply(&policy, &report->findings);
    return service_status_of_report(report);
}
