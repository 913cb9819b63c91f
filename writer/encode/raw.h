/* The raw formats: the source is the payload. Threads: many assets at once, each by one thread. */
#ifndef PRPACK_WRITER_ENCODE_RAW_H
#define PRPACK_WRITER_ENCODE_RAW_H

#include "writer/encode/payload.h"

/* See writer_encode. False when it reported something, or when a write failed. */
bool writer_encode_raw(const struct writer_work *work, const struct writer_region *region);

#endif
