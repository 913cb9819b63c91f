#include "service/service.h"

enum pp_status pp_service_init(const char *workspace, struct pp_findings *findings)
{
    (void)pp_workspace_init(workspace, findings);
    return pp_status_of_findings(findings);
}
