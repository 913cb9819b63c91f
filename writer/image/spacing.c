#include "writer/image/spacing.h"

enum { MARGIN_MAX = 4, ALPHA_AT = 24 };

/* How many tiles lie along a side of the picture; 0: they do not fill it. After the last one there is the margin or the
 * gap, or nothing. */
static uint32_t count_along(uint32_t side, const struct writer_spacing *spacing)
{
    if (side < spacing->margin + spacing->tile) {
        return 0;
    }
    uint32_t inside = side - spacing->margin;
    uint32_t count = (inside + spacing->gap) / (spacing->tile + spacing->gap);
    uint32_t rest = inside - (count * (spacing->tile + spacing->gap) - spacing->gap);
    bool ends = rest == spacing->margin || (spacing->gap > 0 && (rest == 0 || rest == spacing->gap));
    return ends ? count : 0;
}

/* Whether a coordinate is in a tile, of `count` along that side. */
static bool is_inside(uint32_t at, uint32_t count, const struct writer_spacing *spacing)
{
    uint32_t cell = spacing->tile + spacing->gap;
    return at >= spacing->margin && (at - spacing->margin) / cell < count &&
           (at - spacing->margin) % cell < spacing->tile;
}

/* Transparent pixels are alike, whatever colour they hide. */
static uint32_t look_of(const struct writer_image *image, uint32_t x, uint32_t y)
{
    uint32_t argb = writer_image_colour(image, (size_t)y * image->width + x);
    return argb >> ALPHA_AT == 0 ? 0 : argb;
}

/* Whether all pixels outside of the tiles look alike, and one in them does not. */
static bool is_spaced(const struct writer_image *image, const struct writer_spacing *spacing)
{
    bool known = false;
    bool drawn = false;
    uint32_t between = 0;
    for (uint32_t y = 0; y < image->height; y++) {
        for (uint32_t x = 0; x < image->width; x++) {
            if (is_inside(x, spacing->columns, spacing) && is_inside(y, spacing->rows, spacing)) {
                continue;
            }
            uint32_t look = look_of(image, x, y);
            if (known && look != between) {
                return false;
            }
            between = look;
            known = true;
        }
    }
    size_t count = (size_t)image->width * image->height;
    for (size_t i = 0; !drawn && i < count; i++) {
        drawn = look_of(image, (uint32_t)(i % image->width), (uint32_t)(i / image->width)) != between;
    }
    return drawn;
}

/* Whether the picture has tiles and gaps of a kind, with some margin. */
static bool find_margin(const struct writer_image *image, uint32_t tile, uint32_t gap, struct writer_spacing *spacing)
{
    for (uint32_t margin = gap == 0 ? 1 : 0; margin <= MARGIN_MAX; margin++) {
        *spacing = (struct writer_spacing){.tile = tile, .gap = gap, .margin = margin};
        spacing->columns = count_along(image->width, spacing);
        spacing->rows = count_along(image->height, spacing);
        if ((uint64_t)spacing->columns * spacing->rows >= 2 && is_spaced(image, spacing)) {
            return true;
        }
    }
    return false;
}

bool writer_spacing_find(const struct writer_image *image, struct writer_spacing *spacing)
{
    static const uint32_t tiles[] = {16, 8, 32};
    static const uint32_t gaps[] = {1, 2, 3, 4, 0};
    bool found = false;
    for (size_t i = 0; !found && i < sizeof gaps / sizeof gaps[0]; i++) {
        for (size_t k = 0; !found && k < sizeof tiles / sizeof tiles[0]; k++) {
            found = find_margin(image, tiles[k], gaps[i], spacing);
        }
    }
    return found;
}
