/* JSON pointers (RFC 6901) to places in a text. */
#ifndef PRPACK_JSON_POINTER_H
#define PRPACK_JSON_POINTER_H

#include "base/text.h"
#include "json/tokenizer.h"

/* Each appends "/" and one reference token. */
void json_pointer_add_name(struct base_text *pointer, const char *name);
void json_pointer_add_index(struct base_text *pointer, uint64_t index);
/* key is the span of a KEY: it is unescaped, then '~' and '/' become "~0" and "~1", and U+0000 becomes U+FFFD. Of a key
 * that takes more than 512 bytes only the beginning is taken, followed by "…": a hostile text cannot make a pointer
 * that is longer than a message. */
void json_pointer_add_key(struct base_text *pointer, struct base_bytes key);

/* Appends another pointer. When memory ran out for `below`, base_text_out_of_memory holds for the whole too. */
void json_pointer_add_pointer(struct base_text *pointer, const struct base_text *below);

/* The place of a walk in a value. Zero-initialise, then pass each token in turn to json_path_follow.
 *
 * Invariant: depth is the number of containers that are open now; levels above it have no meaning. */
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
/* Appends the pointer of the token that was passed last; of an END token, that of its container. */
void json_path_write(const struct json_path *path, struct base_text *pointer);

#endif
