/* A strict RFC 8259 pull tokenizer over a byte range.
 *
 * No allocation, no recursion, no locale. The text is borrowed and never changed; tokens are spans of it. Every error
 * carries the position of the first faulty byte. Nesting is limited to PP_JSON_MAX_DEPTH levels, the limit of the
 * console's own JSON library. Duplicate keys and the canonical form are not the tokenizer's matter: see json_check.h.
 *
 * Threads: a tokenizer belongs to one thread at a time; the text may be shared. */
#ifndef PRPACK_BASE_JSON_H
#define PRPACK_BASE_JSON_H

#include "base/bytes.h"

enum { PP_JSON_MAX_DEPTH = 127 };

enum pp_json_kind {
    PP_JSON_END, /* the document is complete and only white space followed it */
    PP_JSON_OBJECT_BEGIN,
    PP_JSON_OBJECT_END,
    PP_JSON_ARRAY_BEGIN,
    PP_JSON_ARRAY_END,
    PP_JSON_KEY,    /* span without the quotes; the colon after it is consumed */
    PP_JSON_STRING, /* span without the quotes */
    PP_JSON_NUMBER,
    PP_JSON_TRUE,
    PP_JSON_FALSE,
    PP_JSON_NULL,
    PP_JSON_ERROR /* see error_kind and error_at; every further call returns it again */
};

enum pp_json_error {
    PP_JSON_OK,
    PP_JSON_ERROR_SYNTAX,
    PP_JSON_ERROR_ENCODING, /* not UTF-8, byte-order mark, lone surrogate escape */
    PP_JSON_ERROR_DEPTH
};

struct pp_json_token {
    size_t begin; /* position of the first byte of the span */
    size_t end;   /* one past its last byte */
    enum pp_json_kind kind;
    bool escaped;  /* KEY, STRING: has at least one escape, so the span is not the value */
    bool integral; /* NUMBER: neither fraction nor exponent */
};

/* Invariants: at <= text.size; depth <= PP_JSON_MAX_DEPTH; bit d of in_object tells what level d+1 is. Only json.c
 * writes the members; all but expect and in_object may be read.
 *
 * error_at is the first byte that no valid text could have there, text.size when the text ends too early; of a faulty
 * UTF-8 sequence its first byte; of a surrogate escape without its other half its backslash; of a bracket too deep
 * the bracket. A byte that is not UTF-8 is an encoding error wherever it stands, a character in the wrong place is
 * a syntax error. */
struct pp_json {
    struct pp_bytes text;
    size_t at;       /* behind the last token, and behind the colon of a key */
    unsigned depth;  /* containers open now */
    unsigned expect; /* what the grammar allows next; private */
    uint8_t in_object[(PP_JSON_MAX_DEPTH + 8) / 8];
    enum pp_json_error error_kind;
    size_t error_at;
    const char *error_text; /* static, says what was expected */
};

/* text may be empty: the first token is then a syntax error at 0. */
void pp_json_begin(struct pp_json *json, struct pp_bytes text);

/* The next token. After PP_JSON_END or PP_JSON_ERROR it returns the same again, for ever. */
struct pp_json_token pp_json_next(struct pp_json *json);

/* After a token that begins a container, skips to its end and returns the END token (or ERROR). After any other
 * value token, returns that token. */
struct pp_json_token pp_json_skip(struct pp_json *json, struct pp_json_token token);

/* Walks the whole text. Returns false at the first error, which stands in *json. */
bool pp_json_validate(struct pp_json *json, struct pp_bytes text);

/* The span of a token in its text. */
struct pp_bytes pp_json_span(struct pp_bytes text, struct pp_json_token token);

/* An integral NUMBER token as a value. magnitude saturates: `huge` is set when it is beyond 2^64-1. */
struct pp_json_integer {
    bool negative;
    bool huge;
    uint64_t magnitude;
};
struct pp_json_integer pp_json_integer(struct pp_bytes text, struct pp_json_token token);

/* Unescapes a KEY or STRING span into UTF-8. The result is never longer than the span. Returns the number of bytes the
 * value has; writes at most `capacity` of them. out may be NULL when capacity is 0. The span must have come from an
 * accepted token; U+0000 is possible in the value. */
size_t pp_json_unescape(struct pp_bytes span, uint8_t *out, size_t capacity);

/* Compares two KEY or STRING spans by value (code point order), escapes and all, without allocation. */
int pp_json_compare(struct pp_bytes a, struct pp_bytes b);

/* Whether the span's value is exactly the literal, which is UTF-8. */
bool pp_json_is(struct pp_bytes span, const char *literal);

#endif
