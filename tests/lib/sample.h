/* Texts for the tests of base/: literals with their exact size, and copies that end where the memory ends. */
#ifndef PRPACK_TESTS_LIB_SAMPLE_H
#define PRPACK_TESTS_LIB_SAMPLE_H

#include "base/bytes.h"
#include "tests/lib/unit.h"

#include <stdlib.h>

/* An initialiser for a struct base_bytes; the literal may hold NUL bytes. */
#define TEXT(literal)                                                                                                  \
    {                                                                                                                  \
        .data = (const uint8_t *)(literal), .size = sizeof(literal) - 1                                                \
    }

/* A check in a loop over rows: the label tells which row failed. */
#define CHECK_ROW(actual, expected, label)                                                                             \
    ((void)unit_check_u64((uint64_t)(actual), (uint64_t)(expected), (label), __FILE__, __LINE__))

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* A copy in memory of exactly its size, so that AddressSanitizer sees a read past the end. free() the data. */
static inline struct base_bytes sample_copy(struct base_bytes bytes)
{
    uint8_t *copy = malloc(bytes.size > 0 ? bytes.size : 1);
    REQUIRE(copy != NULL);
    if (bytes.size > 0) {
        memcpy(copy, bytes.data, bytes.size);
    } else {
        copy[0] = '{'; /* a reader that takes it for text is found out */
    }
    return base_bytes_make(copy, bytes.size);
}

static inline void sample_free(struct base_bytes copy)
{
    union {
        const uint8_t *lent;
        uint8_t *owned;
    } memory = {.lent = copy.data};
    free(memory.owned);
}

/* Writes the string without its NUL and returns its size. The caller has made room. */
static inline size_t sample_append(char *out, const char *string)
{
    size_t size = 0;
    for (; string[size] != '\0'; size++) {
        out[size] = string[size];
    }
    return size;
}

#endif
