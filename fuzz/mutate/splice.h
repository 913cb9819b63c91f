/* Changes of bytes, which all mutators share. */
#ifndef PRPACK_FUZZ_MUTATE_SPLICE_H
#define PRPACK_FUZZ_MUTATE_SPLICE_H

#include "fuzz/lib/harness.h"
#include "fuzz/naive/json.h"

/* Replaces [begin, end) of a text. */
void fuzz_splice(struct fuzz_text *text, size_t begin, size_t end, struct base_bytes replacement);

/* Lets the engine change bytes, with room to grow. */
void fuzz_mutate_bytes(struct fuzz_text *text);

#endif
