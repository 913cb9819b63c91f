/* Media that no bytes at a fixed place give away: base/media.h asks here. */
#ifndef PRPACK_BASE_MEDIA_LOOK_H
#define PRPACK_BASE_MEDIA_LOOK_H

#include "base/bytes.h"
#include "base/medium.h"

/* A text of another program, after a byte-order mark and white space; or NULL. */
const struct base_medium *base_medium_of_text(struct base_bytes begin);

/* A stream of MPEG, which begins with the header of its first block; or NULL. */
const struct base_medium *base_medium_of_stream(struct base_bytes begin);

/* A picture whose head has values that files of other kinds can have, too; or NULL. */
const struct base_medium *base_medium_of_head(struct base_bytes begin);

#endif
