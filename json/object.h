/* Reading JSON values out of a text whose structure is known: a thin layer over the tokenizer.
 *
 * All positions are positions in the whole text, whichever part of it is scanned. A text that is not JSON yields
 * JSON_ERROR where it stops being it; every function here ends there. Threads: no shared state. */
#ifndef PRPACK_JSON_OBJECT_H
#define PRPACK_JSON_OBJECT_H

#include "json/tokenizer.h"

struct json_walk {
    struct json_tokenizer json;
    struct base_bytes text;
    size_t base; /* where the scanned part begins in text */
};

/* Scans text[begin, end). */
void json_walk_begin(struct json_walk *tokens, struct base_bytes text, size_t begin, size_t end);
/* The next token. */
struct json_token json_walk_next(struct json_walk *tokens);
/* The next token; a container is taken whole: its kind is that of its BEGIN, its end is behind its last bracket. */
struct json_token json_walk_value(struct json_walk *tokens);
/* The same for a token that json_walk_next has just returned. */
struct json_token json_walk_whole(struct json_walk *tokens, struct json_token token);

/* Told of each member whose name is not listed, with its whole value. */
typedef void (*json_walk_unknown)(void *context, struct json_token key, struct json_token value);

/* Reads the members of the object whose BEGIN was the last token, up to its END. values[i] becomes the whole value of
 * the first member that is called names[i]; its kind is JSON_END when there is none. unknown may be NULL. */
void json_walk_members(struct json_walk *tokens, const char *const names[], size_t count, struct json_token values[],
                       json_walk_unknown unknown, void *context);
/* The same for a whole object value of a text. */
void json_walk_object(struct base_bytes text, struct json_token object, const char *const names[], size_t count,
                      struct json_token values[], json_walk_unknown unknown, void *context);

/* ±(2^53-1): the integers that every JSON library keeps. */
#define JSON_EXACT_MAX INT64_C(9007199254740991)

/* Whether a NUMBER is written without fraction and exponent and lies within ±(2^53-1). */
bool json_token_is_exact(struct base_bytes text, struct json_token token);
/* An integral NUMBER within [low, high]; false for anything else. */
bool json_token_integer(struct base_bytes text, struct json_token token, int64_t low, int64_t high, int64_t *value);
/* An integral NUMBER within 0 … 2^64-1 (-0 is 0). */
bool json_token_unsigned(struct base_bytes text, struct json_token token, uint64_t *value);
/* A STRING whose value is the literal. */
bool json_token_is(struct base_bytes text, struct json_token token, const char *literal);

/* Where a token begins in the text as a reader sees it: a string or key at its opening quote. */
size_t json_token_start(struct json_token token);
/* The bytes of a token as they stand in the text, quotes included. */
struct base_bytes json_token_bytes(struct base_bytes text, struct json_token token);

/* The value of a STRING as a C string that the caller frees; U+0000 becomes U+FFFD. NULL when memory runs out. */
char *json_token_string(struct base_bytes text, struct json_token token);

#endif
