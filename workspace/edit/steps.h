/* The steps that examine one root by itself. */
#ifndef PRPACK_WORKSPACE_EDIT_STEPS_H
#define PRPACK_WORKSPACE_EDIT_STEPS_H

#include "workspace/edit/addition.h"

/* Fills the members about this root, except asset_id, from its files and the registry. */
bool workspace_add_root(struct workspace_addition *add);

/* Warns about files of a registered root that its declaration does not name. */
void workspace_add_report_undeclared(struct workspace_addition *add);

/* Whether the root is not taken, and lies neither in another one nor around one. */
bool workspace_add_check_root(struct workspace_addition *add);

#endif
