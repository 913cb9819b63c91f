/* How the samples of a sound are coded, as fmt or COMM says. docs/contracts/workspace.md, 3.2.3. */
#ifndef PRPACK_VERIFY_SOUND_CODING_H
#define PRPACK_VERIFY_SOUND_CODING_H

#include "verify/sound/layout.h"

enum { VERIFY_SOUND_SOURCE_CHANNELS_MAX = 2, VERIFY_SOUND_SAMPLE_BYTES_MAX = 4 };

struct verify_sound_coding {
    uint32_t channels; /* 1 or 2 */
    uint32_t rate;     /* frames per second, in the range of the contract */
    uint32_t bits;     /* of a sample, as the file says: 1 … 32 */
    uint32_t bytes;    /* of a sample: 1 … 4 */
    bool big_endian;
    bool is_unsigned;   /* with 1 byte */
    uint32_t frames;    /* COMM alone */
    uint64_t frames_at; /* likewise: where the file says so */
};

/* False: bytes->fault says why. */
bool verify_sound_read_coding(struct verify_sound_bytes *bytes, const struct verify_sound_container *container,
                              const struct verify_sound_layout *layout, struct verify_sound_coding *coding);

/* The two rules that hold for a FLAC, too. `at` is where the file says so. */
bool verify_sound_check_channels(struct verify_sound_fault *fault, uint64_t channels, uint64_t at);
bool verify_sound_check_rate(struct verify_sound_fault *fault, uint64_t rate, uint64_t at);

#endif
