/* Samples as a file has them, as 16 bits. docs/contracts/workspace.md, 3.2.3. */
#ifndef PRPACK_VERIFY_SOUND_PCM_H
#define PRPACK_VERIFY_SOUND_PCM_H

#include "verify/sound/coding.h"

/* Turns `count` samples into 16 bits. False when 16 bits cannot hold the sample *at exactly. */
bool verify_sound_pcm_decode(const struct verify_sound_coding *coding, const uint8_t *in, size_t count, int16_t *out,
                             size_t *at);

#endif
