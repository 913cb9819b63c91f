/* Pictures that look like a sheet with gaps between its tiles: docs/contracts/workspace.md, 3.2.2.1.
 *
 * Threads: no shared state. */
#ifndef PRPACK_WRITER_IMAGE_SPACING_H
#define PRPACK_WRITER_IMAGE_SPACING_H

#include "writer/image/image.h"

/* All in pixels, but for columns and rows. */
struct writer_spacing {
    uint32_t tile;   /* the side of a tile: 8, 16 or 32 */
    uint32_t gap;    /* between two tiles: 0 … 4 */
    uint32_t margin; /* around all of them: 0 … 4; one of the two is not 0 */
    uint32_t columns;
    uint32_t rows;
};

/* Whether a decoded picture has two tiles or more, with a margin or gaps whose pixels are all transparent or all of one
 * colour, and something else in its tiles. Of several such readings the first one counts: by the smallest gap, a margin
 * alone last; then with tiles of 16, 8, 32; then by the smallest margin. */
bool writer_spacing_find(const struct writer_image *image, struct writer_spacing *spacing);

#endif
