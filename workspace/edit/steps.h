/* All steps of one addition, in order. */
#ifndef PRPACK_WORKSPACE_EDIT_STEPS_H
#define PRPACK_WORKSPACE_EDIT_STEPS_H

#include "workspace/edit/addition.h"

/* Plans one root: fills what is of this root. */
bool workspace_add_root(struct workspace_addition *add);

#endif
