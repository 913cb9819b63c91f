/* Copies of many small strings that are freed together. Their addresses never change.
 *
 * Threads: one at a time. */
#ifndef PRPACK_BASE_STRINGS_H
#define PRPACK_BASE_STRINGS_H

#include "base/bytes.h"

struct base_strings_block;

/* Zero-initialise. */
struct base_strings {
    struct base_strings_block *last;
};

/* A copy of the bytes as a C string. bytes holds no NUL, or the string ends there. The copy stays valid until
 * base_strings_free. NULL when memory runs out; the earlier copies stay valid. */
const char *base_strings_copy(struct base_strings *strings, struct base_bytes bytes);

/* Room for a string of up to `size` bytes and its NUL, for the caller to fill in; it is valid as a copy is. NULL when
 * memory runs out. */
char *base_strings_room(struct base_strings *strings, size_t size);

/* Gives back the last `unused` bytes of the room that was taken last, before anything else is added. */
void base_strings_cut(struct base_strings *strings, size_t unused);

/* Frees all copies and leaves the set empty. */
void base_strings_free(struct base_strings *strings);

#endif
