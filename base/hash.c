#include "base/hash.h"

#include "base/hash_variant.h"
#include "base/hex.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

struct base_hasher {
    _Alignas(BASE_HASH_STATE_ALIGNMENT) unsigned char state[BASE_HASH_STATE_SIZE];
};

/* ---- Which variant runs ---- */

static const struct base_hash_variant *const variants[] = {
#ifdef BASE_HASH_X86
    &base_hash_avx512,
    &base_hash_avx2,
#endif
    &base_hash_portable,
};

static bool runs_here(const struct base_hash_variant *variant)
{
    switch (variant->needs) {
#ifdef BASE_HASH_X86
    case BASE_HASH_NEEDS_AVX512F:
        return __builtin_cpu_supports("avx512f") != 0;
    case BASE_HASH_NEEDS_AVX2:
        return __builtin_cpu_supports("avx2") != 0;
#else
    case BASE_HASH_NEEDS_AVX512F:
    case BASE_HASH_NEEDS_AVX2:
        return false;
#endif
    case BASE_HASH_NEEDS_NOTHING:
        break;
    }
    return true;
}

const struct base_hash_variant *base_hash_variant_at(size_t index)
{
    for (size_t i = 0; i < sizeof variants / sizeof variants[0]; i++) {
        if (runs_here(variants[i]) && index-- == 0) {
            return variants[i];
        }
    }
    return NULL;
}

/* Threads that ask for the first time together find the same answer. */
static const struct base_hash_variant *chosen(void)
{
    static _Atomic(const struct base_hash_variant *) best;
    const struct base_hash_variant *variant = atomic_load_explicit(&best, memory_order_relaxed);
    if (variant == NULL) {
        variant = base_hash_variant_at(0);
        atomic_store_explicit(&best, variant, memory_order_relaxed);
    }
    return variant;
}

/* ---- Hashes ---- */

struct base_hash base_hash_of(struct base_bytes bytes)
{
    return chosen()->of(bytes);
}

bool base_hash_equal(struct base_hash a, struct base_hash b)
{
    return memcmp(a.bytes, b.bytes, sizeof a.bytes) == 0;
}

void base_hash_to_hex(struct base_hash hash, char out[BASE_HASH_HEX + 1])
{
    for (size_t i = 0; i < BASE_HASH_SIZE; i++) {
        out[2 * i] = base_hex_digit(hash.bytes[i] >> 4U);
        out[2 * i + 1] = base_hex_digit(hash.bytes[i]);
    }
    out[BASE_HASH_HEX] = '\0';
}

bool base_hash_from_hex(struct base_bytes hex, struct base_hash *hash)
{
    struct base_hash read = {{0}};
    if (hex.size != BASE_HASH_HEX) {
        return false;
    }
    for (size_t i = 0; i < BASE_HASH_SIZE; i++) {
        int high = base_hex_value(hex.data[2 * i]);
        int low = base_hex_value(hex.data[2 * i + 1]);
        if (high < 0 || low < 0) {
            return false;
        }
        read.bytes[i] = (uint8_t)(high << 4 | low);
    }
    *hash = read;
    return true;
}

/* ---- Streams ---- */

struct base_hasher *base_hasher_create(void)
{
    void *memory = NULL;
    if (posix_memalign(&memory, BASE_HASH_STATE_ALIGNMENT, sizeof(struct base_hasher)) != 0) {
        return NULL;
    }
    struct base_hasher *hasher = memory;
    base_hasher_reset(hasher);
    return hasher;
}

void base_hasher_destroy(struct base_hasher *hasher)
{
    free(hasher);
}

void base_hasher_reset(struct base_hasher *hasher)
{
    chosen()->start(hasher->state);
}

void base_hasher_add(struct base_hasher *hasher, struct base_bytes bytes)
{
    chosen()->add(hasher->state, bytes);
}

struct base_hash base_hasher_result(const struct base_hasher *hasher)
{
    return chosen()->result(hasher->state);
}

void base_hash_sum_blocks(struct base_bytes blocks, uint64_t *sums)
{
    chosen()->sum_blocks(blocks, sums);
}

void base_hasher_add_summed(struct base_hasher *hasher, struct base_bytes blocks, const uint64_t *sums)
{
    chosen()->add_summed(hasher->state, blocks, sums);
}
