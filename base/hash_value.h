/* A hash, and the sizes that every variant of the hash function shares. */
#ifndef PRPACK_BASE_HASH_VALUE_H
#define PRPACK_BASE_HASH_VALUE_H

#include <stdint.h>

enum { BASE_HASH_SIZE = 16, BASE_HASH_HEX = 32 };

/* Canonical (big-endian) form, as xxhsum -H2 prints it. */
struct base_hash {
    uint8_t bytes[BASE_HASH_SIZE];
};

/* A long stream is summed in blocks of so many bytes, with so many numbers per block. */
enum { BASE_HASH_BLOCK = 1024, BASE_HASH_SUMS = 8 };

#endif
