/* Writes what is inside the quotes of a JSON string.
 *
 * The result is one line for every program that reads lines, and shows all that it holds: hidden characters
 * (base/hidden.h) are escaped, those beyond U+FFFF as a surrogate pair. Bytes that are not UTF-8 are replaced by
 * U+FFFD. Running out of memory shows in the text.
 *
 * This is not the canonical form of assets-pa-v1.md, 1.3. The writer prints the canonical form (writer/), and
 * json/canonical.c checks it; each has the rules of escaping for itself, so that a fault of one is found by the
 * other. */
#ifndef PRPACK_JSON_ESCAPE_H
#define PRPACK_JSON_ESCAPE_H

#include "base/text.h"

/* Appends a value. */
void json_escape(struct base_text *text, struct base_bytes value);
/* Appends the span of a KEY or STRING token, whose quotes and backslashes are escaped already. */
void json_escape_spelt(struct base_text *text, struct base_bytes span);

#endif
