#include "writer/image/strip.h"

enum { LEAST = 2, ALPHA_AT = 24, RGB = 0xFFFFFF };

uint32_t writer_strip_side(uint32_t width, uint32_t height)
{
    bool is_side = height == 1 || height == 8 || height == 32;
    bool fits = is_side && width % height == 0 && width / height >= LEAST && width / height <= WRITER_PALETTE_COLOURS;
    return fits ? height : 0;
}

/* Pixel number i of a square, row by row, as a pixel of the picture. */
static size_t pixel_of(const struct writer_image *image, uint32_t square, uint32_t i)
{
    uint32_t side = image->height;
    return (size_t)(i / side) * image->width + (size_t)square * side + i % side;
}

/* Whether nothing of a square shows. */
static bool is_blank(const struct writer_image *image, uint32_t square)
{
    uint32_t count = image->height * image->height;
    uint32_t i = 0;
    while (i < count && writer_image_colour(image, pixel_of(image, square, i)) >> ALPHA_AT == 0) {
        i++;
    }
    return i == count;
}

/* Takes the colour of the next square. */
static void take_square(const struct writer_image *image, struct writer_strip *strip)
{
    uint32_t square = strip->palette.count;
    uint32_t count = image->height * image->height;
    uint32_t colour = writer_image_colour(image, pixel_of(image, square, 0)) & RGB;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t argb = writer_image_colour(image, pixel_of(image, square, i));
        bool is_mixed = (argb & RGB) != colour;
        if (is_mixed || (square > 0 && argb >> ALPHA_AT != 0xFF)) {
            strip->fault = is_mixed ? WRITER_STRIP_MIXED : WRITER_STRIP_SEE_THROUGH;
            strip->pixel = pixel_of(image, square, i);
            return;
        }
    }
    strip->palette.colours[strip->palette.count++] = colour;
}

static bool has_two_colours(const struct writer_palette *palette)
{
    uint32_t i = 0;
    while (i < palette->count && palette->colours[i] == palette->colours[0]) {
        i++;
    }
    return i < palette->count;
}

struct writer_strip writer_strip_of(const struct writer_image *image)
{
    struct writer_strip strip = {.fault = WRITER_STRIP_SIZE};
    uint32_t side = writer_strip_side(image->width, image->height);
    if (side == 0) {
        return strip;
    }
    uint32_t count = image->width / side;
    while (count > 0 && is_blank(image, count - 1)) {
        count--;
    }
    strip.fault = WRITER_STRIP_FINE;
    while (strip.fault == WRITER_STRIP_FINE && strip.palette.count < count) {
        take_square(image, &strip);
    }
    if (strip.fault == WRITER_STRIP_FINE && !has_two_colours(&strip.palette)) {
        strip.fault = WRITER_STRIP_FEW;
    }
    if (strip.fault != WRITER_STRIP_FINE) {
        strip.palette.count = 0;
    }
    return strip;
}
