/* Many small strings that live and die together.
 *
 * Zero-initialise. Threads: one at a time. */
#ifndef PRPACK_VERIFY_STRINGS_H
#define PRPACK_VERIFY_STRINGS_H

#include "base/bytes.h"

struct pp_strings_block;

struct pp_strings {
    struct pp_strings_block *last;
};

/* A copy of the bytes, which have no NUL among them, as a C string that stays where it is until pp_strings_free. NULL when
 * memory runs out; those before stand. */
const char *pp_strings_copy(struct pp_strings *strings, struct pp_bytes bytes);

/* Frees all of them and leaves it empty. */
void pp_strings_free(struct pp_strings *strings);

#endif
