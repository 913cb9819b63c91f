/* Whether a picture has a size that a sheet takes, and what it looks like if not: docs/contracts/workspace.md 3.2.2.1.
 *
 * Threads: no shared state. */
#ifndef PRPACK_WRITER_IMAGE_PICTURE_SIZE_H
#define PRPACK_WRITER_IMAGE_PICTURE_SIZE_H

#include "writer/image/png.h"

/* Checks the size of a PNG whose pixels were not decoded yet, like writer_sheet_check_size. One whose size is wrong is
 * decoded, if it is not too large for that: a picture that looks like a sheet with gaps is said to be one. After a
 * failure the PNG can only be closed. Reports image-size. */
bool writer_picture_check_size(struct writer_png *png, uint32_t tile_size, bool pad,
                               const struct writer_reporter *report);

#endif
