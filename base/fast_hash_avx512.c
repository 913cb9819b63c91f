/* Compiled with -mavx512f. Nothing here may run before fast_hash.c has asked the processor. */
#define BASE_FAST_HASH_OWN_BLOCKS
#include "base/fast_hash_kernel.h"

#include <immintrin.h>

/* XXH3_accumulate_512 with the accumulator in a register. */
static inline __m512i accumulate(__m512i sum, const uint8_t *stripe, const uint8_t *secret)
{
    __m512i data = _mm512_loadu_si512(stripe);
    __asm__("" : "+v"(data)); /* loaded once: gcc would do it for each use, and a load across cache lines is dear */
    __m512i keyed = _mm512_xor_si512(data, _mm512_loadu_si512(secret));
    __m512i product = _mm512_mul_epu32(keyed, _mm512_srli_epi64(keyed, 32));
    __m512i swapped = _mm512_shuffle_epi32(data, (_MM_PERM_ENUM)_MM_SHUFFLE(1, 0, 3, 2));
    return _mm512_add_epi64(product, _mm512_add_epi64(sum, swapped));
}

/* Half again as fast as what gcc makes of XXH3_accumulate_512 where the bytes are not aligned. */
static void variant_sum_blocks(struct base_bytes blocks, uint64_t *sums)
{
    for (size_t at = 0; BASE_FAST_HASH_BLOCK <= blocks.size - at; at += BASE_FAST_HASH_BLOCK) {
        const uint8_t *block = blocks.data + at;
        __m512i even = _mm512_setzero_si512();
        __m512i odd = _mm512_setzero_si512();
        for (size_t stripe = 0; stripe < STRIPES; stripe += 2) {
            even = accumulate(even, block + stripe * STRIPE, secret_of(stripe));
            odd = accumulate(odd, block + (stripe + 1) * STRIPE, secret_of(stripe + 1));
        }
        _mm512_storeu_si512(sums, _mm512_add_epi64(even, odd));
        sums += BASE_FAST_HASH_SUMS;
    }
}

/* XXH3_scrambleAcc, with the accumulators in a register from block to block. */
static void join_sums(uint64_t *accumulators, const uint64_t *sums, size_t blocks)
{
    const __m512i secret = _mm512_loadu_si512(scrambling_secret());
    const __m512i prime = _mm512_set1_epi64(XXH_PRIME32_1);
    __m512i sum = _mm512_loadu_si512(accumulators);
    for (size_t block = 0; block < blocks; block++) {
        sum = _mm512_add_epi64(sum, _mm512_loadu_si512(sums + block * BASE_FAST_HASH_SUMS));
        sum = _mm512_xor_si512(_mm512_xor_si512(sum, secret), _mm512_srli_epi64(sum, 47));
        __m512i high = _mm512_mul_epu32(_mm512_srli_epi64(sum, 32), prime);
        sum = _mm512_add_epi64(_mm512_mul_epu32(sum, prime), _mm512_slli_epi64(high, 32));
    }
    _mm512_storeu_si512(accumulators, sum);
}

BASE_FAST_HASH_VARIANT(avx512, BASE_FAST_HASH_NEEDS_AVX512F);
