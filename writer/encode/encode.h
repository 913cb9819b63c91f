/* Turns the sources of an asset into its payload, once. Threads: many assets at once, each by one thread. */
#ifndef PRPACK_WRITER_ENCODE_ENCODE_H
#define PRPACK_WRITER_ENCODE_ENCODE_H

#include "writer/encode/payload.h"

/* Encodes one asset that was probed, writes the payload and sets its hashes and those of its inputs. Inputs that are
 * faulty already are left alone; the others are checked even when the asset cannot be packed any more. */
void writer_encode(const struct writer_work *work, const struct writer_region *region);

#endif
