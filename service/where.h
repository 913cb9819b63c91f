/* Finds the workspace of an operation whose caller does not name one: docs/contracts/workspace.md, 1.5. */
#ifndef PRPACK_SERVICE_WHERE_H
#define PRPACK_SERVICE_WHERE_H

#include "base/task.h"

/* The nearest project directory at or above the directory of the task; else that directory itself, ".". Its path begins
 * there. The caller frees it; NULL when memory ran out. */
char *service_find_workspace(const struct base_task *task);

/* The directory that builds of a workspace publish into by default, as the user would type it.
 * The caller frees it; NULL when memory ran out. */
char *service_usual_output(const char *workspace);

#endif
