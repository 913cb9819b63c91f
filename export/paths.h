/* Paths that a companion names, and that stand in one directory: docs/contracts/extract.md 4.
 *
 * Threads: no shared state. */
#ifndef PRPACK_EXPORT_PATHS_H
#define PRPACK_EXPORT_PATHS_H

#include <stdbool.h>

enum { EXPORT_PATH_MOST = 1024, EXPORT_NAME_MOST = 255 }; /* bytes */

/* Whether it is a plain relative path (workspace.md 1.1) that file systems take. */
bool export_path_is_plain(const char *path);

/* Orders paths by their bytes, with '/' before all others: what is inside of a path comes right after it. */
int export_path_compare(const char *a, const char *b);

/* Whether `path` is inside of the directory `above`. */
bool export_path_is_inside(const char *path, const char *above);

#endif
