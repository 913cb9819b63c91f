/* The header of one block of a FLAC. */
#ifndef PRPACK_WRITER_SOUND_FLAC_BLOCK_H
#define PRPACK_WRITER_SOUND_FLAC_BLOCK_H

#include "base/bytes.h"

enum { WRITER_FLAC_HEADER_MAX = 16 };

struct writer_flac_block {
    bool numbered_by_sample; /* else by block */
    uint64_t number;
    uint32_t size;        /* samples of one channel */
    uint32_t sample_rate; /* 0: that of STREAMINFO */
    uint32_t channels;
    uint32_t depth;       /* 0: that of STREAMINFO */
    uint32_t header_size; /* bytes */
};

/* Whether a header with a right CRC-8 begins at the first byte. */
bool writer_flac_block_read(struct base_bytes bytes, struct writer_flac_block *block);

#endif
