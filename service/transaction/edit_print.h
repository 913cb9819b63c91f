/* The journal of an edit as text; edit_journal.h describes its form. */
#ifndef PRPACK_SERVICE_TRANSACTION_EDIT_PRINT_H
#define PRPACK_SERVICE_TRANSACTION_EDIT_PRINT_H

#include "base/text.h"
#include "workspace/edit/plan.h"

/* The beginning of each journal, and of its last line. */
#define SERVICE_EDIT_FIRST "prpack-edit 3 "
#define SERVICE_EDIT_FIRST_OLD "prpack-edit 2 "
#define SERVICE_EDIT_LAST "end "

/* Appends the first line, which begins with `first`. The staged registry is the one in place once it was moved there.
 * Returns 0 or an errno value. */
int service_edit_print_first(int registry_fd, const char *first, struct base_text *text);

/* Appends the journal of a plan whose registry is staged and of which nothing else is done. Returns 0 or an errno
 * value. */
int service_edit_print(int registry_fd, int assets_fd, const struct workspace_plan *plan, struct base_text *text);

#endif
