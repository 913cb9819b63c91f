/* The roots, uuids and names that belong to an asset already: by the registry, or because the same edit adds it.
 *
 * Each question takes the order of log n steps. The registry is read when it begins, the declarations of the build set
 * when the first name is asked for. */
#ifndef PRPACK_WORKSPACE_EDIT_TAKEN_H
#define PRPACK_WORKSPACE_EDIT_TAKEN_H

#include "base/index.h"
#include "workspace/edit/roots.h"
#include "workspace/workspace.h"

struct workspace_taken {
    struct workspace_roots roots;
    struct base_index uuids;
    struct base_index names; /* of the build set */
    bool names_read;
};

/* Takes what the registry has. False when memory ran out; free it in either case. */
bool workspace_taken_begin(struct workspace_taken *taken, const struct workspace_registry *registry);
void workspace_taken_free(struct workspace_taken *taken);

/* Takes what a new asset has. False when memory ran out. */
bool workspace_taken_add(struct workspace_taken *taken, int32_t asset_id, const char *root, const char *uuid,
                         const char *name);

/* 0, or the asset that has it. */
int32_t workspace_taken_uuid(const struct workspace_taken *taken, const char *uuid);

/* The same for a name. A declaration of the build set that is faulty takes no name. False when memory ran out. */
bool workspace_taken_name(struct workspace_taken *taken, const struct workspace *workspace, const char *name,
                          int32_t *asset_id);

#endif
