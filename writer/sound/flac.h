/* A FLAC as a chain of blocks (FLAC calls them frames), checked before a decoder reads it: decoders fill gaps with
 * silence, and stop where the header says that the sound ends. docs/contracts/workspace.md, 3.2.3.
 *
 * Nothing is decoded here. A block ends where its CRC-16 is right and the header of another block follows.
 * Threads: no shared state. */
#ifndef PRPACK_WRITER_SOUND_FLAC_H
#define PRPACK_WRITER_SOUND_FLAC_H

#include "writer/report.h"
#include "writer/sound/bytes.h"
#include "writer/sound/form.h"
#include "writer/sound/loop.h"

enum { WRITER_STREAMINFO_SIZE = 34 };

/* What STREAMINFO says, and where the rest is. */
struct writer_flac {
    uint8_t streaminfo[WRITER_STREAMINFO_SIZE];
    uint64_t streaminfo_at;
    uint32_t sample_rate;
    uint32_t channels;
    uint32_t depth;          /* bits of a sample */
    uint32_t block_size_min; /* of all blocks but the last one */
    uint32_t block_size_max;
    uint64_t frames; /* 0: STREAMINFO does not say how many */
    uint64_t first_block;
    struct writer_sound_part comment; /* the content of the first VORBIS_COMMENT */
};

/* Reads STREAMINFO of the FLAC that begins at `begin` and steps over the other metadata. Reports sound-invalid and read
 * errors. */
bool writer_flac_begin(const struct writer_sound_bytes *bytes, uint64_t begin, struct writer_flac *flac,
                       const struct writer_reporter *report);

/* Walks all blocks to the end of the file, and sets *frames to what they have. Reports sound-invalid and read errors.
 * Returns false without a finding when the task was cancelled. */
bool writer_flac_check_blocks(const struct writer_sound_bytes *bytes, const struct writer_flac *flac, uint64_t *frames,
                              const struct writer_reporter *report);

#endif
