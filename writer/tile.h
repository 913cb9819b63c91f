/* One tile of an image, as the different colours it has.
 *
 * Threads: no shared state. */
#ifndef PRPACK_WRITER_TILE_H
#define PRPACK_WRITER_TILE_H

#include "writer/palette_set.h"
#include "writer/png_image.h"

enum { PP_TILE_SIZE_MAX = 32, PP_TILE_PIXELS_MAX = PP_TILE_SIZE_MAX * PP_TILE_SIZE_MAX };

/* A pixel that is fully transparent has no colour. */
enum { PP_NO_COLOUR = 0xFFFF };

/* Invariants: pixels[] holds size x size numbers of colours, or PP_NO_COLOUR; first[] ascends. */
struct pp_tile {
    uint32_t size;
    uint32_t x; /* of its top left pixel in the image */
    uint32_t y;
    uint32_t colour_count;
    uint32_t colours[PP_TILE_PIXELS_MAX]; /* 0xRRGGBB, in order of first appearance */
    uint16_t first[PP_TILE_PIXELS_MAX];   /* pixel of first appearance, row-major in the tile */
    uint16_t uses[PP_TILE_PIXELS_MAX];    /* pixels that have it */
    uint16_t pixels[PP_TILE_PIXELS_MAX];
};

/* Collects the tile at (x, y). Half-transparent pixels count as transparent; the first of them is reported as
 * pixel-translucent, and false returned. */
bool pp_writer_tile_collect(struct pp_tile *tile, const struct pp_image *image, uint32_t size, uint32_t x, uint32_t y,
                            const struct pp_report *report);

/* Reports pixel-translucent at a pixel of the image. Always false. */
bool pp_writer_report_translucent(uint32_t x, uint32_t y, uint32_t alpha, const struct pp_report *report);

/* Finds the palette of lowest index that has all colours of the tile, and stores each pixel's index in out
 * (row-major, tile->size wide, `stride` bytes from row to row). Reports pixel-inexpressible and returns false when
 * there is none. There is one palette at least. */
bool pp_writer_tile_match(const struct pp_tile *tile, const struct pp_palette_set *palettes, uint8_t *out,
                          size_t stride, const struct pp_report *report);

#endif
