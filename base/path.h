/* Paths as text. Nothing here looks at a file system.
 *
 * A path is a NUL-terminated string of components with '/' between them. */
#ifndef PRPACK_BASE_PATH_H
#define PRPACK_BASE_PATH_H

#include "base/text.h"

/* Appends a component or a relative path to the path in *path, with one '/' before it unless *path is empty or ends in
 * '/'. */
void base_path_add(struct base_text *path, const char *component);

/* Begins a path in the empty *path with a directory, as a user would type it: without slashes at its end, and with
 * nothing for NULL, "" and ".". */
void base_path_add_directory(struct base_text *path, const char *directory);

/* Appends a path without doubled slashes and without one at its end; "/" stays. *path is empty or ends in '/'. */
void base_path_add_plain(struct base_text *path, const char *plain);

/* "DIRECTORY/name", or a copy of name when directory is NULL or "". The caller frees it; NULL when memory runs out. */
char *base_path_join(const char *directory, const char *name);

/* The last component: what follows the last '/', or all of a path without one. Points into path. */
const char *base_path_name(const char *path);

#endif
