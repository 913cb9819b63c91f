/* "Did you mean": names that are close to what was typed. */
#ifndef PRPACK_BASE_SUGGEST_H
#define PRPACK_BASE_SUGGEST_H

#include "base/bytes.h"

enum { BASE_DISTANCE_FAR = 1000 };

/* The number of insertions, deletions, replacements and swaps of neighbours that make a name of a word; upper and
 * lower case of ASCII are equal. BASE_DISTANCE_FAR when it is not a typing error: more than a third of the name
 * differs, or either is longer than 63 bytes. */
unsigned base_edit_distance(struct base_bytes word, const char *name);

/* The closest of names[], the first of equals; NULL when none is close. */
const char *base_suggest(struct base_bytes word, const char *const *names, size_t count);

#endif
