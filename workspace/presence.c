#include "workspace/presence.h"

#include "workspace/declaration/identity.h"

#include <errno.h>
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

const struct workspace_record *workspace_present_around(const struct workspace *workspace,
                                                        const struct base_index *roots, const char *place,
                                                        bool *out_of_memory)
{
    int64_t position;
    for (const char *slash = strchr(place, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        if (base_index_find(roots, base_bytes_make(place, (size_t)(slash - place)), &position)) {
            /* No root lies in another one, so no second record is asked. */
            const struct workspace_record *record = &workspace->registry.records[position];
            int problem;
            bool lost = workspace_presence_of(workspace, record, &problem) == WORKSPACE_LOST;
            *out_of_memory = *out_of_memory || problem == ENOMEM;
            return lost ? NULL : record;
        }
    }
    return NULL;
}
