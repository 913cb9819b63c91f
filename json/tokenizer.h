/* A strict RFC 8259 pull tokenizer over a byte range.
 *
 * No allocation, no recursion, no locale. The text is borrowed and never changed; tokens are spans of it. Every error
 * carries the position of the first faulty byte. Nesting is limited to JSON_MAX_DEPTH levels, the limit of the
 * console's own JSON library. Duplicate keys and the canonical form are not the tokenizer's matter: see json_check.h.
 *
 * Threads: a tokenizer belongs to one thread at a time; the text may be shared. */
#ifndef PRPACK_JSON_TOKENIZER_H
#define PRPACK_JSON_TOKENIZER_H

#include "base/bytes.h"

enum { JSON_MAX_DEPTH = 127 };

enum json_kind {
    JSON_END, /* the document is complete and only white space followed it */
    JSON_OBJECT_BEGIN,
    JSON_OBJECT_END,
    JSON_ARRAY_BEGIN,
    JSON_ARRAY_END,
    JSON_KEY,    /* span without the quotes; the colon after it is consumed */
    JSON_STRING, /* span without the quotes */
    JSON_NUMBER,
    JSON_TRUE,
    JSON_FALSE,
    JSON_NULL,
    JSON_ERROR /* see error_kind and error_at; every further call returns it again */
};

enum json_error {
    JSON_OK,
    JSON_ERROR_SYNTAX,
    JSON_ERROR_ENCODING, /* not UTF-8, byte-order mark, lone surrogate escape */
    JSON_ERROR_DEPTH
};

struct json_token {
    size_t begin; /* position of the first byte of the span */
    size_t end;   /* one past its last byte */
    enum json_kind kind;
    bool escaped;  /* KEY, STRING: has at least one escape, so the span is not the value */
    bool integral; /* NUMBER: neither fraction nor exponent */
};

/* Invariants: at <= text.size; depth <= JSON_MAX_DEPTH; bit d of in_object tells what level d+1 is. Only json.c
 * writes the members; all but expect and in_object may be read.
 *
 * error_at is the first byte that no valid text could have there, text.size when the text ends too early; of a faulty
 * UTF-8 sequence its first byte; of a surrogate escape without its other half its backslash; of a bracket too deep
 * the bracket. A byte that is not UTF-8 is an encoding error wherever it stands, a character in the wrong place is
 * a syntax error. */
struct json_tokenizer {
    struct base_bytes text;
    size_t at;       /* behind the last token, and behind the colon of a key */
    unsigned depth;  /* containers open now */
    unsigned expect; /* what the grammar allows next; private */
    uint8_t in_object[(JSON_MAX_DEPTH + 8) / 8];
    enum json_error error_kind;
    size_t error_at;
    const char *error_text; /* static, says what was expected */
};

/* text may be empty: the first token is then a syntax error at 0. */
void json_begin(struct json_tokenizer *json, struct base_bytes text);

/* The next token. After JSON_END or JSON_ERROR it returns the same again, for ever. */
struct json_token json_next(struct json_tokenizer *json);

/* After a token that begins a container, skips to its end and returns the END token (or ERROR). After any other
 * value token, returns that token. */
struct json_token json_skip(struct json_tokenizer *json, struct json_token token);

/* Walks the whole text. Returns false at the first error, which stands in *json. */
bool json_validate(struct json_tokenizer *json, struct base_bytes text);

/* The span of a token in its text. */
struct base_bytes json_span(struct base_bytes text, struct json_token token);

/* An integral NUMBER token as a value. magnitude saturates: `huge` is set when it is beyond 2^64-1. */
struct json_integer {
    bool negative;
    bool huge;
    uint64_t magnitude;
};
struct json_integer json_integer(struct base_bytes text, struct json_token token);

/* Unescapes a KEY or STRING span into UTF-8. The result is never longer than the span. Returns the number of bytes the
 * value has; writes at most `capacity` of them. out may be NULL when capacity is 0. The span must have come from an
 * accepted token; U+0000 is possible in the value. */
size_t json_unescape(struct base_bytes span, uint8_t *out, size_t capacity);

/* Compares two KEY or STRING spans by value (code point order), escapes and all, without allocation. */
int json_compare(struct base_bytes a, struct base_bytes b);

/* Whether the span's value is exactly the literal, which is UTF-8. */
bool json_equals(struct base_bytes span, const char *literal);

#endif
