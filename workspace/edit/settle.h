/* Checks a new asset against all others: the registry, the build set, and the roots before it in the same edit. */
#ifndef PRPACK_WORKSPACE_EDIT_SETTLE_H
#define PRPACK_WORKSPACE_EDIT_SETTLE_H

#include "workspace/edit/addition.h"

/* Checks that it can have the id, and that no other asset has its uuid, name or slot. False if not, with all
 * reasons reported. One root after the other. */
bool workspace_add_settle(struct workspace_addition *add, int64_t asset_id);

#endif
