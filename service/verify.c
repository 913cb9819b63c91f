#include "service/examination/directory.h"
#include "service/service.h"
#include "verify/core/options.h"

#include <assert.h>

static_assert((unsigned)SERVICE_FIELD_ASSETS == VERIFY_FIELD_ASSETS,
              "findings of the verifier are handed on as they are");

enum service_status service_verify(struct base_task *task, const char *workspace,
                                   const struct service_verify_request *request, struct service_report *report)
{
    const struct service_examination_options options = {
        .no_companions = request->no_companions,
        .sources = request->sources ? workspace : NULL,
        .max_decoded = request->max_decoded,
        .assets = request->assets,
        .jobs = request->jobs,
        .wait = request->wait,
    };
    service_examine_directory(task, request->directory, false, &options, report);
    return service_status_of_report(report);
}
