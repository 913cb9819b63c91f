/* XXH3 with 128 bits, seed 0. The only file that knows xxHash is hash.c.
 *
 * It finds accidents, not attackers. Threads: a hasher belongs to one thread at a time. */
#ifndef PRPACK_BASE_HASH_H
#define PRPACK_BASE_HASH_H

#include "base/bytes.h"

enum { PP_HASH_SIZE = 16, PP_HASH_HEX = 32 };

/* Canonical (big-endian) form, as xxhsum -H2 prints it. */
struct pp_hash {
    uint8_t bytes[PP_HASH_SIZE];
};

struct pp_hash pp_hash_of(struct pp_bytes bytes);
bool pp_hash_equal(struct pp_hash a, struct pp_hash b);

/* Writes 32 lower-case hex digits and a NUL. */
void pp_hash_to_hex(struct pp_hash hash, char out[PP_HASH_HEX + 1]);
/* Accepts exactly 32 lower-case hex digits; false otherwise, *hash as it was. */
bool pp_hash_from_hex(struct pp_bytes hex, struct pp_hash *hash);

/* Streaming. create returns NULL when memory runs out; destroy accepts NULL. */
struct pp_hasher;
struct pp_hasher *pp_hasher_create(void);
void pp_hasher_destroy(struct pp_hasher *hasher);
void pp_hasher_reset(struct pp_hasher *hasher);
void pp_hasher_add(struct pp_hasher *hasher, struct pp_bytes bytes);
struct pp_hash pp_hasher_result(const struct pp_hasher *hasher);

#endif
