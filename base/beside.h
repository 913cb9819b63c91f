/* What may have been meant by a name that a directory does not have: a name beside it. */
#ifndef PRPACK_BASE_BESIDE_H
#define PRPACK_BASE_BESIDE_H

#include "base/directory.h"

#include <stdbool.h>
#include <stddef.h>

/* Entries that are looked at unless the caller knows a better number. */
enum { BASE_BESIDE_MOST = 2048 };

/* The entry of the directory that is closest to `name` (base/suggest.h); of equals, the first in the order of bytes.
 * Looks for files, or for directories. Closes directory_fd in every case. NULL when none is close, when the directory
 * has more than `most` entries or cannot be read, and when memory ran out, which sets *out_of_memory. The caller frees
 * the name. */
char *base_beside(int directory_fd, const char *name, bool directories, size_t most, bool *out_of_memory);

/* The same for a path, which begins at root_fd unless it is absolute: `path` with another last component. Looks for
 * files and directories. Links are followed. */
char *base_beside_path(int root_fd, const char *path, bool *out_of_memory);

#endif
