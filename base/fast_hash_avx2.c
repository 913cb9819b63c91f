/* Compiled with -mavx2. Nothing here may run before fast_hash.c has asked the processor. */
#define BASE_FAST_HASH_OWN_BLOCKS
#include "base/fast_hash_kernel.h"

#include <immintrin.h>

static inline __m256i load(const void *at)
{
    __m256i value;
    memcpy(&value, at, sizeof value);
    return value;
}

/* XXH3_accumulate_512 for half a stripe, with the accumulator in a register. */
static inline __m256i accumulate(__m256i sum, const uint8_t *half, const uint8_t *secret)
{
    __m256i data = load(half);
    __asm__("" : "+x"(data)); /* loaded once: gcc would do it for each use, and a load across cache lines is dear */
    __m256i keyed = _mm256_xor_si256(data, load(secret));
    __m256i product = _mm256_mul_epu32(keyed, _mm256_srli_epi64(keyed, 32));
    __m256i swapped = _mm256_shuffle_epi32(data, _MM_SHUFFLE(1, 0, 3, 2));
    return _mm256_add_epi64(product, _mm256_add_epi64(sum, swapped));
}

/* Twice as fast as what gcc makes of XXH3_accumulate_512, which leaves the accumulators in memory. */
static void variant_sum_blocks(struct base_bytes blocks, uint64_t *sums)
{
    enum { HALF = STRIPE / 2 };
    for (size_t at = 0; BASE_FAST_HASH_BLOCK <= blocks.size - at; at += BASE_FAST_HASH_BLOCK) {
        const uint8_t *block = blocks.data + at;
        __m256i low = _mm256_setzero_si256();
        __m256i high = _mm256_setzero_si256();
        for (size_t stripe = 0; stripe < STRIPES; stripe++) {
            low = accumulate(low, block + stripe * STRIPE, secret_of(stripe));
            high = accumulate(high, block + stripe * STRIPE + HALF, secret_of(stripe) + HALF);
        }
        memcpy(sums, &low, sizeof low);
        memcpy(sums + BASE_FAST_HASH_SUMS / 2, &high, sizeof high);
        sums += BASE_FAST_HASH_SUMS;
    }
}

/* XXH3_scrambleAcc for half of the accumulators. */
static inline __m256i scramble(__m256i sum, __m256i secret)
{
    const __m256i prime = _mm256_set1_epi64x(XXH_PRIME32_1);
    sum = _mm256_xor_si256(_mm256_xor_si256(sum, secret), _mm256_srli_epi64(sum, 47));
    __m256i high = _mm256_mul_epu32(_mm256_srli_epi64(sum, 32), prime);
    return _mm256_add_epi64(_mm256_mul_epu32(sum, prime), _mm256_slli_epi64(high, 32));
}

/* The accumulators stay in registers from block to block. */
static void join_sums(uint64_t *accumulators, const uint64_t *sums, size_t blocks)
{
    const __m256i low_secret = load(scrambling_secret());
    const __m256i high_secret = load(scrambling_secret() + STRIPE / 2);
    __m256i low = load(accumulators);
    __m256i high = load(accumulators + BASE_FAST_HASH_SUMS / 2);
    for (size_t block = 0; block < blocks; block++) {
        low = scramble(_mm256_add_epi64(low, load(sums + block * BASE_FAST_HASH_SUMS)), low_secret);
        high = scramble(_mm256_add_epi64(high, load(sums + block * BASE_FAST_HASH_SUMS + BASE_FAST_HASH_SUMS / 2)),
                        high_secret);
    }
    memcpy(accumulators, &low, sizeof low);
    memcpy(accumulators + BASE_FAST_HASH_SUMS / 2, &high, sizeof high);
}

BASE_FAST_HASH_VARIANT(avx2, BASE_FAST_HASH_NEEDS_AVX2);
