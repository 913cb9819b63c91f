/* A text that the tokenizer has refused, as far as it was right: what came last, which containers are open, and which
 * of them seems to lack its end.
 *
 * Threads: no shared state. */
#ifndef PRPACK_JSON_MISTAKE_VIEW_H
#define PRPACK_JSON_MISTAKE_VIEW_H

#include "base/text.h"
#include "json/tokenizer.h"

#include <stdbool.h>

/* What came last before the refusal. */
enum json_after {
    JSON_AFTER_NOTHING, /* the text begins */
    JSON_AFTER_OPENING, /* a bracket opened */
    JSON_AFTER_KEY,     /* a key and its colon */
    JSON_AFTER_VALUE,   /* a value inside of a container */
    JSON_AFTER_COMMA,
    JSON_AFTER_ALL /* the value of the whole text */
};

/* A container that is open. */
struct json_open {
    size_t at;
    size_t indent; /* of its line */
    bool object;
};

/* The line of a place that only goes forwards, so that all lines together cost one pass. */
struct json_line {
    size_t at;     /* the place */
    size_t begin;  /* of its line */
    size_t indent; /* blanks at the begin of that line */
};

struct json_mistake;

struct json_view {
    struct base_bytes text;
    size_t at;          /* of the refusal */
    size_t last;        /* the end of what came last, a comma included */
    size_t last_indent; /* of its line */
    struct json_line line;
    enum json_after after;
    struct json_open open[JSON_MAX_DEPTH];
    unsigned depth;
    bool has_uneven; /* a line inside of a container begins no further to the right than the line where that opens */
    struct json_open uneven;
    size_t uneven_at; /* where that line begins */
    struct base_text *clause;
    struct json_mistake *found;
};

/* Walks up to the refusal, which view->at is; fills all from view->last to view->uneven_at. */
void json_view_walk(struct json_view *view, const struct json_tokenizer *refused);

/* Whether a line begins at `at` that is further to the left than that of what came last, and no further to the right
 * than that on which the innermost container opens: then that container may lack its end. `at` must not be before any
 * place that was asked for, or walked over, earlier. */
bool json_view_is_outside(struct json_view *view, size_t at);

/* The byte, or 0 beyond the end. */
uint8_t json_view_byte(const struct json_view *view, size_t at);
bool json_view_is_white(uint8_t byte);
/* Whether a byte can be part of a word or a number, as people write them. */
bool json_view_is_word(uint8_t byte);
size_t json_view_skip_white(const struct json_view *view, size_t at);
/* The number of the line of a byte. */
uint64_t json_view_line(const struct json_view *view, size_t at);

#endif
