/* Which assets a workspace has, as an answer keeps them after the workspace is closed. Threads: one at a time. */
#ifndef PRPACK_SERVICE_REGISTERED_H
#define PRPACK_SERVICE_REGISTERED_H

#include "service/examined.h"
#include "workspace/workspace.h"

/* Copies the records of a registry, in rising asset_id. False when memory ran out; *assets is then empty. */
bool service_registered_copy(struct service_registered_assets *assets, const struct workspace_registry *registry);
void service_registered_free(struct service_registered_assets *assets);

#endif
