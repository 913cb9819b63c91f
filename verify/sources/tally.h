/* Pixels of one picture that have one cause. Threads: no shared state. */
#ifndef PRPACK_VERIFY_SOURCES_TALLY_H
#define PRPACK_VERIFY_SOURCES_TALLY_H

#include "base/findings.h"
#include "verify/core/format.h"

/* Zero-initialise, but for the first two. */
struct verify_tally {
    uint32_t side;    /* of a tile, in pixels */
    uint32_t columns; /* of tiles, with padding */
    uint64_t pixels;
    uint32_t tiles;
    uint32_t x, y; /* of the first pixel, row by row */
    bool has_tile[VERIFY_SHEET_TILES_MAX];
};

/* A tally of a picture of that width in pixels, with or without padding. */
struct verify_tally verify_tally_of(uint32_t width, uint32_t side);

/* Adds a pixel, once each, in any order. The picture has at most the tiles of a sheet. */
void verify_tally_add(struct verify_tally *tally, uint32_t x, uint32_t y);

/* The tile of the first pixel. */
uint32_t verify_tally_tile(const struct verify_tally *tally);

/* The place of the first pixel with the counts; the file is not named. */
struct base_place verify_tally_place(const struct verify_tally *tally);

/* "in 3 pixels of 2 tiles, first in tile 4 of the image (x 3, y 5 in it)" */
struct verify_tally_text {
    char text[120];
};
struct verify_tally_text verify_tally_say(const struct verify_tally *tally);

#endif
