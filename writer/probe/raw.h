/* The raw formats, before anything is written: the size of the source, and the declared metadata. */
#ifndef PRPACK_WRITER_PROBE_RAW_H
#define PRPACK_WRITER_PROBE_RAW_H

#include "writer/plan/plan.h"

/* Sets the sizes of the payload and prints the metadata. False when it reported something. */
bool writer_probe_raw(const struct writer_work *work);

#endif
