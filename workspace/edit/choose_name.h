/* The default name of a new asset. */
#ifndef PRPACK_WORKSPACE_EDIT_CHOOSE_NAME_H
#define PRPACK_WORKSPACE_EDIT_CHOOSE_NAME_H

#include "workspace/edit/addition.h"

/* For a root whose asset.json is to be written: its name is the last component of the root. While another asset has
 * that name, one more component is used, and asset.json gets the longer name. If another asset has the name of the
 * whole root, too, the name stays a duplicate. False with the reason in add->findings when asset.json cannot be written
 * so. Needs workspace_taken_read. */
bool workspace_add_choose_name(struct workspace_addition *add);

#endif
