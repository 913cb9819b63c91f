/* The blocks in which several threads can hash one stream. */
#ifndef PRPACK_BASE_FAST_HASH_BLOCK_H
#define PRPACK_BASE_FAST_HASH_BLOCK_H

/* Bytes of a block, and numbers that its sums have. */
enum { BASE_FAST_HASH_BLOCK = 1024, BASE_FAST_HASH_SUMS = 8 };

#endif
