#include "service/service.h"
#include "service/transaction/settle.h"

#include <unistd.h>

enum service_status service_add(const char *workspace, const char *root, const struct workspace_add_options *options,
                                bool wait, struct workspace_add_result *result, struct base_findings *findings)
{
    *result = (struct workspace_add_result){.root = NULL};
    int lock = service_lock_workspace(workspace, wait, findings);
    if (lock < 0) {
        return service_status_of_findings(findings);
    }
    struct workspace opened;
    if (workspace_open(&opened, workspace, findings)) {
        (void)workspace_add(&opened, root, options, result, findings);
        workspace_close(&opened);
    }
    (void)close(lock);
    return service_status_of_findings(findings);
}
