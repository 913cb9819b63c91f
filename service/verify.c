#include "service/examination/examine.h"
#include "service/service.h"
#include "service/transaction/publish.h"

enum service_status service_verify(struct base_task *task, const char *directory,
                                   const struct service_examination_options *options, struct service_report *report)
{
    int lock = service_publication_enter(directory);
    (void)service_examine(task, SERVICE_EXAMINED_BUILD, directory, NULL, options, report);
    service_publication_leave(lock);
    return service_status_of_report(report);
}
