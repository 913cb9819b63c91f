/* Payloads that are copied from the pack of a provider instead of being packed again.
 *
 * Threads: one call at a time per region. */
#ifndef PRPACK_WRITER_ENCODE_REUSE_H
#define PRPACK_WRITER_ENCODE_REUSE_H

#include "writer/encode/payload.h"

/* Copies the payloads of all assets that options->provider has to their places, in few large pieces, by
 * options->jobs workers. What is written is what was hashed. False when its pack cannot be read or a payload is
 * not as the provider says, which is not reported; a fault of writing is reported, and true. */
bool writer_reuse(const struct writer_plan *plan, const struct writer_options *options,
                  const struct writer_region *region, struct base_findings *findings);

#endif
