/* Many small strings that are freed together.
 *
 * Zero-initialise. Threads: one at a time. */
#ifndef PRPACK_VERIFY_CORE_STRINGS_H
#define PRPACK_VERIFY_CORE_STRINGS_H

#include "base/bytes.h"

struct verify_strings_block;

struct verify_strings {
    struct verify_strings_block *last;
};

/* A copy of the bytes, which have no NUL among them, as a C string that stays where it is until verify_strings_free.
 * NULL when memory runs out; the strings before remain. */
const char *verify_strings_copy(struct verify_strings *strings, struct base_bytes bytes);

/* Frees all of them and leaves it empty. */
void verify_strings_free(struct verify_strings *strings);

#endif
