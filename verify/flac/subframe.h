/* One channel of a block of a FLAC, decoded. */
#ifndef PRPACK_VERIFY_FLAC_SUBFRAME_H
#define PRPACK_VERIFY_FLAC_SUBFRAME_H

#include "verify/flac/bits.h"

/* Decodes `count` samples of `depth` bits (at most 33). NULL, or why that is not possible; a reader that has failed is
 * no fault here. */
const char *verify_flac_subframe_read(struct verify_flac_bits *bits, unsigned depth, int64_t *samples, uint32_t count);

#endif
