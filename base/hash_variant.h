/* The hash, compiled once for each instruction set that is worth it. Private to hash*.c and its test.
 *
 * All variants give the same results and share the layout of the state. Which one runs is decided in hash.c. */
#ifndef PRPACK_BASE_HASH_VARIANT_H
#define PRPACK_BASE_HASH_VARIANT_H

#include "base/hash.h"

/* Room for the state of a stream, which must be aligned like this. */
enum { PP_HASH_STATE_SIZE = 640, PP_HASH_STATE_ALIGNMENT = 64 };

enum pp_hash_needs { PP_HASH_NEEDS_NOTHING, PP_HASH_NEEDS_AVX2, PP_HASH_NEEDS_AVX512F };

/* The functions are those of hash.h; state is PP_HASH_STATE_SIZE bytes. */
struct pp_hash_variant {
    const char *name;
    enum pp_hash_needs needs;
    struct pp_hash (*of)(struct pp_bytes bytes);
    void (*start)(void *state); /* whatever the state held before */
    void (*add)(void *state, struct pp_bytes bytes);
    struct pp_hash (*result)(const void *state);
    void (*sum_blocks)(struct pp_bytes blocks, uint64_t *sums);
    void (*add_summed)(void *state, struct pp_bytes blocks, const uint64_t *sums);
};

extern const struct pp_hash_variant pp_hash_portable;
extern const struct pp_hash_variant pp_hash_avx2;
extern const struct pp_hash_variant pp_hash_avx512;

/* The variants that this machine can run, best first; NULL at and beyond their number. There is always one. */
const struct pp_hash_variant *pp_hash_variant_at(size_t index);

#endif
