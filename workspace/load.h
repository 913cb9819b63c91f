/* Shared by those that load and close. */
#ifndef PRPACK_WORKSPACE_LOAD_H
#define PRPACK_WORKSPACE_LOAD_H

#include "workspace/workspace.h"

/* Frees the loaded assets; the registry stays. */
void workspace_drop_assets(struct workspace *workspace);

#endif
