/* Where pixels are that a finding speaks of. Threads: no shared state. */
#ifndef PRPACK_WRITER_IMAGE_PIXELS_H
#define PRPACK_WRITER_IMAGE_PIXELS_H

#include "writer/image/tally.h"
#include "writer/report.h"

/* The place of a finding about the pixels of a tally, at least one. They are marked where the report wants that. */
struct base_place writer_pixels_place(const struct writer_reporter *report, const struct writer_tally *tally,
                                      const struct writer_grid *grid);

#endif
