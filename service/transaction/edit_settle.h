/* How an edit ends that was interrupted: it is completed when it was committed, else undone.
 *
 * All functions take registry_fd, the directory assets/.prometeu. All but those that only look need the
 * workspace lock on it.
 * Those that return int return 0 or an errno value. */
#ifndef PRPACK_SERVICE_TRANSACTION_EDIT_SETTLE_H
#define PRPACK_SERVICE_TRANSACTION_EDIT_SETTLE_H

#include <stdbool.h>

/* Whether there is an edit, in whatever state. */
bool service_edit_exists(int registry_fd);

/* Whether there is a committed edit that was made here, so that the workspace is between two states until it is
 * settled. Reads only, and needs no lock: a living process may be about to complete it. */
bool service_edit_is_committed(int registry_fd);

/* Completes or undoes the edit that is there. An edit that was not made in this directory is left alone, with *foreign
 * set. */
int service_edit_settle(int registry_fd, int assets_fd, bool *foreign);

/* Removes the journal, the staged history and the staged registry, durably, but nothing in an asset root: for an edit
 * that is complete, that has staged nothing else, or that was not made here. */
int service_edit_drop(int registry_fd);

#endif
