/* GLYPH/indexed_v1, before anything is written: tile size and palettes. */
#ifndef PRPACK_WRITER_PROBE_GLYPH_H
#define PRPACK_WRITER_PROBE_GLYPH_H

#include "writer/plan/plan.h"

/* Sets the sizes of the payload and prints the metadata. False when it reported something. */
bool writer_probe_glyph(const struct writer_work *work);

#endif
