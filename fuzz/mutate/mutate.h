/* Mutators that know what they change: one node of a JSON text, one field or one node of a pack. What they make is
 * often still valid, or wrong in one place only, where blind changes end at the first check. */
#ifndef PRPACK_FUZZ_MUTATE_MUTATE_H
#define PRPACK_FUZZ_MUTATE_MUTATE_H

#include "fuzz/mutate/json.h"
#include "fuzz/mutate/pack.h"

/* The bodies of LLVMFuzzerCustomMutator and LLVMFuzzerCustomCrossOver. The last `tail` bytes of an input are
 * parameters: they change now and then, and stay at the end. */

typedef void (*fuzz_mutation)(struct fuzz_random *random, struct fuzz_text *text);
typedef void (*fuzz_crossing)(struct fuzz_random *random, struct fuzz_text *text, struct base_bytes other);

size_t fuzz_mutate_input(uint8_t *data, size_t size, size_t max_size, unsigned int seed, size_t tail,
                         fuzz_mutation mutation);
size_t fuzz_cross_input(struct base_bytes left, struct base_bytes right, uint8_t *out, size_t max_size,
                        unsigned int seed, size_t tail, fuzz_crossing crossing);

/* Defines the two entry points of a target. */
#define FUZZ_MUTATORS(tail, mutation, crossing)                                                                        \
    size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned int seed)                     \
    {                                                                                                                  \
        return fuzz_mutate_input(data, size, max_size, seed, (tail), (mutation));                                      \
    }                                                                                                                  \
    size_t LLVMFuzzerCustomCrossOver(const uint8_t *left, size_t left_size, const uint8_t *right, size_t right_size,   \
                                     uint8_t *out, size_t max_size, unsigned int seed)                                 \
    {                                                                                                                  \
        return fuzz_cross_input(base_bytes_make(left, left_size), base_bytes_make(right, right_size), out, max_size,   \
                                seed, (tail), (crossing));                                                             \
    }

#endif
