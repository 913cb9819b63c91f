/* What is found out about one root by itself, step by step. */
#ifndef PRPACK_WORKSPACE_EDIT_STEPS_H
#define PRPACK_WORKSPACE_EDIT_STEPS_H

#include "workspace/edit/addition.h"

/* Fills what is of this root but for the asset_id: from its files and what the registry has. */
bool workspace_add_root(struct workspace_addition *add);

/* Warns of what lies in a root that is registered, and its declaration does not name. */
void workspace_add_report_undeclared(struct workspace_addition *add);

/* Whether the root is not taken, and lies neither in another one nor around one. */
bool workspace_add_check_root(struct workspace_addition *add);

#endif
