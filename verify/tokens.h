/* Reading JSON values out of a text whose structure is known: a thin layer over the tokenizer.
 *
 * All positions are positions in the whole text, whichever part of it is scanned. A text that is not JSON yields
 * PP_JSON_ERROR where it stops being it; every function here ends there. Threads: no shared state. */
#ifndef PRPACK_VERIFY_TOKENS_H
#define PRPACK_VERIFY_TOKENS_H

#include "base/json.h"

struct pp_tokens {
    struct pp_json json;
    struct pp_bytes text;
    size_t base; /* where the scanned part begins in text */
};

/* Scans text[begin, end). */
void pp_tokens_begin(struct pp_tokens *tokens, struct pp_bytes text, size_t begin, size_t end);
/* The next token. */
struct pp_json_token pp_tokens_next(struct pp_tokens *tokens);
/* The next token; a container is taken whole: its kind is that of its BEGIN, its end is behind its last bracket. */
struct pp_json_token pp_tokens_value(struct pp_tokens *tokens);
/* The same for a token that pp_tokens_next has just returned. */
struct pp_json_token pp_tokens_whole(struct pp_tokens *tokens, struct pp_json_token token);

/* Told of each member whose name is not listed, with its whole value. */
typedef void (*pp_tokens_unknown)(void *context, struct pp_json_token key, struct pp_json_token value);

/* Reads the members of the object whose BEGIN was the last token, up to its END. values[i] becomes the whole value of the first
 * member that is called names[i]; its kind is PP_JSON_END when there is none. unknown may be NULL. */
void pp_tokens_members(struct pp_tokens *tokens, const char *const names[], size_t count, struct pp_json_token values[],
                       pp_tokens_unknown unknown, void *context);
/* The same for a whole object value of a text. */
void pp_tokens_object(struct pp_bytes text, struct pp_json_token object, const char *const names[], size_t count,
                      struct pp_json_token values[], pp_tokens_unknown unknown, void *context);

/* ±(2^53-1): the integers that every JSON library keeps. */
#define PP_EXACT_MAX INT64_C(9007199254740991)

/* Whether a NUMBER is written without fraction and exponent and lies within ±(2^53-1). */
bool pp_token_is_exact(struct pp_bytes text, struct pp_json_token token);
/* An integral NUMBER within [low, high]; false for anything else. */
bool pp_token_integer(struct pp_bytes text, struct pp_json_token token, int64_t low, int64_t high, int64_t *value);
/* An integral NUMBER within 0 … 2^64-1 (-0 is 0). */
bool pp_token_unsigned(struct pp_bytes text, struct pp_json_token token, uint64_t *value);
/* A STRING whose value is the literal. */
bool pp_token_is(struct pp_bytes text, struct pp_json_token token, const char *literal);

/* Where a token begins in the text as a reader sees it: a string or key at its opening quote. */
size_t pp_token_start(struct pp_json_token token);
/* The bytes of a token as they stand in the text, quotes included. */
struct pp_bytes pp_token_bytes(struct pp_bytes text, struct pp_json_token token);

/* The value of a STRING as a C string that the caller frees; U+0000 becomes U+FFFD. NULL when memory runs out. */
char *pp_token_string(struct pp_bytes text, struct pp_json_token token);

#endif
