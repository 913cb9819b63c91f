/* Names and paths of the workspace: docs/contracts/workspace.md, 1.1, 2 and 3. */
#ifndef PRPACK_VERIFY_WORKSPACE_NAMES_H
#define PRPACK_VERIFY_WORKSPACE_NAMES_H

#include <stdbool.h>

/* Components joined by '/': none is empty, "." or "..", and none has a backslash. */
bool verify_is_plain_path(const char *path);

/* Not empty, and without control characters. */
bool verify_is_asset_name(const char *name);

/* Whether the path lies below the directory; a path does not lie below itself. */
bool verify_path_is_below(const char *path, const char *directory);

/* Compares two paths, component by component: what lies below a directory follows it at once. For base_sort, see
 * registry.c. */
int verify_path_compare(const char *left, const char *right);

#endif
