#include "base/fast_hash.h"

#include "base/fast_hash_force.h"
#include "base/fast_hash_variant.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

struct base_fast_hasher {
    _Alignas(BASE_FAST_HASH_STATE_ALIGNMENT) unsigned char state[BASE_FAST_HASH_STATE_SIZE];
};

/* ---- Which variant runs ---- */

static const struct base_fast_hash_variant *const variants[] = {
#ifdef BASE_FAST_HASH_X86
    &base_fast_hash_avx512,
    &base_fast_hash_avx2,
#endif
    &base_fast_hash_portable,
};

static bool runs_here(const struct base_fast_hash_variant *variant)
{
    switch (variant->needs) {
#ifdef BASE_FAST_HASH_X86
    case BASE_FAST_HASH_NEEDS_AVX512F:
        return __builtin_cpu_supports("avx512f") != 0;
    case BASE_FAST_HASH_NEEDS_AVX2:
        return __builtin_cpu_supports("avx2") != 0;
#else
    case BASE_FAST_HASH_NEEDS_AVX512F:
    case BASE_FAST_HASH_NEEDS_AVX2:
        return false;
#endif
    case BASE_FAST_HASH_NEEDS_NOTHING:
        break;
    }
    return true;
}

/* The variants that this machine can run, best first; NULL at and beyond their number. */
static const struct base_fast_hash_variant *variant_at(size_t index)
{
    for (size_t i = 0; i < sizeof variants / sizeof variants[0]; i++) {
        if (runs_here(variants[i]) && index-- == 0) {
            return variants[i];
        }
    }
    return NULL;
}

/* NULL until it is needed. Threads that ask for the first time together find the same answer. */
static _Atomic(const struct base_fast_hash_variant *) running;

static const struct base_fast_hash_variant *chosen(void)
{
    const struct base_fast_hash_variant *variant = atomic_load_explicit(&running, memory_order_relaxed);
    if (variant == NULL) {
        variant = variant_at(0);
        atomic_store_explicit(&running, variant, memory_order_relaxed);
    }
    return variant;
}

const char *base_fast_hash_variant_name(size_t index)
{
    const struct base_fast_hash_variant *variant = variant_at(index);
    return variant != NULL ? variant->name : NULL;
}

bool base_fast_hash_force(const char *name)
{
    const struct base_fast_hash_variant *variant = variant_at(0);
    for (size_t i = 1; name != NULL && variant != NULL && strcmp(variant->name, name) != 0; i++) {
        variant = variant_at(i);
    }
    if (variant != NULL) {
        atomic_store_explicit(&running, variant, memory_order_relaxed);
    }
    return variant != NULL;
}

/* ---- Hashes ---- */

struct base_hash base_fast_hash_of(struct base_bytes bytes)
{
    return chosen()->of(bytes);
}

/* ---- Streams ---- */

struct base_fast_hasher *base_fast_hasher_create(void)
{
    void *memory = NULL;
    if (posix_memalign(&memory, BASE_FAST_HASH_STATE_ALIGNMENT, sizeof(struct base_fast_hasher)) != 0) {
        return NULL;
    }
    struct base_fast_hasher *hasher = memory;
    base_fast_hasher_reset(hasher);
    return hasher;
}

void base_fast_hasher_destroy(struct base_fast_hasher *hasher)
{
    free(hasher);
}

void base_fast_hasher_reset(struct base_fast_hasher *hasher)
{
    chosen()->start(hasher->state);
}

void base_fast_hasher_add(struct base_fast_hasher *hasher, struct base_bytes bytes)
{
    chosen()->add(hasher->state, bytes);
}

struct base_hash base_fast_hasher_result(const struct base_fast_hasher *hasher)
{
    return chosen()->result(hasher->state);
}

void base_fast_hash_sum_blocks(struct base_bytes blocks, uint64_t *sums)
{
    chosen()->sum_blocks(blocks, sums);
}

void base_fast_hasher_add_summed(struct base_fast_hasher *hasher, struct base_bytes blocks, const uint64_t *sums)
{
    chosen()->add_summed(hasher->state, blocks, sums);
}
