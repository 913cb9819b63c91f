/* Publishing: the four artifacts appear together or not at all, whatever kills us and whenever (service/swap.h).
 *
 * Readers of a whole build take the shared lock on DIR; the swap takes the exclusive one. */
#ifndef PRPACK_SERVICE_PUBLISH_H
#define PRPACK_SERVICE_PUBLISH_H

#include "base/findings.h"
#include "service/journal.h"

#include <stdbool.h>

struct pp_publication {
    const struct pp_output *output; /* borrowed */
    char *staging;                  /* DIR/.prpack-staging */
    int registry_fd;                /* borrowed; where the journal is kept */
    int directory_fd;
    int staging_fd;
};

/* Writes the journal, makes DIR where needed, settles what a killed process left there, and opens an empty staging directory under
 * its own lock. The caller holds the workspace lock on registry_fd. On failure everything is as it was. */
bool pp_publication_begin(struct pp_publication *publication, int registry_fd, const struct pp_output *output,
                          bool wait, struct pp_findings *findings);

/* Publishes what the staging directory holds: each file is durable already. Closes the publication.
 * PP_PUBLISHED_NOT: the old set stands. PP_COMMITTED: the commit point was passed, but not all files could be moved; the reason is in
 * findings and the next prpack completes the move. */
enum pp_published { PP_PUBLISHED_NOT, PP_COMMITTED, PP_PUBLISHED };
enum pp_published pp_publication_commit(struct pp_publication *publication, struct pp_findings *findings);

/* Drops what was staged, takes back directories that were made, and closes the publication. */
void pp_publication_abandon(struct pp_publication *publication);

/* Settles what a killed process left in a build directory: completes a committed swap, clears dead staging. Returns 0 when nothing is
 * left over, or no such directory, or an errno value. */
int pp_publication_settle(const char *directory);

/* Settles DIR, waits for a swap that is under way there and keeps others from starting until pp_publication_leave: for those who read
 * all four files. Returns a descriptor, or -1 where locking is not possible (read-only media); reading goes on then. */
int pp_publication_enter(const char *directory);
void pp_publication_leave(int descriptor);

#endif
