/* Strips: PNGs that show a palette as a row of squares. docs/contracts/workspace.md, 3.2.1.
 *
 * Threads: no shared state. */
#ifndef PRPACK_WRITER_IMAGE_STRIP_H
#define PRPACK_WRITER_IMAGE_STRIP_H

#include "writer/image/image.h"
#include "writer/image/palette_set.h"

/* Why a picture is not a strip. */
enum writer_strip_fault {
    WRITER_STRIP_FINE,
    WRITER_STRIP_SIZE,        /* it is not a row of squares */
    WRITER_STRIP_MIXED,       /* a square has several colours */
    WRITER_STRIP_SEE_THROUGH, /* a square that counts, and is not the first one, is not opaque */
    WRITER_STRIP_FEW          /* fewer than two squares count, or they all have one colour */
};

struct writer_strip {
    enum writer_strip_fault fault;
    size_t pixel;                  /* MIXED and SEE_THROUGH: the first one at fault, in the first square at fault */
    struct writer_palette palette; /* FINE: the colours from left to right; else none. file is NULL */
};

/* The side of the squares that a picture of this size may have; 0 when it is not the size of a strip. */
uint32_t writer_strip_side(uint32_t width, uint32_t height);

/* Looks at a decoded picture, whose indices are below palette_count. */
struct writer_strip writer_strip_of(const struct writer_image *image);

#endif
