/* The palettes that one sprite may get, in the order in which they are tried. Threads: no shared state. */
#ifndef PRPACK_WRITER_IMAGE_CANDIDATES_H
#define PRPACK_WRITER_IMAGE_CANDIDATES_H

#include "writer/image/palette_set.h"

/* Each index is that of a palette with colours, and is there once. */
struct writer_candidates {
    size_t count;
    uint8_t index[WRITER_PALETTES];
    bool fixed; /* the declaration names the one palette of the sprite */
};

#endif
