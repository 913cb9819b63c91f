/* Plain relative paths, docs/contracts/workspace.md 1.1, and the paths that messages show. */
#ifndef PRPACK_WORKSPACE_PATH_H
#define PRPACK_WORKSPACE_PATH_H

#include <stdbool.h>

/* NULL when path is a plain relative path, else what is wrong with it, as a static text that follows "the path ". */
const char *workspace_path_fault(const char *path);

/* NULL when path may be an asset root, else what is wrong with it. */
const char *workspace_root_fault(const char *root);

/* Whether `inner` is `outer` or lies inside it. Both are plain relative paths. */
bool workspace_path_within(const char *inner, const char *outer);

/* Orders paths so that a directory comes right before everything inside it: bytes, with '/' below all others. */
int workspace_path_compare(const char *a, const char *b);

/* ASSETS[/a[/b]] as the user would type it, where ASSETS is what workspace_place_assets says; a and b may be NULL.
 * Caller frees; NULL when memory ran out. */
char *workspace_assets_path(const char *assets, const char *a, const char *b);

#endif
