/* Publishing: the four artifacts appear together or not at all, whenever the process is killed (swap.h).
 *
 * Readers of a whole build take the shared lock on DIR; a build takes the exclusive one before its commit point and
 * keeps it until the swap is done. So a reader that has the lock and finds a commit knows that its build is dead. */
#ifndef PRPACK_SERVICE_TRANSACTION_PUBLISH_H
#define PRPACK_SERVICE_TRANSACTION_PUBLISH_H

#include "base/findings.h"
#include "service/transaction/lock.h"
#include "service/transaction/output.h"
#include "service/transaction/swap.h"

#include <stdbool.h>

struct service_publication {
    const struct service_site *site;      /* borrowed; where the note is kept */
    const struct service_output *output;  /* borrowed */
    const struct service_lock_wish *wish; /* borrowed */
    enum service_moved *moved;            /* borrowed; of the sets of other builds that were killed in DIR */
    char *staging;                        /* DIR/.prpack-staging */
    int directory_fd;
    int staging_fd;
};

/* Notes DIR, makes it where needed, settles what a killed process left there, and opens an empty staging directory
 * under its own lock. Refuses a DIR where an artifact could not be replaced. The caller holds the workspace lock, and
 * has checked the output. On failure everything is as it was, but for a set of a killed build that was moved into
 * place: *moved, which only rises, here and later. */
bool service_publication_begin(struct service_publication *publication, const struct service_site *site,
                               const struct service_output *output, const struct service_lock_wish *wish,
                               enum service_moved *moved, struct base_findings *findings);

/* Publishes what the staging directory holds: each file is durable already. Closes the publication.
 * SERVICE_PUBLICATION_ABANDONED: the old set is still there; a reader that holds DIR for too long is one reason.
 * SERVICE_PUBLICATION_COMMITTED: the commit point was passed, but not all files could be moved; the reason is in
 * findings, and a later command completes the move.
 * SERVICE_PUBLICATION_COMPLETE: all files are in place. There is a reason in findings if that may not be durable yet,
 * or if something is left beside them. */
enum service_publication_end {
    SERVICE_PUBLICATION_ABANDONED,
    SERVICE_PUBLICATION_COMMITTED,
    SERVICE_PUBLICATION_COMPLETE
};
enum service_publication_end service_publication_commit(struct service_publication *publication,
                                                        struct base_findings *findings);

/* Drops what was staged, takes back directories that were made, and closes the publication. */
void service_publication_abandon(struct service_publication *publication);

#endif
