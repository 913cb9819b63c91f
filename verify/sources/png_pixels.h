/* A PNG as pixels, read for comparison only. */
#ifndef PRPACK_VERIFY_SOURCES_PNG_PIXELS_H
#define PRPACK_VERIFY_SOURCES_PNG_PIXELS_H

#include "base/file.h"
#include "verify/sources/palette_read.h"

/* A pixel of an image that is not indexed. Channels of 16 bits, whatever the file has; not premultiplied. 8 bits become
 * 16 by repeating them. */
struct verify_pixel {
    uint16_t red, green, blue, alpha;
};

enum { VERIFY_PNG_COLOURS = 256 };

struct verify_pixels {
    uint32_t width, height;
    bool has_trns;      /* it has a tRNS chunk */
    bool is_deep;       /* its samples have 16 bits */
    bool lacks_colours; /* a pixel has an index from colour_count on */
    /* Of an indexed image: the index of each pixel, row-major, and colour and alpha of each index. Else NULL and 0. */
    uint8_t *indices; /* owned */
    size_t colour_count;
    struct verify_palette_colour colours[VERIFY_PNG_COLOURS];
    uint8_t alpha[VERIFY_PNG_COLOURS];
    struct verify_pixel *pixels; /* of another image: row-major; owned. Else NULL */
};

/* What is wrong with an image. */
struct verify_pixels_fault {
    const char *text; /* static; NULL: nothing */
    bool is_too_large;
};

/* Reads an image of at most max_pixels. Returns 0, or an errno value or base_file_problem when the file could not be
 * read or memory ran out; then fault->text is NULL. With 0, fault->text is NULL when the image was read; else there are
 * no pixels. */
int verify_pixels_read(const struct base_file *file, uint32_t max_pixels, struct verify_pixels *image,
                       struct verify_pixels_fault *fault);

/* Accepts what a failed reading leaves. */
void verify_pixels_free(struct verify_pixels *image);

#endif
