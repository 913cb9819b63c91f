/* `add --update` of a registered root: docs/contracts/workspace.md, 6.8. */
#ifndef PRPACK_WORKSPACE_EDIT_UPDATE_H
#define PRPACK_WORKSPACE_EDIT_UPDATE_H

#include "workspace/edit/addition.h"

/* Fills asset_id, asset_uuid and the declaration of a root that is found; and, when there are new sprites or palettes,
 * the text of asset.json with them. */
bool workspace_add_update(struct workspace_addition *add);

#endif
