/* Strings, each with a number: finds a string among n others in the order of log n steps, whatever the strings are.
 *
 * Zero-initialise with BASE_INDEX_EMPTY. Threads: one at a time. */
#ifndef PRPACK_BASE_INDEX_H
#define PRPACK_BASE_INDEX_H

#include "base/bytes.h"

#include <stdbool.h>
#include <stdint.h>

struct base_index {
    void *root; /* private */
};

#define BASE_INDEX_EMPTY ((struct base_index){.root = NULL})

/* Adds a copy of the string, unless it is there: then its number stays. Returns false when memory runs out; the index
 * is then unchanged. */
bool base_index_add(struct base_index *index, struct base_bytes string, int64_t number);

/* Whether the string is there; *number is then its number. */
bool base_index_find(const struct base_index *index, struct base_bytes string, int64_t *number);

/* Leaves the index empty. */
void base_index_free(struct base_index *index);

#endif
