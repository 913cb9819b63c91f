/* Single files that are there whole or not at all. What consists of several is a transaction: apply.h. */
#ifndef PRPACK_SERVICE_TRANSACTION_ATOMIC_H
#define PRPACK_SERVICE_TRANSACTION_ATOMIC_H

#include "base/bytes.h"

#include <stdbool.h>
#include <sys/types.h>

/* Writes `name` in a directory: staged beside it as ".NAME.new", synced, renamed over it, the directory synced. The
 * mode follows the umask. name is at most 200 bytes long. Two writers of one name must not run at once.
 *
 * Returns 0 or an errno value. *replaced, which may be NULL, is true when the name has the new content: after a
 * failure too, when only the last sync failed. Otherwise the name is what it was and nothing is left beside it. A stage
 * that a killed process left is replaced. */
int service_write_atomically(int directory_fd, const char *name, struct base_bytes content, bool *replaced);

/* The same for a file in a directory that is not ours, where another program may have a file with the name of such a
 * stage: this one is ".NAME.prpack-new". Returns 0 or an errno value. */
int service_write_product(int directory_fd, const char *name, struct base_bytes content);

/* The same, and the file gets the rights `mode`. */
int service_rewrite_product(int directory_fd, const char *name, struct base_bytes content, mode_t mode);

/* The stages that a killed process left in a directory for `name`. Two writers are kept apart by the caller. */
bool service_stage_exists(int stage_fd, const char *name);
void service_stage_clear(int stage_fd, const char *name);

#endif
