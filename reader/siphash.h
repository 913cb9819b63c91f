/* SipHash-1-3 (Aumasson and Bernstein): a hash table under it cannot be slowed down by names made to collide, as long as the
 * key stays secret. Private to the reader. */
#ifndef PRPACK_READER_SIPHASH_H
#define PRPACK_READER_SIPHASH_H

#include "base/bytes.h"

struct pp_siphash_key {
    uint64_t low;
    uint64_t high;
};

struct pp_siphash {
    uint64_t state[4];
    uint64_t tail; /* the bytes that do not fill a word yet, the first one lowest */
    uint64_t size; /* bytes added */
};

struct pp_siphash pp_siphash_begin(struct pp_siphash_key key);
void pp_siphash_add(struct pp_siphash *hash, struct pp_bytes bytes);
uint64_t pp_siphash_end(struct pp_siphash hash);

#endif
