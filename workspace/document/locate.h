/* From a byte position to a JSON pointer (RFC 6901). */
#ifndef PRPACK_WORKSPACE_DOCUMENT_LOCATE_H
#define PRPACK_WORKSPACE_DOCUMENT_LOCATE_H

#include "base/text.h"
#include "json/tokenizer.h"

/* One open container on the way to the current token. */
struct workspace_locator_level {
    bool object;
    struct json_token key; /* objects: the latest key */
    size_t index;          /* arrays: of the latest element; SIZE_MAX before the first */
};

/* A walk through one text that goes forward as far as it is asked to, so that positions asked in rising order cost one
 * walk together. Only locate.c writes the members. */
struct workspace_locator {
    struct json_tokenizer json;
    struct json_token token;
    struct workspace_locator_level levels[JSON_MAX_DEPTH];
};

/* The text must have been accepted by json_validate and must outlive the locator. */
void workspace_locator_begin(struct workspace_locator *locator, struct base_bytes text);

/* Appends the pointer of the value or key whose span begins at `position`; "" is the whole document. Keys longer than
 * 200 bytes are cut, so that a hostile text makes no endless pointer. */
void workspace_locate(struct workspace_locator *locator, size_t position, struct base_text *pointer);

/* Line and column of a position, both from 1; the column counts bytes. */
void workspace_line_of(struct base_bytes text, size_t position, size_t *line, size_t *column);

#endif
