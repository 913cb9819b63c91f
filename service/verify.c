#include "service/examination/examine.h"
#include "service/service.h"
#include "service/transaction/publish.h"

enum service_status service_verify(struct base_task *task, const char *workspace,
                                   const struct service_verify_request *request, struct service_report *report)
{
    const struct service_examination_options options = {
        .no_companions = request->no_companions,
        .sources = request->sources ? workspace : NULL,
        .jobs = request->jobs,
    };
    int lock = service_publication_enter(task, request->directory);
    (void)service_examine(task, SERVICE_EXAMINED_BUILD, request->directory, NULL, &options, report);
    service_publication_leave(lock);
    return service_status_of_report(report);
}
