/* Where an edit works: what its functions share. */
#ifndef PRPACK_SERVICE_TRANSACTION_EDIT_PLACE_H
#define PRPACK_SERVICE_TRANSACTION_EDIT_PLACE_H

#include <stdbool.h>

/* Whether opening a directory failed because it is not the one that the edit was planned for, or is no longer there. */
bool service_edit_is_gone(int problem);

/* Syncs a directory or a file at once if it is on another file system than the registry's directory, which is synced
 * once for all. Returns 0 or an errno value. */
int service_edit_sync_elsewhere(int registry_fd, int fd);

#endif
