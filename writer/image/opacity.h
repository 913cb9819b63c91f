/* Which pixels are opaque: docs/contracts/workspace.md 3.2.2. Threads: no shared state. */
#ifndef PRPACK_WRITER_IMAGE_OPACITY_H
#define PRPACK_WRITER_IMAGE_OPACITY_H

#include "writer/image/indexed.h"
#include "writer/image/tally.h"
#include "writer/report.h"

/* Whether alpha decides in an image without a palette. */
bool writer_has_transparency(const struct writer_image *image);

/* Reports pixel-translucent, once, where pixels are neither opaque nor transparent. indexed says what indices mean;
 * NULL: an image without a palette. */
bool writer_check_opacity(const struct writer_image *image, const struct writer_grid *grid,
                          const struct writer_indexed *indexed, const struct writer_reporter *report);

#endif
