/* Fast steps over pieces of canonical JSON (assets-pa-v1.md, 1.3), for texts that are expected to be canonical.
 *
 * Every function takes a place in the text and the end of the text, reads nothing at or after the end, and returns the
 * place after what it has read, or NULL when the text is not the canonical piece that was expected. The caller then
 * reads the text with the tokenizer, which says what is wrong. Threads: no shared state. */
#ifndef PRPACK_JSON_SCAN_H
#define PRPACK_JSON_SCAN_H

#include "base/bytes.h"
#include "base/task.h"

#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/* The largest integer of the canonical form, 2^53-1, has this many digits. */
enum { JSON_SCAN_DIGITS_MAX = 16 };
#define JSON_SCAN_INTEGER_MAX ((UINT64_C(1) << 53) - 1)

/* Expects exactly these bytes: a string literal, so that the comparison is a few words wide and inline. */
#define JSON_SCAN_LITERAL(at, end, literal)                                                                            \
    ((size_t)((end) - (at)) >= sizeof(literal) - 1 && memcmp((at), (literal), sizeof(literal) - 1) == 0                \
         ? (at) + (sizeof(literal) - 1)                                                                                \
         : NULL)

/* Whether a byte of a string needs a closer look: a quote, a backslash, a control character, part of a longer UTF-8
 * sequence. */
static inline bool json_scan_special(uint8_t byte)
{
    return byte == '"' || byte == '\\' || byte < ' ' || byte >= 0x80;
}

/* Returns the place of the first special byte, or the end; never NULL. */
static inline const uint8_t *json_scan_plain(const uint8_t *at, const uint8_t *end)
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
        /* A borrow can mark a byte wrongly, but only beside one marked rightly: the test of the word is exact. */
        uint64_t special = (word ^ (ones * '"')) - ones;
        special |= (word ^ (ones * '\\')) - ones;
        special |= (word - ones * ' ') | word;
        if ((special & (ones * 0x80)) != 0) {
            break;
        }
        at += 8;
    }
#endif
    while (at < end && !json_scan_special(*at)) {
        at++;
    }
    return at;
}

/* Steps over one special byte of a string, other than a quote, and what belongs to it. */
const uint8_t *json_scan_special_piece(const uint8_t *at, const uint8_t *end);

/* So many bytes of a string are read between two looks at the task. */
enum { JSON_SCAN_STRETCH = 1 << 16 };

/* The end of the stretch that begins at `at`. */
static inline const uint8_t *json_scan_stretch_end(const uint8_t *at, const uint8_t *end)
{
    return end - at > JSON_SCAN_STRETCH ? at + JSON_SCAN_STRETCH : end;
}

/* Reads a string on, up to its closing quote or `stop`, whichever comes first. A special piece may cross `stop`. */
static inline const uint8_t *json_scan_stretch(const uint8_t *at, const uint8_t *stop, const uint8_t *end)
{
    at = json_scan_plain(at, stop);
    while (at != NULL && at < stop && *at != '"') {
        at = json_scan_special_piece(at, end);
        at = at != NULL ? json_scan_plain(at, stop) : NULL;
    }
    return at;
}

/* Expects the rest of a string, whatever its length, from after its first stretch. */
const uint8_t *json_scan_long_string(const uint8_t *at, const uint8_t *end, struct base_task *task);

/* Expects the rest of a string, from after its opening quote; returns the place of the closing quote. In a long string
 * it looks at the task, which may be NULL, and gives up when that was cancelled. */
static inline const uint8_t *json_scan_string(const uint8_t *at, const uint8_t *end, struct base_task *task)
{
    const uint8_t *stop = json_scan_stretch_end(at, end);
    at = json_scan_stretch(at, stop, end);
    if (at != NULL && at >= stop && stop < end) {
        return json_scan_long_string(at, end, task);
    }
    return at != NULL && at < end ? at : NULL;
}

/* Eight bytes as a number, the first one lowest. */
static inline uint64_t json_scan_word(const uint8_t *at)
{
    uint64_t word;
    memcpy(&word, at, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return word;
}

/* How many of the eight bytes at `at` are digits, up to the first byte that is not one; *value is their number. */
static inline unsigned json_scan_eight_digits(const uint8_t *at, uint64_t *value)
{
    const uint64_t ones = UINT64_MAX / 0xFF;
    uint64_t digits = json_scan_word(at) ^ (ones * '0');
    /* A sum can carry into the next byte, but only out of one that is not a digit: the lowest mark is true. */
    uint64_t others = ((digits + ones * (0x7F - 9)) | digits) & (ones * 0x80);
    unsigned count = others != 0 ? (unsigned)__builtin_ctzll(others) / 8 : 8;
    if (count == 0) {
        return 0;
    }
    /* The digits to the top, zeros below as leading ones; then pairs, fours and eights are joined. */
    digits <<= 64 - 8 * count;
    digits = digits * 10 + (digits >> 8);
    uint64_t high = (digits & UINT64_C(0x000000FF000000FF)) * UINT64_C(0x000F424000000064);
    uint64_t low = (digits >> 16 & UINT64_C(0x000000FF000000FF)) * UINT64_C(0x0000271000000001);
    *value = (high + low) >> 32;
    return count;
}

/* Expects an integer from 0 to 2^53-1, whatever its length. */
const uint8_t *json_scan_long_integer(const uint8_t *at, const uint8_t *end, uint64_t *value);

/* The same; quickly when it has fewer than eight digits. */
static inline const uint8_t *json_scan_integer(const uint8_t *at, const uint8_t *end, uint64_t *value)
{
    if (end - at < 8) {
        return json_scan_long_integer(at, end, value);
    }
    unsigned count = json_scan_eight_digits(at, value);
    if (count == 8) {
        return json_scan_long_integer(at, end, value);
    }
    return count == 0 || (count > 1 && *at == '0') ? NULL : at + count;
}

/* Nesting is limited far below JSON_MAX_DEPTH; the tokenizer reads what is nested more deeply. */
enum { JSON_SCAN_LEVELS = 16 };

struct json_scan_level {
    const uint8_t *key; /* the last one; NULL: none yet */
    size_t key_size;
    bool plain; /* the key is ASCII without escapes */
    bool object;
};

/* Objects that follow each other mostly have the same keys: a key that is equal to the remembered one needs no check.
 */
enum { JSON_SCAN_KNOWN = 8 };

struct json_scan_known {
    const uint8_t *text; /* with its quotes and its colon; ASCII without escapes */
    size_t size;
};

/* The state of json_scan_object; zero-initialise it once for all objects of one text. Invariant: known[0 … known_count)
 * are the first keys of one object that was accepted so far, so they ascend strictly. */
struct json_scan_nest {
    struct base_task *task; /* the caller may set one: it is looked at while a large object is read. Or NULL */
    struct json_scan_level levels[JSON_SCAN_LEVELS]; /* the containers that are open, the innermost on top */
    unsigned depth;
    struct json_scan_known known[JSON_SCAN_KNOWN];
    unsigned known_count;
};

/* Expects the rest of an object, from after its opening brace, with keys that strictly ascend at every level, and with
 * integers only; gives up on deep nesting, and when the task is cancelled. Returns the place after the closing brace.
 */
const uint8_t *json_scan_object(struct json_scan_nest *nest, const uint8_t *at, const uint8_t *end);

#endif
