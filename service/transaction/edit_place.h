/* Where an edit works: what its functions share. */
#ifndef PRPACK_SERVICE_TRANSACTION_EDIT_PLACE_H
#define PRPACK_SERVICE_TRANSACTION_EDIT_PLACE_H

#include <stdbool.h>

/* Whether a directory could not be opened because it is gone, or because another one is in its place. */
bool service_edit_is_gone(int problem);

/* Syncs a directory or a file at once if it is not on the file system of the registry's directory, which is synced
 * once for all files. Returns 0 or an errno value. */
int service_edit_sync_elsewhere(int registry_fd, int fd);

#endif
