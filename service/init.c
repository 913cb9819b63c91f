#include "service/service.h"
#include "service/step.h"
#include "service/transaction/settle.h"
#include "workspace/edit/edit.h"

enum service_status service_init(struct base_task *task, const char *workspace, struct base_findings *findings)
{
    if (base_task_cancelled(task)) {
        service_report_cancelled(task, findings, "the registry was not made");
    } else {
        service_workspace_settle(workspace);
        (void)workspace_init(workspace, findings);
    }
    return service_status_of_findings(findings);
}
