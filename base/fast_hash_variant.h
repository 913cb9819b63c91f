/* The kernels, compiled once for each instruction set that is worth it. Private to fast_hash*.c.
 *
 * All variants give the same results and share the layout of the state. Which one runs is decided in fast_hash.c. */
#ifndef PRPACK_BASE_FAST_HASH_VARIANT_H
#define PRPACK_BASE_FAST_HASH_VARIANT_H

#include "base/fast_hash_block.h"
#include "base/hash_value.h"

/* Room for the state of a stream, which must be aligned like this. */
enum { BASE_FAST_HASH_STATE_SIZE = 640, BASE_FAST_HASH_STATE_ALIGNMENT = 64 };

enum base_fast_hash_needs { BASE_FAST_HASH_NEEDS_NOTHING, BASE_FAST_HASH_NEEDS_AVX2, BASE_FAST_HASH_NEEDS_AVX512F };

/* The functions are those of base/fast_hash.h; state is BASE_FAST_HASH_STATE_SIZE bytes. */
struct base_fast_hash_variant {
    const char *name;
    enum base_fast_hash_needs needs;
    struct base_hash (*of)(struct base_bytes bytes);
    void (*start)(void *state); /* the earlier content of the state does not matter */
    void (*add)(void *state, struct base_bytes bytes);
    struct base_hash (*result)(const void *state);
    void (*sum_blocks)(struct base_bytes blocks, uint64_t *sums);
    void (*add_summed)(void *state, struct base_bytes blocks, const uint64_t *sums);
};

extern const struct base_fast_hash_variant base_fast_hash_portable;
extern const struct base_fast_hash_variant base_fast_hash_avx2;
extern const struct base_fast_hash_variant base_fast_hash_avx512;

#endif
