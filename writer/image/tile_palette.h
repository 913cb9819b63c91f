/* One tile of an image, as the different colours it has.
 *
 * Threads: no shared state. */
#ifndef PRPACK_WRITER_IMAGE_TILE_PALETTE_H
#define PRPACK_WRITER_IMAGE_TILE_PALETTE_H

#include "writer/image/palette_set.h"
#include "writer/image/png.h"

enum { WRITER_TILE_PIXELS_MAX = WRITER_TILE_SIZE_MAX * WRITER_TILE_SIZE_MAX };

/* A pixel that is fully transparent has no colour. */
enum { WRITER_NO_COLOUR = 0xFFFF };

/* Invariants: pixels[] holds size x size numbers of colours, or WRITER_NO_COLOUR; first[] ascends. */
struct writer_tile {
    uint32_t size;
    uint32_t x; /* of its top left pixel in the image */
    uint32_t y;
    uint32_t colour_count;
    uint32_t colours[WRITER_TILE_PIXELS_MAX]; /* 0xRRGGBB, in order of first appearance */
    uint16_t first[WRITER_TILE_PIXELS_MAX];   /* pixel of first appearance, row-major in the tile */
    uint16_t uses[WRITER_TILE_PIXELS_MAX];    /* pixels that have it */
    uint16_t pixels[WRITER_TILE_PIXELS_MAX];
};

/* Collects the tile at (x, y). Half-transparent pixels count as transparent; the first of them is reported as
 * pixel-translucent, and false returned. */
bool writer_tile_collect(struct writer_tile *tile, const struct writer_image *image, uint32_t size, uint32_t x,
                         uint32_t y, const struct writer_reporter *report);

/* Reports pixel-translucent at a pixel of the image. Always false. */
bool writer_report_translucent(uint32_t x, uint32_t y, uint32_t alpha, const struct writer_reporter *report);

/* Finds the palette of lowest index that has all colours of the tile, and stores each pixel's index in out
 * (row-major, tile->size wide, `stride` bytes from row to row). Reports pixel-inexpressible and returns false when
 * there is none. There is one palette at least. */
bool writer_tile_match(const struct writer_tile *tile, const struct writer_palette_set *palettes, uint8_t *out,
                       size_t stride, const struct writer_reporter *report);

#endif
