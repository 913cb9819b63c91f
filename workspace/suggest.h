/* "Did you mean": names that are close to what was typed. */
#ifndef PRPACK_WORKSPACE_SUGGEST_H
#define PRPACK_WORKSPACE_SUGGEST_H

#include "base/bytes.h"

enum { PP_NOT_CLOSE = 1000 };

/* How far a word is from a name: insertions, deletions, replacements and swaps of neighbours; upper and lower case of
 * ASCII are one. PP_NOT_CLOSE when nobody would take one for the other: more than a third of the name differs, or
 * either is longer than 63 bytes. */
unsigned pp_distance(struct pp_bytes word, const char *name);

/* The closest of names[], the first of equals; NULL when none is close. */
const char *pp_closest(struct pp_bytes word, const char *const *names, size_t count);

#endif
