/* The directory that the operand of `add` names. */
#ifndef PRPACK_WORKSPACE_EDIT_ROOT_H
#define PRPACK_WORKSPACE_EDIT_ROOT_H

#include "workspace/edit/addition.h"

/* Finds the root: fills root, root_fd, root_display and anchor_display. */
bool workspace_add_find_root(struct workspace_addition *add);

#endif
