/* FLACs built block by block, right or wrong, without a library. */
#ifndef PRPACK_TESTS_LIB_FLAC_H
#define PRPACK_TESTS_LIB_FLAC_H

#include "base/bytes.h"

enum { FLAC_BLOCKS_MAX = 8, FLAC_BLOCK_FRAMES = 16 };

/* Samples are predicted by nothing (each one is stored), by the two before it, or by a linear formula. */
enum flac_coding { FLAC_VERBATIM, FLAC_FIXED, FLAC_LPC };

struct flac_block {
    uint64_t number; /* as the header says */
    uint64_t from;   /* the first frame of the sound that it holds */
    uint32_t frames; /* at most 256 */
    enum flac_coding coding;
};

enum flac_md5 { FLAC_NO_MD5, FLAC_RIGHT_MD5, FLAC_WRONG_MD5 };

struct flac {
    uint32_t channels; /* 1 or 2 */
    uint32_t depth;    /* 8, 12, 16, 20, 24 or 32 */
    uint32_t rate;
    uint32_t block_min, block_max; /* as STREAMINFO says */
    uint64_t frames;               /* likewise; the MD5 is of so many */
    enum flac_md5 md5;
    bool counts_samples; /* blocks are numbered by sample, else by block */
    bool mid_side;       /* with 2 channels */
    struct flac_block blocks[FLAC_BLOCKS_MAX];
    size_t block_count;
    struct base_bytes tail; /* after the last block */
};

/* 3 blocks: 16, 16 and 5 frames, and what belongs to them. */
struct flac flac_of_three_blocks(void);

/* FLACs that must be accepted: index is below FLAC_WHOLE_COUNT. */
enum { FLAC_WHOLE_COUNT = 12 };
struct flac flac_whole(size_t index);

/* FLACs that must be refused: three blocks with one fault. */
enum flac_fault {
    FLAC_FAULT_MD5,
    FLAC_FAULT_MD5_OF_24_BITS,
    FLAC_FAULT_BLOCKS_EXCHANGED,
    FLAC_FAULT_BLOCK_TWICE,
    FLAC_FAULT_BLOCK_LEFT_OUT,
    FLAC_FAULT_SAMPLES_LEFT_OUT,   /* the same where blocks are numbered by sample */
    FLAC_FAULT_END_IN_FIRST_BLOCK, /* as STREAMINFO says */
    FLAC_FAULT_END_BEFORE_LAST_BLOCK,
    FLAC_FAULT_END_IN_LAST_BLOCK,
    FLAC_FAULT_END_AFTER_LAST_BLOCK,
    FLAC_FAULT_NO_LAST_BLOCK,
    FLAC_FAULT_NO_BLOCK,
    FLAC_FAULT_TAG_AS_LAST_BLOCK,
    FLAC_FAULT_SMALLER_SMALLEST_BLOCK, /* than the largest one, as STREAMINFO says */
    FLAC_FAULT_LARGER_BLOCKS,          /* than there are, as STREAMINFO says */
    FLAC_FAULT_COUNT
};
struct flac flac_faulty(enum flac_fault fault);

/* The sample of a frame, as 16 bits. With a smaller depth its lower bits are 0. */
int16_t flac_sample(const struct flac *flac, uint64_t frame, uint32_t channel);

/* The file. The caller frees *data. */
size_t flac_make(const struct flac *flac, uint8_t **data);

/* Where each block begins in that file, and where the last one ends: block_count + 1 positions. */
void flac_positions(const struct flac *flac, size_t positions[FLAC_BLOCKS_MAX + 1]);

#endif
