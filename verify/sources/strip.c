#include "verify/sources/strip.h"

/* A pixel as a strip sees it. */
struct shade {
    struct verify_palette_colour colour;
    bool opaque, clear; /* the highest alpha, and alpha 0 */
    bool exact;         /* 8 bits hold each channel */
};

static bool is_exact(uint16_t sample)
{
    return sample >> 8 == (sample & 0xFF);
}

static struct shade shade_at(const struct verify_pixels *image, uint32_t x, uint32_t y)
{
    size_t at = (size_t)y * image->width + x;
    if (image->indices != NULL) {
        uint8_t index = image->indices[at];
        return (struct shade){.colour = image->colours[index],
                              .opaque = image->alpha[index] == UINT8_MAX,
                              .clear = image->alpha[index] == 0,
                              .exact = true};
    }
    const struct verify_pixel *pixel = &image->pixels[at];
    return (struct shade){.colour = {.red = (uint8_t)(pixel->red >> 8),
                                     .green = (uint8_t)(pixel->green >> 8),
                                     .blue = (uint8_t)(pixel->blue >> 8)},
                          .opaque = pixel->alpha == UINT16_MAX,
                          .clear = pixel->alpha == 0,
                          .exact = is_exact(pixel->red) && is_exact(pixel->green) && is_exact(pixel->blue)};
}

static bool is_same(const struct verify_palette_colour *a, const struct verify_palette_colour *b)
{
    return a->red == b->red && a->green == b->green && a->blue == b->blue;
}

/* The squares of a row: their side, and how many there are; 0: the image is not such a row. */
static uint32_t count_squares(const struct verify_pixels *image, uint32_t *side)
{
    *side = image->height;
    bool is_row = (*side == 1 || *side == 8 || *side == 32) && image->width % *side == 0;
    return is_row && image->width / *side <= VERIFY_PALETTE_ENTRIES ? image->width / *side : 0;
}

static bool is_clear(const struct verify_pixels *image, uint32_t side, uint32_t square)
{
    for (uint32_t i = 0; i < side * side; i++) {
        if (!shade_at(image, square * side + i % side, i / side).clear) {
            return false;
        }
    }
    return true;
}

/* A square of one colour. Pixels of the first one need not be opaque. */
static bool read_square(const struct verify_pixels *image, uint32_t side, uint32_t square,
                        struct verify_palette_colour *colour)
{
    *colour = shade_at(image, square * side, 0).colour;
    for (uint32_t i = 0; i < side * side; i++) {
        struct shade shade = shade_at(image, square * side + i % side, i / side);
        if (!is_same(&shade.colour, colour) || (shade.opaque ? !shade.exact : square > 0)) {
            return false;
        }
    }
    return true;
}

bool verify_strip_read(const struct verify_pixels *image, struct verify_palette *palette)
{
    struct verify_palette read = {.count = 0};
    uint32_t side;
    uint32_t squares = count_squares(image, &side);
    bool differ = false;
    while (squares > 0 && is_clear(image, side, squares - 1)) {
        squares--;
    }
    for (; read.count < squares; read.count++) {
        struct verify_palette_colour *colour = &read.colours[read.count];
        if (!read_square(image, side, (uint32_t)read.count, colour)) {
            return false;
        }
        differ = differ || !is_same(colour, &read.colours[0]);
    }
    if (differ) { /* so there are two squares or more */
        *palette = read;
    }
    return differ;
}
