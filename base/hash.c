#include "base/hash.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>
#ifdef BASE_HASH_DISPATCHES
/* The names of the functions that choose by processor take the place of the plain ones. */
#include <xxh_x86dispatch.h>
#endif

struct base_hasher {
    XXH3_state_t *state;
};

/* The library chooses at its first long input, without a lock. This makes the first one before threads can. */
static void choose(void)
{
    static const uint8_t long_input[1024];
    (void)XXH3_128bits(long_input, sizeof long_input);
}

static void choose_once(void)
{
    static pthread_once_t chosen = PTHREAD_ONCE_INIT;
    (void)pthread_once(&chosen, choose);
}

static struct base_hash canonical(XXH128_hash_t value)
{
    XXH128_canonical_t digits;
    struct base_hash hash;
    XXH128_canonicalFromHash(&digits, value);
    memcpy(hash.bytes, digits.digest, sizeof hash.bytes);
    return hash;
}

struct base_hash base_hash_of(struct base_bytes bytes)
{
    choose_once();
    return canonical(XXH3_128bits(bytes.data, bytes.size));
}

struct base_hasher *base_hasher_create(void)
{
    struct base_hasher *hasher = malloc(sizeof *hasher);
    if (hasher == NULL) {
        return NULL;
    }
    hasher->state = XXH3_createState();
    if (hasher->state == NULL) {
        free(hasher);
        return NULL;
    }
    choose_once();
    base_hasher_reset(hasher);
    return hasher;
}

void base_hasher_destroy(struct base_hasher *hasher)
{
    if (hasher != NULL) {
        (void)XXH3_freeState(hasher->state);
        free(hasher);
    }
}

void base_hasher_reset(struct base_hasher *hasher)
{
    (void)XXH3_128bits_reset(hasher->state);
}

void base_hasher_add(struct base_hasher *hasher, struct base_bytes bytes)
{
    if (bytes.size > 0) {
        (void)XXH3_128bits_update(hasher->state, bytes.data, bytes.size);
    }
}

struct base_hash base_hasher_result(const struct base_hasher *hasher)
{
    return canonical(XXH3_128bits_digest(hasher->state));
}
