/* What a killed process can leave in the registry's directory. */
#include "workspace/edit/atomic.h"
#include "workspace/edit/edit.h"
#include "workspace/model/limits.h"

#include <stddef.h>

/* What may be staged in the registry's directory. */
static const char *const staged[] = {WORKSPACE_REGISTRY_NAME, WORKSPACE_ANCHOR_NAME, WORKSPACE_CACHE_NAME};

bool workspace_has_stages(int registry_fd)
{
    for (size_t i = 0; i < sizeof staged / sizeof staged[0]; i++) {
        if (workspace_stage_exists(registry_fd, staged[i])) {
            return true;
        }
    }
    return false;
}

void workspace_clear_stages(int registry_fd)
{
    for (size_t i = 0; i < sizeof staged / sizeof staged[0]; i++) {
        workspace_stage_clear(registry_fd, staged[i]);
    }
}
