/* Finds out, before anything is written, how large each payload will be and what its metadata says.
 *
 * Only headers of sources are read. Threads: many assets may be probed at once, each by one thread. */
#ifndef PRPACK_WRITER_PROBE_H
#define PRPACK_WRITER_PROBE_H

#include "writer/plan.h"

/* Probes one asset. Sets planned->faulty and reports when it cannot be packed. */
void writer_probe(const struct writer_work *work);

/* The formats that need more than a few lines. Each prints the metadata and returns false when it reported
 * something. */
bool writer_probe_glyph(const struct writer_work *work);
bool writer_probe_raw(const struct writer_work *work);

#endif
