/* What each variant compiles for its instruction set: xxHash inlined, and the sums of blocks. Included once by each of
 * fast_hash_portable.c, fast_hash_avx2.c and fast_hash_avx512.c, which then use BASE_FAST_HASH_VARIANT.
 *
 * Why blocks can be summed apart: for long input XXH3 keeps eight accumulators. Each stripe of 64 bytes adds to them
 * what depends on the stripe and on its place in its block alone; at the end of each block of 1,024 bytes they are
 * scrambled. So what a block adds can be worked out by any thread; one thread adds and scrambles, block by block, in
 * order. */
#ifndef PRPACK_BASE_FAST_HASH_KERNEL_H
#define PRPACK_BASE_FAST_HASH_KERNEL_H

#include "base/fast_hash_variant.h"

#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

/* All of this knows the insides of xxHash. cmake/FastHash.cmake has the same list. */
#if XXH_VERSION_NUMBER < 801 || XXH_VERSION_NUMBER > 803
#error "The kernels are not known to fit this version of xxHash: configure with -DPRPACK_FAST_HASH=OFF."
#endif

enum { STRIPE = XXH_STRIPE_LEN, STRIPES = BASE_FAST_HASH_BLOCK / STRIPE };

_Static_assert(sizeof(XXH3_state_t) <= BASE_FAST_HASH_STATE_SIZE, "the state has room");
_Static_assert(_Alignof(XXH3_state_t) <= BASE_FAST_HASH_STATE_ALIGNMENT, "the state is aligned");
_Static_assert((XXH_SECRET_DEFAULT_SIZE - STRIPE) / XXH_SECRET_CONSUME_RATE == STRIPES,
               "a block is what the secret lasts for");
_Static_assert(XXH_ACC_NB == BASE_FAST_HASH_SUMS, "one sum for each accumulator");

/* The part of the secret for a stripe of a block, and for the scrambling at its end. */
static inline const uint8_t *secret_of(size_t stripe)
{
    return XXH3_kSecret + stripe * XXH_SECRET_CONSUME_RATE;
}

static inline const uint8_t *scrambling_secret(void)
{
    return XXH3_kSecret + XXH_SECRET_DEFAULT_SIZE - STRIPE;
}

static struct base_hash canonical(XXH128_hash_t value)
{
    XXH128_canonical_t digits;
    XXH128_canonicalFromHash(&digits, value);
    struct base_hash hash;
    memcpy(hash.bytes, digits.digest, sizeof hash.bytes);
    return hash;
}

static struct base_hash variant_of(struct base_bytes bytes)
{
    return canonical(XXH3_128bits(bytes.data, bytes.size));
}

static void variant_start(void *state)
{
    memset(state, 0, sizeof(XXH3_state_t));
    (void)XXH3_128bits_reset(state);
}

static void variant_add(void *state, struct base_bytes bytes)
{
    if (bytes.size > 0) {
        (void)XXH3_128bits_update(state, bytes.data, bytes.size);
    }
}

static struct base_hash variant_result(const void *state)
{
    return canonical(XXH3_128bits_digest(state));
}

/* With BASE_FAST_HASH_OWN_BLOCKS the file has its own two functions for blocks, below. */
#ifdef BASE_FAST_HASH_OWN_BLOCKS
static void variant_sum_blocks(struct base_bytes blocks, uint64_t *sums);
static void join_sums(uint64_t *accumulators, const uint64_t *sums, size_t blocks);
#else
static void variant_sum_blocks(struct base_bytes blocks, uint64_t *sums)
{
    for (size_t at = 0; BASE_FAST_HASH_BLOCK <= blocks.size - at; at += BASE_FAST_HASH_BLOCK) {
        _Alignas(64) uint64_t sum[BASE_FAST_HASH_SUMS] = {0};
        for (size_t stripe = 0; stripe < STRIPES; stripe++) {
            XXH3_accumulate_512(sum, blocks.data + at + stripe * STRIPE, secret_of(stripe));
        }
        memcpy(sums, sum, sizeof sum);
        sums += BASE_FAST_HASH_SUMS;
    }
}

/* Adds the sums of each block, and scrambles. */
static void join_sums(uint64_t *accumulators, const uint64_t *sums, size_t blocks)
{
    _Alignas(64) uint64_t sum[BASE_FAST_HASH_SUMS];
    memcpy(sum, accumulators, sizeof sum);
    for (size_t block = 0; block < blocks; block++) {
        for (size_t i = 0; i < BASE_FAST_HASH_SUMS; i++) {
            sum[i] += sums[block * BASE_FAST_HASH_SUMS + i];
        }
        XXH3_scrambleAcc(sum, scrambling_secret());
    }
    memcpy(accumulators, sum, sizeof sum);
}
#endif

/* A stream holds its last bytes back, because the end of the input is treated differently. At the end of a block they
 * are whole stripes; takes them in. */
static void take_in_held_back(XXH3_state_t *stream)
{
    for (size_t at = 0; STRIPE <= stream->bufferedSize - at; at += STRIPE) {
        XXH3_accumulate_512(stream->acc, stream->buffer + at, secret_of(stream->nbStripesSoFar));
        stream->nbStripesSoFar++;
        if (stream->nbStripesSoFar == STRIPES) {
            XXH3_scrambleAcc(stream->acc, scrambling_secret());
            stream->nbStripesSoFar = 0;
        }
    }
    stream->bufferedSize = 0;
}

/* The last block goes in as bytes: it may be the end of the input. */
static void variant_add_summed(void *state, struct base_bytes blocks, const uint64_t *sums)
{
    XXH3_state_t *stream = state;
    size_t count = blocks.size / BASE_FAST_HASH_BLOCK;
    if (count < 2 || stream->totalLen % BASE_FAST_HASH_BLOCK != 0) {
        variant_add(state, blocks);
        return;
    }
    take_in_held_back(stream);
    join_sums(stream->acc, sums, count - 1);
    size_t summed = (count - 1) * BASE_FAST_HASH_BLOCK;
    stream->totalLen += summed;
    variant_add(state, base_bytes_make(blocks.data + summed, blocks.size - summed));
}

#define BASE_FAST_HASH_VARIANT(symbol, needed)                                                                         \
    const struct base_fast_hash_variant base_fast_hash_##symbol = {                                                    \
        .name = #symbol,                                                                                               \
        .needs = (needed),                                                                                             \
        .of = variant_of,                                                                                              \
        .start = variant_start,                                                                                        \
        .add = variant_add,                                                                                            \
        .result = variant_result,                                                                                      \
        .sum_blocks = variant_sum_blocks,                                                                              \
        .add_summed = variant_add_summed,                                                                              \
    }

#endif
