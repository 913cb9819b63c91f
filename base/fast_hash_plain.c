/* base/fast_hash.h without kernels: the plain functions of the library, which do not choose by processor as those of
 * base/hash.c do. Compiled in place of fast_hash.c where PRPACK_FAST_HASH is OFF.
 *
 * It repeats the shape of base/hash.c on purpose: the writer's hashes come from there and the verifier's from here, so
 * code that both shared could hide a fault from --verify. */
#include "base/fast_hash.h"
#include "base/fast_hash_force.h"

#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

struct base_fast_hasher {
    XXH3_state_t *state;
};

const char *base_fast_hash_variant_name(size_t index)
{
    return index == 0 ? "plain" : NULL;
}

bool base_fast_hash_force(const char *name)
{
    return name == NULL || strcmp(name, "plain") == 0;
}

static struct base_hash to_hash(XXH128_hash_t value)
{
    XXH128_canonical_t digits;
    struct base_hash hash;
    XXH128_canonicalFromHash(&digits, value);
    memcpy(hash.bytes, digits.digest, sizeof hash.bytes);
    return hash;
}

struct base_hash base_fast_hash_of(struct base_bytes bytes)
{
    return to_hash(XXH3_128bits(bytes.data, bytes.size));
}

struct base_fast_hasher *base_fast_hasher_create(void)
{
    struct base_fast_hasher *hasher = malloc(sizeof *hasher);
    XXH3_state_t *state = XXH3_createState();
    if (hasher == NULL || state == NULL) {
        (void)XXH3_freeState(state);
        free(hasher);
        return NULL;
    }
    hasher->state = state;
    base_fast_hasher_reset(hasher);
    return hasher;
}

void base_fast_hasher_destroy(struct base_fast_hasher *hasher)
{
    if (hasher != NULL) {
        (void)XXH3_freeState(hasher->state);
        free(hasher);
    }
}

void base_fast_hasher_reset(struct base_fast_hasher *hasher)
{
    (void)XXH3_128bits_reset(hasher->state);
}

void base_fast_hasher_add(struct base_fast_hasher *hasher, struct base_bytes bytes)
{
    if (bytes.size > 0) {
        (void)XXH3_128bits_update(hasher->state, bytes.data, bytes.size);
    }
}

struct base_hash base_fast_hasher_result(const struct base_fast_hasher *hasher)
{
    return to_hash(XXH3_128bits_digest(hasher->state));
}

/* The public functions cannot take in a block that another thread has summed: zeros stand for the sums. */
void base_fast_hash_sum_blocks(struct base_bytes blocks, uint64_t *sums)
{
    memset(sums, 0, blocks.size / BASE_FAST_HASH_BLOCK * BASE_FAST_HASH_SUMS * sizeof *sums);
}

void base_fast_hasher_add_summed(struct base_fast_hasher *hasher, struct base_bytes blocks, const uint64_t *sums)
{
    (void)sums;
    base_fast_hasher_add(hasher, blocks);
}
