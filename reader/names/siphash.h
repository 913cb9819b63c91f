/* SipHash-1-3 (Aumasson and Bernstein): a hash table under it cannot be slowed down by names made to collide, as long
 * as the key stays secret. */
#ifndef PRPACK_READER_NAMES_SIPHASH_H
#define PRPACK_READER_NAMES_SIPHASH_H

#include "base/bytes.h"

struct reader_siphash_key {
    uint64_t low;
    uint64_t high;
};

uint64_t reader_siphash(struct reader_siphash_key key, struct base_bytes bytes);

#endif
