/* One channel of two: docs/contracts/workspace.md, 3.2.3 and 3.5. */
#ifndef PRPACK_VERIFY_SOURCES_MONO_H
#define PRPACK_VERIFY_SOURCES_MONO_H

#include "verify/workspace/declared.h"

/* What findings call the samples that are packed, with the article. */
const char *verify_channels_name(enum verify_channels channels, uint32_t count);

/* Writes `frames` frames of a sound of 1 or 2 channels as a payload has them: 2 bytes each, little endian. With 2,
 * which of them counts is not VERIFY_CHANNELS_NONE. */
void verify_take_channels(enum verify_channels channels, uint32_t count, const int16_t *samples, size_t frames,
                          uint8_t *out);

#endif
