/* A FLAC as a chain of blocks (FLAC calls them frames), checked before a decoder reads it: decoders fill gaps with
 * silence, and stop where the header says that the sound ends. docs/contracts/workspace.md, 3.2.3.
 *
 * Nothing is decoded here. A block ends where its CRC-16 is right and the header of another block follows.
 * Threads: no shared state. */
#ifndef PRPACK_WRITER_SOUND_FLAC_H
#define PRPACK_WRITER_SOUND_FLAC_H

#include "writer/report.h"
#include "writer/sound/bytes.h"

enum { WRITER_MD5_SIZE = 16 };

/* What STREAMINFO says. */
struct writer_flac {
    uint32_t sample_rate;
    uint32_t channels;
    uint32_t depth;          /* bits of a sample */
    uint32_t block_size_min; /* of all blocks but the last one */
    uint32_t block_size_max;
    uint64_t frames; /* samples of one channel; not 0 */
    bool has_md5;
    uint8_t md5[WRITER_MD5_SIZE];
    uint64_t first_block; /* position in the file */
};

/* Reads STREAMINFO and steps over the other metadata. Reports sound-invalid and read errors. */
bool writer_flac_begin(const struct writer_sound_bytes *bytes, struct writer_flac *flac,
                       const struct writer_reporter *report);

/* Walks all blocks to the end of the file. Reports sound-invalid and read errors. Returns false without a finding when
 * the task was cancelled. */
bool writer_flac_check_blocks(const struct writer_sound_bytes *bytes, const struct writer_flac *flac,
                              const struct writer_reporter *report);

#endif
