/* A picture that is to be matched with palettes. Threads: no shared state. */
#ifndef PRPACK_WRITER_IMAGE_UNMATCHED_H
#define PRPACK_WRITER_IMAGE_UNMATCHED_H

#include "writer/image/candidates.h"
#include "writer/image/indexed.h"
#include "writer/image/tally.h"

/* All of it is borrowed. */
struct writer_unmatched {
    struct writer_image *image;
    const struct writer_grid *grid;
    const struct writer_indexed *indexed; /* what indices mean; NULL: an image without a palette */
    bool keyed_by_entry;                  /* a pixel is transparent when it has the colour of entry 0 */
    const struct writer_candidates *candidates;
};

/* Whether alpha, or the index, makes a pixel opaque; the colour of entry 0 is not looked at. */
static inline bool writer_unmatched_is_opaque(const struct writer_unmatched *picture, size_t pixel)
{
    if (picture->indexed != NULL) {
        return picture->indexed->opacity[picture->image->pixels[pixel]] == WRITER_OPAQUE;
    }
    return writer_image_colour(picture->image, pixel) >> 24 == 255;
}

#endif
