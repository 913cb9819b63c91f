#include "base/hash.h"

#include <stdlib.h>
#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

struct pp_hasher {
    XXH3_state_t state; /* needs 64-byte alignment: see pp_hasher_create */
};

static struct pp_hash canonical(XXH128_hash_t value)
{
    XXH128_canonical_t digits;
    XXH128_canonicalFromHash(&digits, value);
    struct pp_hash hash;
    memcpy(hash.bytes, digits.digest, sizeof hash.bytes);
    return hash;
}

struct pp_hash pp_hash_of(struct pp_bytes bytes)
{
    return canonical(XXH3_128bits(bytes.data, bytes.size));
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

struct pp_hasher *pp_hasher_create(void)
{
    void *memory = NULL;
    if (posix_memalign(&memory, 64, sizeof(struct pp_hasher)) != 0) {
        return NULL;
    }
    struct pp_hasher *hasher = memory;
    memset(&hasher->state, 0, sizeof hasher->state);
    pp_hasher_reset(hasher);
    return hasher;
}

void pp_hasher_destroy(struct pp_hasher *hasher)
{
    free(hasher);
}

void pp_hasher_reset(struct pp_hasher *hasher)
{
    (void)XXH3_128bits_reset(&hasher->state);
}

void pp_hasher_add(struct pp_hasher *hasher, struct pp_bytes bytes)
{
    if (bytes.size > 0) {
        (void)XXH3_128bits_update(&hasher->state, bytes.data, bytes.size);
    }
}

struct pp_hash pp_hasher_result(const struct pp_hasher *hasher)
{
    return canonical(XXH3_128bits_digest(&hasher->state));
}
