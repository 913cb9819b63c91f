/* XXH3 with 128 bits, seed 0. Only base/hash*.c include xxHash. The fastest variant that the processor can run is
 * chosen once.
 *
 * It finds accidental damage; it does not protect against an attacker. Threads: a hasher belongs to one thread at a
 * time. */
#ifndef PRPACK_BASE_HASH_H
#define PRPACK_BASE_HASH_H

#include "base/bytes.h"
#include "base/hash_value.h"

struct base_hash base_hash_of(struct base_bytes bytes);
bool base_hash_equal(struct base_hash a, struct base_hash b);

/* Writes 32 lower-case hex digits and a NUL. */
void base_hash_to_hex(struct base_hash hash, char out[BASE_HASH_HEX + 1]);
/* Accepts exactly 32 lower-case hex digits; false otherwise; *hash is then unchanged. */
bool base_hash_from_hex(struct base_bytes hex, struct base_hash *hash);

/* Streaming. create returns NULL when memory runs out; destroy accepts NULL. */
struct base_hasher;
struct base_hasher *base_hasher_create(void);
void base_hasher_destroy(struct base_hasher *hasher);
void base_hasher_reset(struct base_hasher *hasher);
void base_hasher_add(struct base_hasher *hasher, struct base_bytes bytes);
struct base_hash base_hasher_result(const struct base_hasher *hasher);

/* One long stream hashed by several threads: each sums blocks of its own part, and one thread adds the parts in order.
 * Adding costs about a tenth of summing. */

/* Any thread. Writes BASE_HASH_SUMS numbers for each whole BASE_HASH_BLOCK of `blocks`, which begins at a multiple of
 * BASE_HASH_BLOCK from the start of its stream; bytes after the last whole block are ignored. */
void base_hash_sum_blocks(struct base_bytes blocks, uint64_t *sums);
/* Does what base_hasher_add(hasher, blocks) does, with the sums of the same bytes already computed. Where the stream is
 * not at a multiple of BASE_HASH_BLOCK the sums are not used. */
void base_hasher_add_summed(struct base_hasher *hasher, struct base_bytes blocks, const uint64_t *sums);

#endif
