/* From a byte position to a JSON pointer (RFC 6901). */
#ifndef PRPACK_WORKSPACE_LOCATE_H
#define PRPACK_WORKSPACE_LOCATE_H

#include "base/json.h"
#include "base/text.h"

/* One open container on the way to the current token. */
struct pp_locator_level {
    bool object;
    struct pp_json_token key; /* objects: the latest key */
    size_t index;             /* arrays: of the latest element; SIZE_MAX before the first */
};

/* A walk through one text that goes forward as far as it is asked to, so that positions asked in rising order cost one
 * walk together. Only locate.c writes the members. */
struct pp_locator {
    struct pp_json json;
    struct pp_json_token token;
    struct pp_locator_level levels[PP_JSON_MAX_DEPTH];
};

/* The text must have been accepted by pp_json_validate and must outlive the locator. */
void pp_locator_begin(struct pp_locator *locator, struct pp_bytes text);

/* Appends the pointer of the value or key whose span begins at `position`; "" is the whole document. Keys longer than
 * 200 bytes are cut, so that a hostile text makes no endless pointer. */
void pp_locate(struct pp_locator *locator, size_t position, struct pp_text *pointer);

/* Line and column of a position, both from 1; the column counts bytes. */
void pp_line_of(struct pp_bytes text, size_t position, size_t *line, size_t *column);

#endif
