/* The directory that the operand of `add` names. */
#ifndef PRPACK_WORKSPACE_EDIT_ROOT_H
#define PRPACK_WORKSPACE_EDIT_ROOT_H

#include "workspace/edit/addition.h"

/* Finds the root: fills root, root_fd, root_display and anchor_display. False with the reason in findings; or with
 * no_root set, and nothing in findings: workspace_add_report_no_root says that when all roots are known. */
bool workspace_add_find_root(struct workspace_addition *add);

/* The same without anchor_display, for a directory that does not become a root: it may be assets/ itself, whose root is
 * "". */
bool workspace_add_find_directory(struct workspace_addition *add);

/* Reports an operand that is no_root: as a warning if it is skipped because other operands are of the same level,
 * as when a shell expands "assets" with a star. */
void workspace_add_report_no_root(struct workspace_addition *add, bool passed_over);

/* The directories in which paths relative to assets/ lie. False when memory ran out. */
bool workspace_levels_add(struct base_index *levels, const char *path);
bool workspace_levels_have(const struct base_index *levels, const char *path);

#endif
