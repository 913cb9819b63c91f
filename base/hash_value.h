/* A hash: XXH3 with 128 bits, seed 0, whichever code computed it. It finds accidental damage; it does not protect
 * against an attacker.
 *
 * What a build records is computed by base/hash.h, what the verifier compares with it by base/fast_hash.h. The two are
 * separate code, so a fault of one of them shows as a difference. */
#ifndef PRPACK_BASE_HASH_VALUE_H
#define PRPACK_BASE_HASH_VALUE_H

#include "base/bytes.h"

#include <stdbool.h>
#include <stdint.h>

enum { BASE_HASH_SIZE = 16, BASE_HASH_HEX = 32 };

/* Canonical (big-endian) form, as xxhsum -H2 prints it. */
struct base_hash {
    uint8_t bytes[BASE_HASH_SIZE];
};

bool base_hash_equal(struct base_hash a, struct base_hash b);

/* Writes 32 lower-case hex digits and a NUL. */
void base_hash_to_hex(struct base_hash hash, char out[BASE_HASH_HEX + 1]);
/* Accepts exactly 32 lower-case hex digits; false otherwise; *hash is then unchanged. */
bool base_hash_from_hex(struct base_bytes hex, struct base_hash *hash);

#endif
