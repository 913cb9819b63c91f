/* A picture of what is wrong with a picture: enlarged, cut into its tiles, with some of its pixels marked. It is a help
 * for the eye, and no program may rely on how it looks.
 *
 * Threads: no shared state. */
#ifndef PRPACK_EXPORT_MARKED_H
#define PRPACK_EXPORT_MARKED_H

#include "base/text.h"

/* All of it is borrowed. Pixels are counted row by row from the upper left one. */
struct export_marked {
    uint32_t width; /* in pixels, at least 1, like height */
    uint32_t height;
    uint32_t tile_size;
    const uint32_t *colours; /* of each pixel: 0xAARRGGBB */
    const uint64_t *marks;   /* one bit per pixel: 64 to an element, the lowest bit first */
};

/* How often the picture is enlarged: each pixel becomes a square with so many pixels on a side, at least 4. */
uint32_t export_marked_factor(const struct export_marked *marked);

/* Appends the PNG. False when memory ran out; what was appended is then of no use. */
bool export_marked_print(const struct export_marked *marked, struct base_text *png);

#endif
