/* JSON pointers (RFC 6901) to places in a text. */
#ifndef PRPACK_VERIFY_POINTER_H
#define PRPACK_VERIFY_POINTER_H

#include "base/json.h"
#include "base/text.h"

/* Each appends "/" and one reference token. */
void pp_pointer_add_name(struct pp_text *pointer, const char *name);
void pp_pointer_add_index(struct pp_text *pointer, uint64_t index);
/* key is the span of a KEY: it is unescaped, then '~' and '/' become "~0" and "~1". Of a key that is longer than any sensible one only
 * the beginning is taken, and "…" behind it, so that a message stays one. */
void pp_pointer_add_key(struct pp_text *pointer, struct pp_bytes key);

/* Appends another pointer. One that lacks a part for want of memory makes the whole lack it: pp_text_failed tells. */
void pp_pointer_add_pointer(struct pp_text *pointer, const struct pp_text *below);

/* Where a walk over a value stands. Zero-initialise, then show it each token in turn.
 *
 * Invariant: depth is the number of containers open now; levels above it are dead. */
struct pp_path {
    unsigned depth;
    struct pp_path_level {
        bool array;
        bool begun;          /* index or key is set */
        uint64_t index;      /* of an array */
        struct pp_bytes key; /* of an object: span of the last key */
    } levels[PP_JSON_MAX_DEPTH];
};

void pp_path_follow(struct pp_path *path, struct pp_bytes text, struct pp_json_token token);
/* Appends the pointer of the token followed last. */
void pp_path_write(const struct pp_path *path, struct pp_text *pointer);

/* Fills pointers[i] with the pointer of the token that begins at positions[i] (a string or key at its opening quote). The
 * positions ascend; one walk over the text finds all of them. A position where no token begins yields NULL. The strings belong to the caller. False when memory ran out;
 * those found so far stand. */
bool pp_pointers_find(struct pp_bytes text, const size_t positions[], char *pointers[], size_t count);

#endif
