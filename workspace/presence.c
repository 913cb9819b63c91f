#include "workspace/presence.h"

#include "workspace/declaration/identity.h"

#include <string.h>

enum workspace_presence workspace_presence_of(const struct workspace *workspace, const struct workspace_record *record,
                                              int *problem)
{
    const struct workspace_identity identity = workspace_identity_at(workspace->assets_fd, record->root);
    if (problem != NULL) {
        *problem = identity.problem;
    }
    if (identity.state == WORKSPACE_IDENTITY_UNKNOWN) {
        return WORKSPACE_UNSURE;
    }
    bool same = identity.state == WORKSPACE_IDENTITY_KNOWN && strcmp(identity.uuid, record->asset_uuid) == 0;
    return same ? WORKSPACE_PRESENT : WORKSPACE_LOST;
}
