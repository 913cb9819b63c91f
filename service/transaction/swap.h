/* What lies in an output directory beside the artifacts while they are made, and how that ends:
 *
 *   DIR/.prpack-staging/   being written; worth nothing
 *   DIR/.prpack-commit/    complete and durable; to be moved into place
 *
 * The rename of the first to the second is the commit point, and the second name is the journal: the process that finds
 * it moves what is still in it into DIR and removes it. With the artifacts there may be a .gitignore (gitignore.h). A
 * process that finds the first, unlocked, removes it. Nothing in either is parsed. What has one of these names and is
 * not a directory on the mount of DIR was not made by prpack: it is left alone, and ENOTDIR, ELOOP or EXDEV. */
#ifndef PRPACK_SERVICE_TRANSACTION_SWAP_H
#define PRPACK_SERVICE_TRANSACTION_SWAP_H

#include "service/transaction/lock.h"
#include "service/transaction/targets.h"

/* What became of a set that was committed, or of several: the one with the larger number counts. */
enum service_moved {
    SERVICE_MOVED_NOTHING, /* no artifact was replaced */
    SERVICE_MOVED_ALL,     /* all artifacts of the set are in place, durable or not */
    SERVICE_MOVED_SOME     /* some are, and others are not */
};

#define SERVICE_STAGING_NAME ".prpack-staging"
#define SERVICE_COMMIT_NAME ".prpack-commit"

/* Moves a committed set into place. The caller holds the exclusive lock on the directory, and has checked the targets.
 * Nothing committed: nothing done. Being interrupted and repeated does no harm. Returns 0 or an errno value. *moved
 * says what was; it only rises. */
int service_swap(int directory_fd, enum service_moved *moved);

/* Opens and locks the staging directory, whose name is `file` in messages. Returns 0, ENOENT when there is none or its
 * holder has just moved it away, EWOULDBLOCK, or another errno value; *fd is open after 0 only. */
int service_staging_lock(int directory_fd, enum service_lock_patience patience, const char *file,
                         const struct service_lock_wish *wish, int *fd);

/* For a staging directory that the caller holds: removes the files of a killed build from it;
 * removes it. Both return 0 or an errno value, and need no memory unless another program put something in. */
int service_staging_empty(int staging_fd);
int service_staging_remove(int directory_fd, int staging_fd);

/* Completes a committed swap unless an artifact cannot be replaced (targets.h), and removes staging that no process
 * holds. The patience is for the lock on the directory, `file` in messages. Returns 0 when nothing is left over,
 * EWOULDBLOCK, or another errno value. *moved as above. */
int service_swap_settle(int directory_fd, enum service_lock_patience patience, const char *file,
                        const struct service_lock_wish *wish, enum service_moved *moved);

/* Whether a set is committed and not all in place. */
bool service_swap_pending(int directory_fd);

/* Whether there is a staging directory, held or not. */
bool service_staging_exists(int directory_fd);

#endif
