/* Why a picture fits no palette: docs/contracts/workspace.md 3.2.2, ways 2 and 3. Threads: no shared state. */
#ifndef PRPACK_WRITER_IMAGE_MISFITS_H
#define PRPACK_WRITER_IMAGE_MISFITS_H

#include "writer/image/unmatched.h"
#include "writer/report.h"

/* Reports pixel-inexpressible, once per cause, for a picture with a tile that no candidate fits. */
void writer_report_misfits(const struct writer_palette_set *palettes, const struct writer_unmatched *picture,
                           const struct writer_reporter *report);

#endif
