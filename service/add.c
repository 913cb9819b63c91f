#include "service/service.h"
#include "service/settle.h"

#include <unistd.h>

enum pp_status pp_service_add(const char *workspace, const char *root, const struct pp_add_options *options, bool wait,
                              struct pp_add_result *result, struct pp_findings *findings)
{
    *result = (struct pp_add_result){.root = NULL};
    int lock = pp_lock_workspace(workspace, wait, findings);
    if (lock < 0) {
        return pp_status_of_findings(findings);
    }
    struct pp_workspace opened;
    if (pp_workspace_open(&opened, workspace, findings)) {
        (void)pp_workspace_add(&opened, root, options, result, findings);
        pp_workspace_close(&opened);
    }
    (void)close(lock);
    return pp_status_of_findings(findings);
}
