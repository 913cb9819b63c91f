/* Canonical headers made at random, the same for the same seed. */
#ifndef PRPACK_TESTS_READER_GENERATOR_H
#define PRPACK_TESTS_READER_GENERATOR_H

#include "base/text.h"

struct random {
    uint64_t state; /* not 0 */
};

uint64_t random_next(struct random *random);
/* 0 … limit-1. */
uint64_t random_below(struct random *random, uint64_t limit);

enum { GENERATED_PAYLOAD = 4096 };

/* A header in canonical form without any fault, whose slices lie inside GENERATED_PAYLOAD bytes: names and metadata of
 * every spelling that the form has. */
void generate_header(struct random *random, size_t entries, struct base_text *out);

#endif
