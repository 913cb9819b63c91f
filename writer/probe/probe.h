/* Finds out, before anything is written, how large each payload will be and what its metadata says.
 *
 * Only headers of sources are read. Threads: many assets may be probed at once, each by one thread. */
#ifndef PRPACK_WRITER_PROBE_PROBE_H
#define PRPACK_WRITER_PROBE_PROBE_H

#include "writer/plan/plan.h"

/* Probes one asset. Sets planned->faulty and reports when it cannot be packed. */
void writer_probe(const struct writer_work *work);

#endif
