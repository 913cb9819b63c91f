/* The directory assets/ of the project that a build is compared with: docs/contracts/workspace.md 1. */
#ifndef PRPACK_VERIFY_SOURCES_ASSETS_H
#define PRPACK_VERIFY_SOURCES_ASSETS_H

#include "verify/core/options.h"

/* Its path as the user would type it: "assets" when the project is the current directory. NULL when memory ran out. The
 * caller frees it. */
char *verify_assets_path(const struct verify_options *options);

/* Opens it. The project's own is not followed out of the project: BASE_FILE_OUTSIDE_ROOT. `path` is what
 * verify_assets_path returned. Returns 0, an errno value or a base_file_problem; *fd is -1 after a failure. */
int verify_assets_open(const struct verify_options *options, const char *path, int *fd);

#endif
