/* Warnings about what a picture loses when it is packed: docs/contracts/workspace.md 3.2.2.
 *
 * Threads: no shared state. */
#ifndef PRPACK_WRITER_IMAGE_LOSSES_H
#define PRPACK_WRITER_IMAGE_LOSSES_H

#include "writer/image/colours.h"

/* frames-dropped. */
void writer_warn_frames(const struct writer_image *image, const struct writer_reporter *report);

/* pixel-hidden and colour-merged, of an image with a palette. */
void writer_warn_indices(const struct writer_image *image, const struct writer_grid *grid,
                         const struct writer_indexed *indexed, const struct writer_reporter *report);

/* colour-merged, of what was counted; at least one pixel. */
void writer_warn_merged(const struct writer_grid *grid, const struct writer_merged *merged,
                        const struct writer_reporter *report);

#endif
