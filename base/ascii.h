/* Letters of ASCII without regard to their case, in any locale. */
#ifndef PRPACK_BASE_ASCII_H
#define PRPACK_BASE_ASCII_H

#include "base/bytes.h"

#include <stdbool.h>
#include <string.h>

static inline uint8_t base_ascii_lower(uint8_t byte)
{
    return byte >= 'A' && byte <= 'Z' ? (uint8_t)(byte + ('a' - 'A')) : byte;
}

/* Whether bytes are the word, which is in lower case. */
static inline bool base_ascii_equals(struct base_bytes bytes, const char *word)
{
    size_t same = 0;
    while (same < bytes.size && word[same] != '\0' && base_ascii_lower(bytes.data[same]) == (uint8_t)word[same]) {
        same++;
    }
    return same == bytes.size && word[same] == '\0';
}

/* Below, at or above 0 as a comes before b, is b but for case, or comes after it. Bytes that are not ASCII letters
 * count as they are. */
static inline int base_ascii_compare(const char *a, const char *b)
{
    while (*a != '\0' && base_ascii_lower((uint8_t)*a) == base_ascii_lower((uint8_t)*b)) {
        a++;
        b++;
    }
    return (int)base_ascii_lower((uint8_t)*a) - (int)base_ascii_lower((uint8_t)*b);
}

#endif
