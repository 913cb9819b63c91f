/* The hash by vector kernels of our own. For the verifier alone: what it compares with comes from base/hash.h.
 *
 * The kernels reach into private parts of xxHash. Where they are not compiled (PRPACK_FAST_HASH is OFF), the functions
 * have the same results by the library's plain functions, and no sums. Threads: a hasher belongs to one thread at a
 * time. */
#ifndef PRPACK_BASE_FAST_HASH_H
#define PRPACK_BASE_FAST_HASH_H

#include "base/fast_hash_block.h"
#include "base/hash_value.h"

struct base_hash base_fast_hash_of(struct base_bytes bytes);

/* Streaming. create returns NULL when memory runs out; destroy accepts NULL. */
struct base_fast_hasher;
struct base_fast_hasher *base_fast_hasher_create(void);
void base_fast_hasher_destroy(struct base_fast_hasher *hasher);
void base_fast_hasher_reset(struct base_fast_hasher *hasher);
void base_fast_hasher_add(struct base_fast_hasher *hasher, struct base_bytes bytes);
/* Of the bytes so far; more can be added afterwards. */
struct base_hash base_fast_hasher_result(const struct base_fast_hasher *hasher);

/* One long stream hashed by several threads: each sums blocks of its own part, and one thread adds the parts in order.
 * Adding costs about a tenth of summing. */

/* Any thread. Sets BASE_FAST_HASH_SUMS numbers for each whole BASE_FAST_HASH_BLOCK of `blocks`, which begins at a
 * multiple of BASE_FAST_HASH_BLOCK from the start of its stream; bytes after the last whole block are ignored. */
void base_fast_hash_sum_blocks(struct base_bytes blocks, uint64_t *sums);
/* Does what base_fast_hasher_add(hasher, blocks) does, with the sums of the same bytes already computed. Where the
 * stream is not at a multiple of BASE_FAST_HASH_BLOCK the sums are not used. */
void base_fast_hasher_add_summed(struct base_fast_hasher *hasher, struct base_bytes blocks, const uint64_t *sums);

#endif
