/* What assets/.prometeu/ignore leaves out of `add`: docs/contracts/workspace.md, 1.4. */
#ifndef PRPACK_WORKSPACE_EDIT_LEFT_OUT_H
#define PRPACK_WORKSPACE_EDIT_LEFT_OUT_H

#include "workspace/edit/addition.h"

/* Finds out whether the root, or a directory around it, is left out: fills left_out. False when memory ran out, which
 * findings then says. */
bool workspace_add_find_left_out(struct workspace_addition *add);

/* The same; false, with a warning, if the root is skipped because of it. A registered root never is: it gets its own
 * warning. */
bool workspace_add_check_left_out(struct workspace_addition *add);

/* False, with a warning, if the root is skipped because `ignore` names its asset.json, which exists. */
bool workspace_add_check_anchor_left_out(struct workspace_addition *add);

/* Warns that all files of the root are left out, so that it is skipped. */
void workspace_add_report_files_left_out(struct workspace_addition *add);

/* Whether an entry directly in the root is left out. If the root itself is left out, everything in it is, unless it is
 * added anyway: then nothing is. Returns 0 or ENOMEM. */
int workspace_add_ignores(const struct workspace_addition *add, const char *name, bool is_directory, bool *ignored);

#endif
