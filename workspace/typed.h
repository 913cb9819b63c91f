/* Paths that a user types from the directory of the task. */
#ifndef PRPACK_WORKSPACE_TYPED_H
#define PRPACK_WORKSPACE_TYPED_H

#include "workspace/workspace.h"

/* The path relative to assets/ that a path from the directory of the task leads to; what is at its end need not be
 * there. `plain` does not end in '/'. NULL: it does not lead below assets/, or memory ran out. The caller frees it. */
char *workspace_typed_root(const struct workspace *workspace, const char *plain);

#endif
