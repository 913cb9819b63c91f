/* Prints canonical JSON: docs/contracts/assets-pa-v1.md 1.3.
 *
 * Strings are UTF-8 that a strict reader has accepted. Running out of memory shows in the text. Threads: no shared
 * state.
 *
 * The verifier checks the canonical form with json/canonical.c. This printer shares no code with it, not even the rules
 * of escaping: a fault of one of the two is found by the other. */
#ifndef PRPACK_WRITER_CANONICAL_JSON_H
#define PRPACK_WRITER_CANONICAL_JSON_H

#include "base/text.h"

struct cJSON;

/* Why a tree has no canonical form. */
enum writer_canonical {
    WRITER_CANONICAL_FINE,
    WRITER_CANONICAL_NUMBER, /* a fraction, or beyond 2^53-1 in either direction */
    WRITER_CANONICAL_DEPTH,  /* more levels of arrays and objects than `levels` */
    WRITER_CANONICAL_KEY,    /* a key twice in one object */
    WRITER_CANONICAL_KIND,   /* a node that is not a JSON value */
    WRITER_CANONICAL_MEMORY
};

/* Appends a tree, keys sorted by code point at every level. Takes no recursion: depth costs memory, not stack. When the
 * result is not WRITER_CANONICAL_FINE the text holds a part of it. */
enum writer_canonical writer_canonical_tree(struct base_text *text, const struct cJSON *tree, unsigned levels);

/* Appends a string with its quotes. */
void writer_canonical_string(struct base_text *text, const char *string);

/* One line of text for a result other than WRITER_CANONICAL_FINE. Static. */
const char *writer_canonical_text(enum writer_canonical result);

#endif
