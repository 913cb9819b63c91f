/* A strict RFC 8259 pull tokenizer over a range of bytes.
 *
 * The tokenizer allocates nothing, does not recurse and does not ask the locale. It borrows the text and never changes
 * it; a token is a span of the text. Every error carries the position of the first faulty byte. Nesting is limited to
 * JSON_MAX_DEPTH levels, the limit of the console's own JSON library. The tokenizer accepts repeated keys and any
 * spelling: json/check.h finds those.
 *
 * Threads: one thread at a time uses a tokenizer; any number of threads may share the text. */
#ifndef PRPACK_JSON_TOKENIZER_H
#define PRPACK_JSON_TOKENIZER_H

#include "base/bytes.h"
#include "base/task.h"

enum { JSON_MAX_DEPTH = 127 };
enum { JSON_LOOK_BYTES = 1 << 16 };

enum json_kind {
    JSON_END, /* the document is complete and only white space followed it */
    JSON_OBJECT_BEGIN,
    JSON_OBJECT_END,
    JSON_ARRAY_BEGIN,
    JSON_ARRAY_END,
    JSON_KEY,    /* the span excludes the quotes; the colon is consumed */
    JSON_STRING, /* the span excludes the quotes */
    JSON_NUMBER,
    JSON_TRUE,
    JSON_FALSE,
    JSON_NULL,
    JSON_ERROR /* see error_kind and error_at; every further call returns JSON_ERROR again */
};

enum json_error {
    JSON_OK,
    JSON_ERROR_SYNTAX,
    JSON_ERROR_ENCODING, /* not UTF-8, a byte-order mark, or half of a surrogate pair */
    JSON_ERROR_DEPTH,
    JSON_ERROR_CANCELLED /* the task was cancelled; nothing is known of the rest of the text */
};

struct json_token {
    size_t begin; /* position of the first byte of the span */
    size_t end;   /* one past its last byte */
    enum json_kind kind;
    bool escaped;  /* KEY, STRING: the span has an escape, so the span is not the value */
    bool integral; /* NUMBER: neither fraction nor exponent */
};

/* The tokenizer looks at its task once in JSON_LOOK_BYTES, inside of a long token, too: json_begin sets none, the
 * caller may set one afterwards.
 *
 * Invariants: at <= text.size; depth <= JSON_MAX_DEPTH; bit d of in_object is set when level d+1 is an object. Only
 * tokenizer.c writes the other members; callers may read all but expect, in_object and look_at.
 *
 * error_at is the first byte that no valid text could have there. When the text ends too early, error_at is text.size;
 * for a faulty UTF-8 sequence it is the first byte of the sequence, for half of a surrogate pair the backslash, for a
 * bracket that nests too deeply the bracket. A byte that is not UTF-8 is always an encoding error; a character in the
 * wrong place is a syntax error. */
struct json_tokenizer {
    struct base_task *task; /* or NULL */
    struct base_bytes text;
    size_t at;       /* after the last token, and after the colon of a key */
    size_t look_at;  /* where the task is looked at next; private */
    unsigned depth;  /* containers that are open now */
    unsigned expect; /* what the grammar allows next; private */
    uint8_t in_object[(JSON_MAX_DEPTH + 8) / 8];
    enum json_error error_kind;
    size_t error_at;
    const char *error_text; /* static; says what was expected */
};

/* text may be empty: the first token is then a syntax error at 0. */
void json_begin(struct json_tokenizer *json, struct base_bytes text);

/* The next token. After JSON_END or JSON_ERROR, every further call returns the same token. */
struct json_token json_next(struct json_tokenizer *json);

/* After a token that begins a container, skips to the container's end and returns the END token (or ERROR). After any
 * other value token, returns that token. */
struct json_token json_skip(struct json_tokenizer *json, struct json_token token);

/* Reads the rest of the text. Returns false at the first error, which *json then describes. */
bool json_finish(struct json_tokenizer *json);
/* json_begin and json_finish: reads the whole text. */
bool json_validate(struct json_tokenizer *json, struct base_bytes text);

/* The bytes of a token's span. Empty when the text has no bytes. */
static inline struct base_bytes json_span(struct base_bytes text, struct json_token token)
{
    if (text.data == NULL) {
        return (struct base_bytes){.size = 0};
    }
    return base_bytes_make(text.data + token.begin, token.end - token.begin);
}

#endif
