/* The name of an asset for which none is asked. */
#ifndef PRPACK_WORKSPACE_EDIT_CHOOSE_NAME_H
#define PRPACK_WORKSPACE_EDIT_CHOOSE_NAME_H

#include "workspace/edit/addition.h"

/* For a root whose asset.json is to be written: while another asset has the name, which was the last component of the
 * root, one component more is taken, and asset.json gets that name. All of the root may be taken, too: then the name
 * stays one that another asset has. False with the reason in add->findings when asset.json cannot be written so. Needs
 * workspace_taken_read. */
bool workspace_add_choose_name(struct workspace_addition *add);

#endif
