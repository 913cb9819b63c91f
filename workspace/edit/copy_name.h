/* The name of a copy. */
#ifndef PRPACK_WORKSPACE_EDIT_COPY_NAME_H
#define PRPACK_WORKSPACE_EDIT_COPY_NAME_H

#include "workspace/edit/addition.h"

/* Gives the copy a name that no registered asset has, and no earlier root of the same plan: NAME, else the first of
 * NAME-2, NAME-3 and so on. In its asset.json, only "-2" is inserted. False with the reason in add->findings. Needs
 * workspace_taken_read. All copies of a plan together take the order of n log n steps for n assets, old and new. */
bool workspace_add_choose_copy_name(struct workspace_addition *add);

#endif
