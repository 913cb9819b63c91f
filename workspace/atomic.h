/* Files that are there whole or not at all. */
#ifndef PRPACK_WORKSPACE_ATOMIC_H
#define PRPACK_WORKSPACE_ATOMIC_H

#include "base/bytes.h"

/* Writes `name` in a directory: staged beside it as ".NAME.new", synced, renamed over it, the directory synced. The
 * mode follows the umask. name is at most 200 bytes long. Two writers of one name must not run at once.
 *
 * Returns 0 or an errno value; after a failure the name is what it was and nothing is left beside it, except that after
 * a failed sync of the directory the new file stands there. A stage that a killed process left is replaced. */
int pp_write_atomically(int directory_fd, const char *name, struct pp_bytes content);

/* Makes an entry of a directory last. Returns 0 or an errno value. */
int pp_sync_directory(int directory_fd);

#endif
