/* A mutator that knows JSON: it changes one node of a text. */
#ifndef PRPACK_FUZZ_MUTATE_JSON_H
#define PRPACK_FUZZ_MUTATE_JSON_H

#include "fuzz/lib/harness.h"
#include "fuzz/naive/json.h"

/* Changes one node, or a byte between two, of a JSON text. False, and no change, when the text is not JSON. */
bool fuzz_mutate_json(struct fuzz_random *random, struct fuzz_text *text);
/* Puts a node of `other` into the text: instead of a node, or beside it. */
bool fuzz_cross_json(struct fuzz_random *random, struct fuzz_text *text, struct base_bytes other);

/* The same; changes bytes when chance says so, or when the text is not JSON. */
void fuzz_mutate_json_or_bytes(struct fuzz_random *random, struct fuzz_text *text);
void fuzz_cross_json_or_bytes(struct fuzz_random *random, struct fuzz_text *text, struct base_bytes other);

#endif
