#include "base/hash_value.h"

#include "base/hex.h"

#include <string.h>

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
