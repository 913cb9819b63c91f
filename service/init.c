#include "service/service.h"
#include "workspace/edit/edit.h"

enum service_status service_init(struct base_task *task, const char *workspace, struct base_findings *findings)
{
    (void)task;
    (void)workspace_init(workspace, findings);
    return service_status_of_findings(findings);
}
