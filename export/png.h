/* PNG files. Equal pictures give equal bytes: filter and level are fixed, and no chunk has a time, a text or a name.
 *
 * Threads: no shared state. */
#ifndef PRPACK_EXPORT_PNG_H
#define PRPACK_EXPORT_PNG_H

#include "base/text.h"

/* Pixels row by row from the upper left one: red, green and blue, one byte each. */
struct export_raster {
    uint32_t width; /* 1 … 2^31 - 1, like height */
    uint32_t height;
    const uint8_t *rgb; /* borrowed; width x height x 3 bytes */
};

/* Appends the PNG of a raster. False when memory ran out; what was appended is then of no use. */
bool export_png_print(const struct export_raster *raster, struct base_text *png);

/* Pixels as indices of colours, row by row from the upper left one. */
struct export_indexed {
    uint32_t width; /* 1 … 2^31 - 1, like height; even with 4 bits per pixel */
    uint32_t height;
    unsigned bits;           /* per pixel: 4 or 8; of 4, the upper ones are the left pixel */
    const uint8_t *indices;  /* borrowed; width x height x bits / 8 bytes */
    const uint32_t *colours; /* borrowed; 0xRRGGBB */
    size_t colour_count;     /* 1 … 256; every index is below it */
    size_t bank;             /* each bank-th colour is transparent, from the first one on; above 0 */
};

/* Appends the PNG of indices, with all its colours. False when memory ran out, as above. */
bool export_png_print_indexed(const struct export_indexed *indexed, struct base_text *png);

#endif
