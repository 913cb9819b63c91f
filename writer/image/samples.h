/* What is checked of decoded samples before they are pixels: docs/contracts/workspace.md 3.2.2.
 *
 * Threads: no shared state. */
#ifndef PRPACK_WRITER_IMAGE_SAMPLES_H
#define PRPACK_WRITER_IMAGE_SAMPLES_H

#include "writer/image/image.h"
#include "writer/image/tally.h"
#include "writer/report.h"

/* Whether each index has a colour: libpng lets others pass. Reports image-invalid; the image then has the colour 0 for
 * them. grid may be NULL: only the first such pixel is named. */
bool writer_samples_check_indices(struct writer_image *image, const struct writer_grid *grid,
                                  const struct writer_reporter *report);

/* Turns samples of 16 bits into samples of 8 bits, in place. Reports pixel-inexpressible where 8 bits do not hold the
 * colour of an opaque pixel; that pixel then has the upper 8 bits. grid may be NULL as above. */
bool writer_samples_narrow(struct writer_image *image, const struct writer_grid *grid,
                           const struct writer_reporter *report);

#endif
