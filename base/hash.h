/* XXH3 with 128 bits, seed 0. Only base/hash_*.c know xxHash; the fastest code that the processor can run is chosen once.
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

/* One long stream hashed by several threads: each sums blocks of its own part, and one thread adds the parts in order. Adding
 * costs about a tenth of summing. */
enum { PP_HASH_BLOCK = 1024, PP_HASH_SUMS = 8 };

/* Any thread. Writes PP_HASH_SUMS numbers for each whole PP_HASH_BLOCK of `blocks`, which begins at a multiple of PP_HASH_BLOCK
 * from the start of its stream; bytes behind the last whole block are left alone. */
void pp_hash_sum_blocks(struct pp_bytes blocks, uint64_t *sums);
/* Does what pp_hasher_add(hasher, blocks) does, with the sums of the same bytes at hand. Where the stream is not at a
 * multiple of PP_HASH_BLOCK the sums are not used. */
void pp_hasher_add_summed(struct pp_hasher *hasher, struct pp_bytes blocks, const uint64_t *sums);

#endif
