/* From the tokens of an accepted text to values in C: integers, strings, comparison.
 *
 * A span is that of a KEY or STRING token. Nothing here allocates, except json_token_string. Threads: no shared
 * state. */
#ifndef PRPACK_JSON_VALUE_H
#define PRPACK_JSON_VALUE_H

#include "json/tokenizer.h"

/* ---- Numbers ---- */

/* ±(2^53-1): the integers that every JSON library keeps. */
#define JSON_EXACT_MAX INT64_C(9007199254740991)

/* The value of an integral NUMBER. magnitude saturates: `huge` is set when the value is beyond 2^64-1. */
struct json_integer {
    bool negative;
    bool huge;
    uint64_t magnitude;
};
struct json_integer json_integer(struct base_bytes text, struct json_token token);

/* Whether a NUMBER has neither fraction nor exponent and lies within ±(2^53-1). */
bool json_token_is_exact(struct base_bytes text, struct json_token token);
/* Reads an integral NUMBER within [low, high]. Returns false for anything else, and leaves *value as it was. */
bool json_token_integer(struct base_bytes text, struct json_token token, int64_t low, int64_t high, int64_t *value);
/* Reads an integral NUMBER within 0 … 2^64-1 (-0 is 0). Returns false for anything else, and leaves *value as it was.
 */
bool json_token_unsigned(struct base_bytes text, struct json_token token, uint64_t *value);

/* Reads a NUMBER that has a fraction or an exponent and is an integer within ±(2^53-1) all the same, such as 16.0 or
 * 1e1. Returns false for anything else, and leaves *value as it was. */
bool json_token_whole(struct base_bytes text, struct json_token token, int64_t *value);

/* ---- Strings ---- */

/* Unescapes a span into UTF-8. The result is never longer than the span. Returns the size of the value in bytes; writes
 * at most `capacity` of them. out may be NULL when capacity is 0. The value can contain U+0000. */
size_t json_unescape(struct base_bytes span, uint8_t *out, size_t capacity);

/* The length of what begins at `at` in a span: an escape, a surrogate pair together, or one plain byte. Always within
 * the span, so that json_unescape can take the span in pieces. at < span.size. */
size_t json_step_length(struct base_bytes span, size_t at);

/* Compares the values of two spans in the order of code points, without unescaping them first. */
int json_compare(struct base_bytes a, struct base_bytes b);

/* Whether the span's value is exactly the literal, which is UTF-8. */
bool json_equals(struct base_bytes span, const char *literal);

/* Whether the token is a STRING whose value is the literal. */
bool json_token_is(struct base_bytes text, struct json_token token, const char *literal);

/* The value of a STRING as a C string that the caller frees; U+0000 becomes U+FFFD. NULL when memory runs out. */
char *json_token_string(struct base_bytes text, struct json_token token);
/* The same for a string that may be long: looks at the task, which may be NULL. When it was cancelled, the value is cut
 * short. */
char *json_token_long_string(struct base_bytes text, struct json_token token, struct base_task *task);

/* ---- Places ---- */

/* Where a token begins for a person who reads the text: a string or key begins at its opening quote. */
static inline size_t json_token_start(struct json_token token)
{
    return token.kind == JSON_STRING || token.kind == JSON_KEY ? token.begin - 1 : token.begin;
}

/* The bytes of a token in the text, quotes included. */
struct base_bytes json_token_bytes(struct base_bytes text, struct json_token token);

#endif
