/* JSON pointers (RFC 6901) to places in a text. */
#ifndef PRPACK_JSON_POINTER_H
#define PRPACK_JSON_POINTER_H

#include "base/text.h"
#include "json/tokenizer.h"

/* Each appends "/" and one reference token. */
void json_pointer_add_name(struct base_text *pointer, const char *name);
void json_pointer_add_index(struct base_text *pointer, uint64_t index);
/* key is the span of a KEY: it is unescaped, then '~' and '/' become "~0" and "~1". Of a key that is longer than any
 * sensible one only the beginning is taken, and "…" behind it, so that a message stays one. */
void json_pointer_add_key(struct base_text *pointer, struct base_bytes key);

/* Appends another pointer. One that lacks a part for want of memory makes the whole lack it: base_text_failed tells. */
void json_pointer_add_pointer(struct base_text *pointer, const struct base_text *below);

/* Where a walk over a value stands. Zero-initialise, then show it each token in turn.
 *
 * Invariant: depth is the number of containers open now; levels above it are dead. */
struct json_path {
    unsigned depth;
    struct json_path_level {
        bool array;
        bool begun;            /* index or key is set */
        uint64_t index;        /* of an array */
        struct base_bytes key; /* of an object: span of the last key */
    } levels[JSON_MAX_DEPTH];
};

void json_path_follow(struct json_path *path, struct base_bytes text, struct json_token token);
/* Appends the pointer of the token followed last. */
void json_path_write(const struct json_path *path, struct base_text *pointer);

/* Fills pointers[i] with the pointer of the token that begins at positions[i] (a string or key at its opening quote).
 * The positions ascend; one walk over the text finds all of them. A position where no token begins yields NULL. The
 * strings belong to the caller. False when memory ran out; those found so far stand. */
bool json_pointers_find(struct base_bytes text, const size_t positions[], char *pointers[], size_t count);

#endif
