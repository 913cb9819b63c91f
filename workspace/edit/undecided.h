/* What `add` reports when the files of a root do not show what kind of asset it is: docs/contracts/workspace.md, 6.3.
 */
#ifndef PRPACK_WORKSPACE_EDIT_UNDECIDED_H
#define PRPACK_WORKSPACE_EDIT_UNDECIDED_H

#include "workspace/edit/files.h"

/* Reports type-undecided, which names the files. */
void workspace_add_refuse_type(struct workspace_addition *add, const struct workspace_files *files,
                               const char *expected, enum diag_cause cause, const char *message);

/* The same if no type was given: says what the files are, and what to do with them. */
void workspace_add_refuse_undecided(struct workspace_addition *add, const struct workspace_files *files);

#endif
