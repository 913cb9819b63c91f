/* Reads a text whose members come in one fixed order, as a program has written it for itself: the caller takes what
 * comes next, token by token, and looks at `failed` once, at the end.
 *
 * Compared with json/object.h this is for documents that no person writes: nothing is reported, and no member may be
 * missing, added or moved. Nothing is allocated. Threads: no shared state. */
#ifndef PRPACK_JSON_ORDERED_H
#define PRPACK_JSON_ORDERED_H

#include "json/tokenizer.h"

/* Once `failed` is set, what the functions return means nothing until the next json_ordered_begin. Every function may
 * be called all the same: each takes one token, and none reads beyond the text. A caller sets `failed` for a value that
 * it cannot use. */
struct json_ordered {
    struct json_tokenizer json;
    bool failed;
};

void json_ordered_begin(struct json_ordered *ordered, struct base_bytes text);

/* Takes the next token, which must have this kind. JSON_END: the end of the text. */
struct json_token json_ordered_take(struct json_ordered *ordered, enum json_kind kind);
/* Takes the key of a member, which must be `name`. */
void json_ordered_key(struct json_ordered *ordered, const char *name);
/* Takes an integer from 0 to `most`. Returns 0 after a failure. */
uint64_t json_ordered_number(struct json_ordered *ordered, uint64_t most);
bool json_ordered_boolean(struct json_ordered *ordered);
/* Takes an object whole. *absent tells whether null was there in its place; where absent is NULL, null is a failure. */
struct json_token json_ordered_object(struct json_ordered *ordered, bool *absent);
/* The same for an array. */
struct json_token json_ordered_array(struct json_ordered *ordered, bool *absent);
/* Whether the array that the text is in has one more element, whose first token, which must have this kind, is taken.
 * False at the end of the array, which is taken too, and after a failure. */
bool json_ordered_more(struct json_ordered *ordered, enum json_kind kind);

#endif
