/* The header of one block of samples of a FLAC. (FLAC calls the blocks frames; a frame is one sample per channel here.)
 */
#ifndef PRPACK_VERIFY_FLAC_HEADER_H
#define PRPACK_VERIFY_FLAC_HEADER_H

#include "base/bytes.h"

/* How the two channels of a stereo block are coded. */
enum verify_flac_stereo { VERIFY_FLAC_PLAIN, VERIFY_FLAC_LEFT_SIDE, VERIFY_FLAC_SIDE_RIGHT, VERIFY_FLAC_MID_SIDE };

struct verify_flac_header {
    bool counts_samples; /* number counts the samples before the block, else the blocks */
    uint64_t number;
    uint32_t frames;
    uint32_t sample_rate; /* 0: as STREAMINFO says */
    uint32_t channels;
    enum verify_flac_stereo stereo;
    uint32_t depth; /* bits; 0: as STREAMINFO says */
    uint32_t size;  /* bytes of the header, with its CRC-8 */
};

/* Whether the bytes begin with a header whose CRC-8 is right. A header has at most 16 bytes. */
bool verify_flac_header_read(struct base_bytes bytes, struct verify_flac_header *header);

#endif
