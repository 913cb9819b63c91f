/* A second reading of JSON, for comparison: recursive descent over a tree, written from RFC 8259 and assets-pa-v1.md
 * 1.3 with no thought of speed. It shares nothing with json/ but the text. */
#ifndef PRPACK_FUZZ_NAIVE_JSON_H
#define PRPACK_FUZZ_NAIVE_JSON_H

#include "fuzz/lib/text.h"

/* Wide enough for the sum of any two 64-bit numbers. Both compilers have them; the standard does not. */
__extension__ typedef __int128 naive_i128;
__extension__ typedef unsigned __int128 naive_u128;

enum naive_kind { NAIVE_OBJECT, NAIVE_ARRAY, NAIVE_STRING, NAIVE_NUMBER, NAIVE_TRUE, NAIVE_FALSE, NAIVE_NULL };

enum naive_error { NAIVE_OK, NAIVE_SYNTAX, NAIVE_ENCODING, NAIVE_DEPTH };

#define NAIVE_NONE SIZE_MAX

enum { NAIVE_MAX_DEPTH = 127 };

/* Positions are bytes from the start of the text. first and next are indices of nodes, or NAIVE_NONE. */
struct naive_node {
    enum naive_kind kind;
    size_t begin; /* with the quote or bracket */
    size_t end;   /* one past its last byte, quote and bracket included */
    bool has_key;
    size_t key_begin; /* inside the quotes */
    size_t key_end;
    size_t first; /* of the children, in the order of the text */
    size_t next;  /* sibling */
    size_t count; /* children */
};

/* Node 0 is the root. Owns its nodes. */
struct naive_json {
    struct base_bytes text;
    struct naive_node *nodes;
    size_t count;
    size_t capacity;
    enum naive_error error;
    size_t error_at; /* the first byte that no valid text could have there */
};

/* Reads a whole text. On a fault json->error is set, and the nodes are those before it. Free it in either case. */
bool naive_json_read(struct naive_json *json, struct base_bytes text);
void naive_json_free(struct naive_json *json);

/* The length and character of the UTF-8 sequence at the start, or 0. */
size_t naive_utf8(struct base_bytes bytes, uint32_t *character);

/* Appends the value of a string or key, from the bytes between its quotes. */
void naive_unescape(struct fuzz_text *out, struct base_bytes span);
/* The span of a string node or a key, inside the quotes. */
struct base_bytes naive_span(const struct naive_json *json, const struct naive_node *node);
struct base_bytes naive_key(const struct naive_json *json, const struct naive_node *node);
/* Compares two spans by value. */
int naive_compare(struct base_bytes a, struct base_bytes b);
/* Whether a span's value is these bytes. */
bool naive_is(struct base_bytes span, const char *value);

/* The first child with this key, or NULL. */
const struct naive_node *naive_member(const struct naive_json *json, const struct naive_node *object, const char *key);

/* Appends the canonical form of a node. Numbers keep their spelling, but -0 becomes 0. */
void naive_canonical(const struct naive_json *json, const struct naive_node *node, struct fuzz_text *out);
/* The first byte at which a read text differs from its canonical form; its size when none does. */
size_t naive_first_difference(const struct naive_json *json);

/* Whether an earlier sibling has the same key. */
bool naive_key_repeats(const struct naive_json *json, const struct naive_node *object, const struct naive_node *member);

/* An integer as the digits say, when it is one: no fraction, no exponent. `huge` when beyond 2^64-1. */
struct naive_integer {
    bool integral;
    bool negative;
    bool huge;
    uint64_t magnitude;
};
struct naive_integer naive_integer_of(const struct naive_json *json, const struct naive_node *node);

/* Whether strtod makes infinity of a number node. */
bool naive_is_infinite(const struct naive_json *json, const struct naive_node *node);

#endif
