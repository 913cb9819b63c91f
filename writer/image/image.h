/* A decoded picture. Threads: no shared state. */
#ifndef PRPACK_WRITER_IMAGE_IMAGE_H
#define PRPACK_WRITER_IMAGE_IMAGE_H

#include "base/findings.h"

enum { WRITER_PNG_PALETTE_MAX = 256 };

/* Decoded pixels, row-major: one byte (an index below palette_count) or four bytes (R, G, B, A) a pixel. */
struct writer_image {
    uint32_t width;
    uint32_t height;
    bool indexed;
    bool keyed;          /* has a tRNS chunk */
    bool alpha_channel;  /* each pixel has an alpha of its own */
    uint32_t frames;     /* of an animation, of which this is one picture; 0: it is not one */
    uint32_t deep_alpha; /* of 16 bits: alpha of the first pixel, row by row, that is neither opaque nor transparent */
    uint8_t *pixels;
    uint32_t palette_count;
    uint32_t palette[WRITER_PNG_PALETTE_MAX];
};

void writer_image_free(struct writer_image *image);

/* The place of a pixel, which are counted row by row, in a report about the image. */
struct base_place writer_place_of_pixel(const struct writer_image *image, size_t number);

/* The colour of pixel number `pixel` (row-major), 0xAARRGGBB. */
static inline uint32_t writer_image_colour(const struct writer_image *image, size_t pixel)
{
    if (image->indexed) {
        return image->palette[image->pixels[pixel]];
    }
    const uint8_t *at = image->pixels + pixel * 4;
    return (uint32_t)at[3] << 24 | (uint32_t)at[0] << 16 | (uint32_t)at[1] << 8 | at[2];
}

#endif
