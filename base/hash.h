/* The hash as the xxHash library ships it, by its public functions alone. For everything that a build records; not for
 * the verifier, which has base/fast_hash.h.
 *
 * On x86 the library chooses the fastest code that the processor can run. Threads: a hasher belongs to one thread at a
 * time. */
#ifndef PRPACK_BASE_HASH_H
#define PRPACK_BASE_HASH_H

#include "base/hash_value.h"

struct base_hash base_hash_of(struct base_bytes bytes);

/* Streaming. create returns NULL when memory runs out; destroy accepts NULL. */
struct base_hasher;
struct base_hasher *base_hasher_create(void);
void base_hasher_destroy(struct base_hasher *hasher);
void base_hasher_reset(struct base_hasher *hasher);
void base_hasher_add(struct base_hasher *hasher, struct base_bytes bytes);
/* Of the bytes so far; more can be added afterwards. */
struct base_hash base_hasher_result(const struct base_hasher *hasher);

#endif
