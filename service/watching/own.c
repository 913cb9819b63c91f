#include "service/watching/own.h"

#include "service/transaction/gitignore.h"
#include "service/transaction/swap.h"
#include "workspace/model/limits.h"

#include <stddef.h>
#include <string.h>

bool service_is_own_output(const char *name)
{
    for (size_t i = 0; i < SERVICE_ARTIFACT_COUNT; i++) {
        if (strcmp(name, service_artifacts[i]) == 0) {
            return true;
        }
    }
    return strcmp(name, SERVICE_STAGING_NAME) == 0 || strcmp(name, SERVICE_COMMIT_NAME) == 0 ||
           strcmp(name, SERVICE_GITIGNORE_NAME) == 0;
}

bool service_is_read_registry(const char *name)
{
    static const char ignore[] = WORKSPACE_IGNORE_PATH;
    return strcmp(name, WORKSPACE_REGISTRY_NAME) == 0 ||
           strcmp(name, ignore + sizeof WORKSPACE_REGISTRY_DIRECTORY) == 0;
}
