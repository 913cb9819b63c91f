/* What assets/.prometeu/ignore leaves out of `add`: docs/contracts/workspace.md, 1.4. */
#ifndef PRPACK_WORKSPACE_EDIT_LEFT_OUT_H
#define PRPACK_WORKSPACE_EDIT_LEFT_OUT_H

#include "workspace/edit/addition.h"

/* Finds out whether the root, or a directory around it, is left out: fills left_out. False when memory ran out, which
 * findings then says. */
bool workspace_add_find_left_out(struct workspace_addition *add);

/* The same, and false with a warning when the root is passed over for it. A registered one never is: that alone is said
 * of it. */
bool workspace_add_check_left_out(struct workspace_addition *add);

/* Whether the root is not passed over for its asset.json, which is there; else false with a warning. */
bool workspace_add_check_anchor_left_out(struct workspace_addition *add);

/* Warns that all files of the root are left out, so that it is passed over. */
void workspace_add_report_files_left_out(struct workspace_addition *add);

/* Whether an entry directly in the root is left out. When the root itself is, everything is; unless it is added anyway,
 * then nothing is. Returns 0 or ENOMEM. */
int workspace_add_ignores(const struct workspace_addition *add, const char *name, bool is_directory, bool *ignored);

#endif
