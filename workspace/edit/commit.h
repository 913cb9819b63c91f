/* The last step of `add`: it writes. */
#ifndef PRPACK_WORKSPACE_EDIT_COMMIT_H
#define PRPACK_WORKSPACE_EDIT_COMMIT_H

#include "workspace/edit/addition.h"

/* Writes asset.json and the registry, then updates the workspace and fills *result. */
bool workspace_add_commit(struct workspace_addition *add, struct workspace_add_result *result);

#endif
