/* Whether a path fits a pattern of .gitignore: docs/contracts/workspace.md 1.4.
 *
 * Threads: no state. */
#ifndef PRPACK_WORKSPACE_GLOB_H
#define PRPACK_WORKSPACE_GLOB_H

#include "base/bytes.h"

#include <stdbool.h>

/* The whole of `path` has to fit the whole of `glob`. Takes at most as many steps as the product of the two sizes and
 * the number of components of the path. */
bool workspace_glob_fits(struct base_bytes glob, struct base_bytes path);

#endif
