/* A PNG as pixels, read for comparison only. */
#ifndef PRPACK_VERIFY_SOURCES_PNG_PIXELS_H
#define PRPACK_VERIFY_SOURCES_PNG_PIXELS_H

#include "base/file.h"

/* Channels of 16 bits, whatever the file has; not premultiplied. 8 bits become 16 by repeating them. */
struct verify_pixel {
    uint16_t red, green, blue, alpha;
};

struct verify_pixels {
    uint32_t width, height;
    struct verify_pixel *pixels; /* row-major; the caller frees them */
};

/* Reads an image of at most max_pixels. Returns 0, or an errno value or base_file_problem when the file could not be
 * read or memory ran out. With 0, *text is NULL when the image was read, else it says what is wrong with it; then there
 * are no pixels. */
int verify_pixels_read(const struct base_file *file, uint32_t max_pixels, struct verify_pixels *image,
                       const char **text);

#endif
