/* From a position in a text to the JSON pointer (RFC 6901) of the token there.
 *
 * Threads: one thread at a time uses a locator; any number of threads may share the text. */
#ifndef PRPACK_JSON_LOCATE_H
#define PRPACK_JSON_LOCATE_H

#include "json/pointer.h"

/* Where a walk is. */
struct json_locator_state {
    struct json_tokenizer json;
    struct json_token token;
    struct json_path path; /* of the token */
};

/* A walk through one text that goes forward as far as it is asked to: positions in rising order cost one walk together.
 * One that goes back begins again, at the mark if it can. Only locate.c writes the members. */
struct json_locator {
    struct json_locator_state now;
    struct json_locator_state marked; /* at the first token that begins at or after marked_at */
    size_t marked_at;
    size_t mark; /* as it was given last; the next walk that comes by moves `marked` there */
};

/* The text must outlive the locator. */
void json_locator_begin(struct json_locator *locator, struct base_bytes text);

/* Says that what is located next lies at or after `position`, in any order. It costs nothing until something is
 * located. Marks that rise with the parts of a text keep the cost of going back within each part. */
void json_locator_mark(struct json_locator *locator, size_t position);

/* Appends the pointer of the token that begins at `position`, a string or key at its opening quote or after it; "" is
 * the whole document. When no token begins there, appends the pointer of the next token, and returns false. */
bool json_locate(struct json_locator *locator, size_t position, struct base_text *pointer);

/* The bytes of the token that json_locate found last, a string without its quotes. 0 when it found none, or the begin
 * of an object or array, whose end is not known. */
size_t json_located_length(const struct json_locator *locator);

/* Fills pointers[i] with the pointer of the token that begins at positions[i], a string or key at its opening quote
 * alone. The positions ascend. A position where no token begins yields NULL. The caller frees the strings. False when
 * memory ran out; the strings that were made so far are in pointers, the others are NULL. */
bool json_pointers_find(struct base_bytes text, struct base_task *task, const size_t positions[], char *pointers[],
                        size_t count);

#endif
