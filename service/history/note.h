/* What an operation says of itself in the history. */
#ifndef PRPACK_SERVICE_HISTORY_NOTE_H
#define PRPACK_SERVICE_HISTORY_NOTE_H

#include "base/text.h"

#include <stddef.h>
#include <stdint.h>

/* Zero-initialise; free `words`. */
struct service_history_note {
    const char *name;       /* of the operation, static */
    struct base_text words; /* a line for people: `remove asset 7 "hero"` */
    uint64_t undoes;        /* the operation that is undone; 0: none */
    uint64_t numbers;       /* how many numbers the operation takes, the last one for itself; 0: one */
    size_t assets;          /* that the words name so far */
};

/* Names one more asset: ` asset 7 "hero"`, with a comma before it unless it is the first one. `name` may be NULL. Of
 * many assets only the first ones are named. */
void service_history_note_asset(struct service_history_note *note, int64_t asset_id, const char *name);

/* After the last asset: says how many were not named. */
void service_history_note_end(struct service_history_note *note);

#endif
