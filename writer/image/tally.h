/* Pixels of one picture that have one thing in common: how many, in how many tiles, and where the first one is.
 *
 * Threads: no shared state. */
#ifndef PRPACK_WRITER_IMAGE_TALLY_H
#define PRPACK_WRITER_IMAGE_TALLY_H

#include "base/findings.h"
#include "writer/layout.h"

#include <stddef.h>

/* How a picture is cut. */
struct writer_grid {
    uint32_t width; /* of the picture, without padding */
    uint32_t height;
    uint32_t tile_size;
    uint32_t columns; /* tiles, with padding */
    uint32_t rows;
};

/* tile_size is a tile size. */
struct writer_grid writer_grid_of(uint32_t width, uint32_t height, uint32_t tile_size);
/* The tile of the picture that has a pixel; both are counted row by row. */
uint32_t writer_grid_tile(const struct writer_grid *grid, size_t pixel);

/* Pixels of a picture, one bit each, row by row. */
struct writer_marks {
    uint64_t bits[WRITER_SHEET_PIXELS / 64];
};

/* Zero-initialise. */
struct writer_tally {
    uint64_t pixels;
    uint32_t tiles;
    size_t first;                               /* pixel, row by row */
    uint64_t seen[WRITER_SHEET_TILES_MAX / 64]; /* tiles, one bit each */
    struct writer_marks marks;                  /* the pixels */
};

/* Adds a pixel, once each, in any order. The picture has at most WRITER_SHEET_TILES_MAX tiles. */
void writer_tally_add(struct writer_tally *tally, const struct writer_grid *grid, size_t pixel);

/* Adds every pixel whose index is wanted; `pixels` has one byte per pixel of the picture. */
void writer_tally_indices(struct writer_tally *tally, const struct writer_grid *grid, const uint8_t *pixels,
                          const bool wanted[256]);

/* Where the first pixel is, and how many pixels there are in how many tiles. */
struct base_place writer_tally_place(const struct writer_tally *tally, const struct writer_grid *grid);

/* "3 pixels in 2 tiles, the first in tile 4 (x 3, y 5 in it)" or "1 pixel, in tile 4 (x 3, y 5 in it)". */
struct writer_tally_text {
    char text[112];
};
struct writer_tally_text writer_tally_text(const struct writer_tally *tally, const struct writer_grid *grid);

#endif
