/* The file in the order of its bytes, cut into chunks that workers take in turn, so that each byte is read once for all
 * the hashes that it belongs to. */
#ifndef PRPACK_VERIFY_PAYLOADS_CHUNKS_H
#define PRPACK_VERIFY_PAYLOADS_CHUNKS_H

#include "verify/core/facts.h"

#include <stddef.h>

/* Bytes of a chunk at most. Large pieces of a file are copied faster than small ones, up to what the processor
 * caches. */
enum { VERIFY_CHUNK_MAX = 1 << 20 };

enum verify_chunk_kind {
    VERIFY_CHUNK_GAP, /* belongs to no payload: header, gaps, what follows the last one */
    VERIFY_CHUNK_RUN, /* whole payloads, back to back */
    VERIFY_CHUNK_PART /* part of one payload that is larger than a chunk */
};

struct verify_chunk {
    enum verify_chunk_kind kind;
    uint64_t position; /* in the file */
    size_t size;
    size_t entry;     /* VERIFY_CHUNK_RUN: the first; VERIFY_CHUNK_PART: whose payload it is */
    size_t count;     /* VERIFY_CHUNK_RUN: entries */
    uint64_t part_at; /* VERIFY_CHUNK_PART: where it begins in the payload */
    bool part_ends;   /* VERIFY_CHUNK_PART: the payload ends with it */
};

/* Zero-initialise all but the first four. */
struct verify_chunk_walk {
    const struct verify_facts *facts;
    uint64_t file_size;
    bool gaps;      /* gaps are wanted */
    bool *overlaps; /* one per entry; set when its payload begins before the end of an earlier one */
    uint64_t position;
    size_t entry;
    uint64_t part_at; /* bytes of the payload of `entry` that were in earlier chunks; 0: none */
};

/* The next chunk in rising position. False at the end. Every readable payload is in the chunks, or its entry is marked
 * in overlaps. */
bool verify_chunk_next(struct verify_chunk_walk *walk, struct verify_chunk *chunk);

#endif
