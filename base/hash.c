#include "base/hash_variant.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

struct pp_hasher {
    _Alignas(PP_HASH_STATE_ALIGNMENT) unsigned char state[PP_HASH_STATE_SIZE];
};

/* ---- Which variant runs ---- */

static const struct pp_hash_variant *const variants[] = {
#ifdef PP_HASH_X86
    &pp_hash_avx512,
    &pp_hash_avx2,
#endif
    &pp_hash_portable,
};

static bool runs_here(const struct pp_hash_variant *variant)
{
    switch (variant->needs) {
#ifdef PP_HASH_X86
    case PP_HASH_NEEDS_AVX512F:
        return __builtin_cpu_supports("avx512f") != 0;
    case PP_HASH_NEEDS_AVX2:
        return __builtin_cpu_supports("avx2") != 0;
#else
    case PP_HASH_NEEDS_AVX512F:
    case PP_HASH_NEEDS_AVX2:
        return false;
#endif
    case PP_HASH_NEEDS_NOTHING:
        break;
    }
    return true;
}

const struct pp_hash_variant *pp_hash_variant_at(size_t index)
{
    for (size_t i = 0; i < sizeof variants / sizeof variants[0]; i++) {
        if (runs_here(variants[i]) && index-- == 0) {
            return variants[i];
        }
    }
    return NULL;
}

/* Threads that ask for the first time together find the same answer. */
static const struct pp_hash_variant *chosen(void)
{
    static _Atomic(const struct pp_hash_variant *) best;
    const struct pp_hash_variant *variant = atomic_load_explicit(&best, memory_order_relaxed);
    if (variant == NULL) {
        variant = pp_hash_variant_at(0);
        atomic_store_explicit(&best, variant, memory_order_relaxed);
    }
    return variant;
}

/* ---- Hashes ---- */

struct pp_hash pp_hash_of(struct pp_bytes bytes)
{
    return chosen()->of(bytes);
}

bool pp_hash_equal(struct pp_hash a, struct pp_hash b)
{
    return memcmp(a.bytes, b.bytes, sizeof a.bytes) == 0;
}

void pp_hash_to_hex(struct pp_hash hash, char out[PP_HASH_HEX + 1])
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < PP_HASH_SIZE; i++) {
        out[2 * i] = digits[hash.bytes[i] >> 4];
        out[2 * i + 1] = digits[hash.bytes[i] & 15];
    }
    out[PP_HASH_HEX] = '\0';
}

/* The value of a lower-case hex digit, or -1. */
static int digit_value(uint8_t digit)
{
    if (digit >= '0' && digit <= '9') {
        return digit - '0';
    }
    return digit >= 'a' && digit <= 'f' ? digit - 'a' + 10 : -1;
}

bool pp_hash_from_hex(struct pp_bytes hex, struct pp_hash *hash)
{
    struct pp_hash read = {{0}};
    if (hex.size != PP_HASH_HEX) {
        return false;
    }
    for (size_t i = 0; i < PP_HASH_SIZE; i++) {
        int high = digit_value(hex.data[2 * i]);
        int low = digit_value(hex.data[2 * i + 1]);
        if (high < 0 || low < 0) {
            return false;
        }
        read.bytes[i] = (uint8_t)(high << 4 | low);
    }
    *hash = read;
    return true;
}

/* ---- Streams ---- */

struct pp_hasher *pp_hasher_create(void)
{
    void *memory = NULL;
    if (posix_memalign(&memory, PP_HASH_STATE_ALIGNMENT, sizeof(struct pp_hasher)) != 0) {
        return NULL;
    }
    struct pp_hasher *hasher = memory;
    pp_hasher_reset(hasher);
    return hasher;
}

void pp_hasher_destroy(struct pp_hasher *hasher)
{
    free(hasher);
}

void pp_hasher_reset(struct pp_hasher *hasher)
{
    chosen()->start(hasher->state);
}

void pp_hasher_add(struct pp_hasher *hasher, struct pp_bytes bytes)
{
    chosen()->add(hasher->state, bytes);
}

struct pp_hash pp_hasher_result(const struct pp_hasher *hasher)
{
    return chosen()->result(hasher->state);
}

void pp_hash_sum_blocks(struct pp_bytes blocks, uint64_t *sums)
{
    chosen()->sum_blocks(blocks, sums);
}

void pp_hasher_add_summed(struct pp_hasher *hasher, struct pp_bytes blocks, const uint64_t *sums)
{
    chosen()->add_summed(hasher->state, blocks, sums);
}
