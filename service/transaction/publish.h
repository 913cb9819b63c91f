/* Publishing: the four artifacts appear together or not at all, whenever the process is killed (swap.h).
 *
 * Readers of a whole build take the shared lock on DIR; the swap takes the exclusive one. */
#ifndef PRPACK_SERVICE_TRANSACTION_PUBLISH_H
#define PRPACK_SERVICE_TRANSACTION_PUBLISH_H

#include "base/findings.h"
#include "base/task.h"
#include "service/transaction/journal.h"

#include <stdbool.h>

struct service_publication {
    struct base_task *task;              /* borrowed, or NULL; ends waits for locks */
    const struct service_output *output; /* borrowed */
    char *staging;                       /* DIR/.prpack-staging */
    int registry_fd;                     /* borrowed; where the journal is kept */
    int directory_fd;
    int staging_fd;
};

/* Writes the journal, makes DIR where needed, settles what a killed process left there, and opens an empty staging
 * directory under its own lock. The caller holds the workspace lock on registry_fd. On failure everything is as it
 * was. That the task was cancelled is not reported. */
bool service_publication_begin(struct service_publication *publication, struct base_task *task, int registry_fd,
                               const struct service_output *output, bool wait, struct base_findings *findings);

/* Publishes what the staging directory holds: each file is durable already. Closes the publication.
 * SERVICE_PUBLICATION_ABANDONED: the old set is still there. SERVICE_PUBLICATION_COMMITTED: the commit point was
 * passed, but not all files could be moved; the reason is in findings and the next prpack completes the move. After the
 * commit point a task that is cancelled ends nothing but the wait for a reader of the old set, and that is `cancelled`
 * in findings. */
enum service_publication_end {
    SERVICE_PUBLICATION_ABANDONED,
    SERVICE_PUBLICATION_COMMITTED,
    SERVICE_PUBLICATION_COMPLETE
};
enum service_publication_end service_publication_commit(struct service_publication *publication,
                                                        struct base_findings *findings);

/* Drops what was staged, takes back directories that were made, and closes the publication. */
void service_publication_abandon(struct service_publication *publication);

/* Settles what a killed process left in a build directory: completes a committed swap, clears dead staging. Returns 0
 * when nothing is left over, or no such directory, or an errno value. */
int service_publication_settle(struct base_task *task, const char *directory);

/* Settles DIR, waits for a swap that is under way there and keeps others from starting until service_publication_leave:
 * for operations that read all four files. Returns a descriptor, or -1 where locking is not possible (read-only media):
 * reading goes on then; -1 also when the task was cancelled. */
int service_publication_enter(struct base_task *task, const char *directory);
void service_publication_leave(int descriptor);

#endif
