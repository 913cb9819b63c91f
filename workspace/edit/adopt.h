/* `add` of a directory that has an asset.json. */
#ifndef PRPACK_WORKSPACE_EDIT_ADOPT_H
#define PRPACK_WORKSPACE_EDIT_ADOPT_H

#include "workspace/edit/addition.h"

/* Checks asset.json; fills declaration and asset_uuid, and text if the file must change. */
bool workspace_add_adopt(struct workspace_addition *add);
/* Whether no other asset has asset_uuid. */
bool workspace_add_check_uuid(struct workspace_addition *add);

#endif
