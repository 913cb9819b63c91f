/* The loaded assets of a workspace. */
#ifndef PRPACK_WORKSPACE_ASSETS_H
#define PRPACK_WORKSPACE_ASSETS_H

#include "workspace/workspace.h"

/* Frees them; the registry stays. */
void workspace_drop_assets(struct workspace *workspace);

#endif
