/* Which operations of the history are undone: docs/contracts/workspace.md, 8.8. Threads: one at a time. */
#ifndef PRPACK_SERVICE_HISTORY_UNDONE_H
#define PRPACK_SERVICE_HISTORY_UNDONE_H

#include <stddef.h>
#include <stdint.h>

/* An operation among the others. */
struct service_history_link {
    uint64_t operation;
    uint64_t undoes; /* the operation that it takes back; 0: it is not an undo */
    uint64_t by;     /* the undo that has undone it and is itself in force; 0: there is none, so it is in force */
};

/* Sets `by` of all operations, which are in the order of the file. An undo takes back the last operation of its number
 * that comes before it. An undo that is undone takes nothing back. Returns 0 or ENOMEM. */
int service_history_note_undone(struct service_history_link *links, size_t count);

#endif
