/* The roots of the assets whose files an edit writes: docs/contracts/workspace.md, 6.5. */
#ifndef PRPACK_SERVICE_TRANSACTION_EDIT_ROOTS_H
#define PRPACK_SERVICE_TRANSACTION_EDIT_ROOTS_H

#include "workspace/model/model.h"

struct service_edit_roots {
    struct workspace_registry staged; /* or, once it is in its place, the one there */
    struct workspace_registry old;    /* the one that is replaced; without records when it is not a registry any more */
};

/* Reads both below the registry's directory. Returns 0; EBADMSG when the staged registry is not one; or another errno
 * value. Free them in any case. */
int service_edit_roots_read(struct service_edit_roots *roots, int registry_fd);
void service_edit_roots_free(struct service_edit_roots *roots);

/* The root of an asset, which `roots` owns. NULL: neither registry has it. */
const char *service_edit_root(const struct service_edit_roots *roots, int32_t asset_id);

/* Whether an asset goes out of the registry. */
bool service_edit_root_leaves(const struct service_edit_roots *roots, int32_t asset_id);

#endif
