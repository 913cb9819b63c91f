/* MD5 (RFC 1321), for one purpose: to check what other programs have recorded of the samples in a FLAC.
 *
 * It protects against accidents, not against people. prpack records nothing with it. Threads: one thread at a time uses
 * a base_md5. */
#ifndef PRPACK_BASE_MD5_H
#define PRPACK_BASE_MD5_H

#include "base/bytes.h"

enum { BASE_MD5_SIZE = 16, BASE_MD5_BLOCK = 64 };

/* Only md5.c writes the members. */
struct base_md5 {
    uint32_t state[4];
    uint64_t size; /* bytes so far */
    uint8_t block[BASE_MD5_BLOCK];
};

void base_md5_begin(struct base_md5 *md5);
void base_md5_add(struct base_md5 *md5, struct base_bytes bytes);
/* Writes the digest. The sum is of no further use. */
void base_md5_end(struct base_md5 *md5, uint8_t digest[BASE_MD5_SIZE]);

#endif
