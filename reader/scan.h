/* Steps over pieces of canonical JSON (assets-pa-v1.md 1.3). Private to the reader.
 *
 * Every function takes where it stands and the end of the text, reads nothing at or behind the end, and returns where it stands
 * afterwards, or NULL when the text is anything but the canonical piece that was expected. */
#ifndef PRPACK_READER_SCAN_H
#define PRPACK_READER_SCAN_H

#include "base/bytes.h"

#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/* The largest integer of the canonical form, 2^53-1, has this many digits. */
enum { PP_SCAN_DIGITS_MAX = 16 };
#define PP_SCAN_INTEGER_MAX ((UINT64_C(1) << 53) - 1)

/* Expects exactly these bytes: a string literal, so that the comparison is a few words wide and inline. */
#define PP_SCAN_LITERAL(at, end, literal)                                                                              \
    ((size_t)((end) - (at)) >= sizeof(literal) - 1 && memcmp((at), (literal), sizeof(literal) - 1) == 0                \
         ? (at) + (sizeof(literal) - 1)                                                                                \
         : NULL)

/* Whether a byte of a string needs a closer look: a quote, a backslash, a control character, a longer UTF-8 sequence. */
static inline bool pp_scan_special(uint8_t byte)
{
    return byte == '"' || byte == '\\' || byte < ' ' || byte >= 0x80;
}

/* Stands at the first special byte, or at the end: never NULL. */
static inline const uint8_t *pp_scan_plain(const uint8_t *at, const uint8_t *end)
{
#if defined(__SSE2__)
    const __m128i quote = _mm_set1_epi8('"');
    const __m128i backslash = _mm_set1_epi8('\\');
    const __m128i space = _mm_set1_epi8(' ');
    while (end - at >= 16) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)at);
        /* Compared as signed bytes, those of longer sequences are below a space too. */
        __m128i special = _mm_or_si128(_mm_cmplt_epi8(bytes, space),
                                       _mm_or_si128(_mm_cmpeq_epi8(bytes, quote), _mm_cmpeq_epi8(bytes, backslash)));
        unsigned mask = (unsigned)_mm_movemask_epi8(special);
        if (mask != 0) {
            return at + __builtin_ctz(mask);
        }
        at += 16;
    }
#else
    const uint64_t ones = UINT64_MAX / 0xFF;
    while (end - at >= 8) {
        uint64_t word;
        memcpy(&word, at, sizeof word);
        /* A borrow can mark a byte wrongly, but only beside one that is marked rightly: the test of the word is exact. */
        uint64_t special = (word ^ (ones * '"')) - ones;
        special |= (word ^ (ones * '\\')) - ones;
        special |= (word - ones * ' ') | word;
        if ((special & (ones * 0x80)) != 0) {
            break;
        }
        at += 8;
    }
#endif
    while (at < end && !pp_scan_special(*at)) {
        at++;
    }
    return at;
}

/* Steps over one special byte of a string, other than a quote, and what belongs to it. */
const uint8_t *pp_scan_special_piece(const uint8_t *at, const uint8_t *end);

/* Expects the rest of a string behind its opening quote; stands at the closing quote. */
static inline const uint8_t *pp_scan_string(const uint8_t *at, const uint8_t *end)
{
    at = pp_scan_plain(at, end);
    while (at != NULL && at < end && *at != '"') {
        at = pp_scan_special_piece(at, end);
        at = at != NULL ? pp_scan_plain(at, end) : NULL;
    }
    return at != NULL && at < end ? at : NULL;
}

/* Expects an integer from 0 to 2^53-1. */
static inline const uint8_t *pp_scan_integer(const uint8_t *at, const uint8_t *end, uint64_t *value)
{
    const uint8_t *begin = at;
    uint64_t sum = 0;
    while (at < end && at - begin <= PP_SCAN_DIGITS_MAX) {
        unsigned digit = (unsigned)*at - '0';
        if (digit > 9) {
            break;
        }
        sum = sum * 10 + digit;
        at++;
    }
    if (at == begin || at - begin > PP_SCAN_DIGITS_MAX || sum > PP_SCAN_INTEGER_MAX ||
        (*begin == '0' && at - begin > 1)) {
        return NULL;
    }
    *value = sum;
    return at;
}

/* Expects an object behind its opening brace, keys strictly ascending at every level, integers only; gives up on deep
 * nesting. Stands behind its closing brace. */
const uint8_t *pp_scan_object(const uint8_t *at, const uint8_t *end);

#endif
