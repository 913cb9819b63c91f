#include "service/service.h"
#include "workspace/edit/edit.h"

enum service_status service_init(const char *workspace, struct base_findings *findings)
{
    (void)workspace_init(workspace, findings);
    return service_status_of_findings(findings);
}
