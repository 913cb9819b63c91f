/* Publishing: the four artifacts appear together or not at all, whatever kills us and whenever.
 *
 *   DIR/.prpack-staging/   being written; worth nothing
 *   DIR/.prpack-commit/    complete and durable; to be moved into place
 *
 * The rename of the first to the second is the commit point, and the second name is the journal: whoever finds it moves what is
 * still in it into DIR and removes it. Whoever finds the first, unlocked, clears it away. Nothing in either is parsed.
 * Readers of a whole build take the shared lock on DIR; the swap takes the exclusive one. */
#ifndef PRPACK_SERVICE_PUBLISH_H
#define PRPACK_SERVICE_PUBLISH_H

#include "base/findings.h"

#include <stdbool.h>

struct pp_publication {
    char *directory; /* DIR as messages name it */
    char *staging;   /* DIR/.prpack-staging */
    int directory_fd;
    int staging_fd;
    bool made_directory; /* DIR is new: it goes again when the publication is abandoned */
};

/* Makes DIR where needed, settles what a killed process left there, and opens an empty staging directory under its own lock. */
bool pp_publication_begin(struct pp_publication *publication, const char *directory, bool wait,
                          struct pp_findings *findings);
/* Publishes what the staging directory holds: each file is durable already. Closes the publication. PP_PUBLISHED_NOT: the old set stands. PP_COMMITTED: the
 * commit point was passed, but not all files could be moved; the reason is in findings and the next prpack completes the move. */
enum pp_published { PP_PUBLISHED_NOT, PP_COMMITTED, PP_PUBLISHED };
enum pp_published pp_publication_commit(struct pp_publication *publication, struct pp_findings *findings);
/* Drops what was staged and closes the publication. */
void pp_publication_abandon(struct pp_publication *publication);

/* Settles what a killed process left in a build directory: completes a committed swap, clears dead staging. Silent when there is
 * nothing, or no such directory, or no right to write. */
void pp_publication_recover(const char *directory);

/* The same for the default output of a workspace, build/. */
void pp_publication_recover_default(const char *workspace);

/* Waits for a swap that is under way in DIR and keeps others from starting until pp_publication_leave: for those who read all four
 * files. Returns a descriptor, or -1 where locking is not possible (read-only media); reading goes on then. */
int pp_publication_enter(const char *directory);
void pp_publication_leave(int descriptor);

#endif
