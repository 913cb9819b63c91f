/* From a JSON pointer (RFC 6901) to the value that it names.
 *
 * Nothing is allocated. Threads: no shared state. */
#ifndef PRPACK_JSON_RESOLVE_H
#define PRPACK_JSON_RESOLVE_H

#include "json/tokenizer.h"

/* The value, whole, that a pointer names in `root`, a whole value of the text. Where there is none, the last value on
 * the way to it, and *found is false. "" names the root. A name of more than 255 bytes is not found. */
struct json_token json_resolve(struct base_bytes text, struct json_token root, const char *pointer, bool *found);

#endif
