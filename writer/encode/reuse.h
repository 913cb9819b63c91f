/* Payloads that are copied from an earlier pack instead of being made again: docs/contracts/build-cache.md, 3.
 *
 * Threads: one call at a time a region. */
#ifndef PRPACK_WRITER_ENCODE_REUSE_H
#define PRPACK_WRITER_ENCODE_REUSE_H

#include "writer/encode/payload.h"

/* Copies the payloads of all assets that options->earlier has made to their places, in few large pieces, by
 * options->jobs workers. What is written is what was hashed. False when the earlier pack cannot be read or a payload is
 * not as recorded, which is not reported; a fault of writing is reported, and true. */
bool writer_reuse(const struct writer_plan *plan, const struct writer_options *options,
                  const struct writer_region *region, struct base_findings *findings);

#endif
