/* Directories that the packer makes and clears. */
#ifndef PRPACK_SERVICE_DIRECTORY_H
#define PRPACK_SERVICE_DIRECTORY_H

#include <stdbool.h>

/* Makes a directory and the missing ones above it; an existing one is fine. Returns 0 or an errno value; *made_last tells
 * whether the last component is new. */
int pp_directory_make(const char *path, bool *made_last);

/* Makes the entries of a directory durable. Returns 0 or an errno value. */
int pp_directory_sync(int directory_fd);

/* Removes the regular files in the directory `name` below parent_fd, then the directory. Does not descend and follows no link: a
 * directory that holds something else stays, with that in it. A missing one is fine. Returns 0 or an errno value. */
int pp_directory_clear(int parent_fd, const char *name);

#endif
