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

#endif
