/* A FLAC, decoded for comparison by code of the verifier's own (docs/contracts/workspace.md, 3.2.3).
 *
 * The writer takes the samples from a library that believes the header: it stops at the announced end and fills gaps
 * with silence. This decoder takes each block where the one before it ended, by number, and goes to the end of the
 * file.
 *
 * Memory: 8 bytes per sample of the largest block, 4 MiB at most, whatever the file claims. Threads: one thread at a
 * time uses a decoder. */
#ifndef PRPACK_VERIFY_FLAC_FLAC_H
#define PRPACK_VERIFY_FLAC_FLAC_H

#include "verify/flac/bits.h"
#include "verify/flac/comment.h"

#include <md5.h>

/* What STREAMINFO says. */
struct verify_flac_info {
    uint32_t sample_rate;
    uint32_t channels;  /* 1 … 8 */
    uint32_t depth;     /* bits of a sample: 4 … 32 */
    uint32_t block_min; /* frames of the smallest block but the last one */
    uint32_t block_max; /* frames of the largest block */
    uint64_t frames;    /* one sample per channel each; 0: STREAMINFO does not give the length */
    bool has_md5;
    uint8_t md5[MD5_DIGEST_LENGTH];
};

/* The first fault ends the decoding: problem or text is set then. */
struct verify_flac {
    struct verify_flac_info info;
    struct verify_flac_comment comment;
    int problem;      /* errno value or base_file_problem, ECANCELED too; or 0 */
    const char *text; /* static: what is wrong with the file; or NULL */
    uint64_t at;      /* with text: position in the file */

    uint64_t decoded; /* frames of all blocks so far; after verify_flac_finish those of the sound */

    /* Private. */
    struct verify_flac_bits bits;
    uint64_t begin; /* of the FLAC in the file */
    MD5_CTX sum;
    int64_t *samples;    /* of the present block: block_max of each channel */
    uint32_t block_size; /* frames of the present block */
    uint32_t taken;      /* of them */
    uint64_t blocks;     /* so far */
    bool counts_samples; /* how the blocks are numbered */
    bool has_short_one;  /* a block that only the last one may be, at short_at */
    uint64_t short_at;
};

/* Reads the metadata of the FLAC whose mark begins at a position of the file. False after a fault. Close the decoder in
 * either case. The file must outlive it; task may be NULL. */
bool verify_flac_open(struct verify_flac *flac, const struct base_file *file, uint64_t begin, struct base_task *task);
void verify_flac_close(struct verify_flac *flac);

/* Decodes the next `frames` frames, scaled to 32 bits, interleaved. *got is how many; fewer only at the end of a FLAC
 * whose length is not given. False after a fault, or when there are not as many. */
bool verify_flac_read(struct verify_flac *flac, int32_t *out, size_t frames, size_t *got);

/* After the last frame: whether the file ends there, and the samples have the MD5 of STREAMINFO. False after a fault.
 */
bool verify_flac_finish(struct verify_flac *flac);

#endif
