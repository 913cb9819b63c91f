#include "writer/image/tile_palette.h"

#include <stdio.h>

/* The number of a colour in the tile; a new one is appended. Neighbours are alike, so the search begins at `near`. */
static uint16_t number_of(struct writer_tile *tile, uint32_t colour, uint16_t near, uint16_t pixel)
{
    if (near < tile->colour_count && tile->colours[near] == colour) {
        return near;
    }
    for (uint32_t i = 0; i < tile->colour_count; i++) {
        if (tile->colours[i] == colour) {
            return (uint16_t)i;
        }
    }
    uint32_t number = tile->colour_count++;
    tile->colours[number] = colour;
    tile->first[number] = pixel;
    tile->uses[number] = 0;
    return (uint16_t)number;
}

bool writer_report_translucent(uint32_t x, uint32_t y, uint32_t alpha, const struct writer_reporter *report)
{
    char shown[16];
    (void)snprintf(shown, sizeof shown, "alpha %u", (unsigned)alpha);
    return writer_report(
        report, DIAG_PIXEL_TRANSLUCENT,
        &(struct base_details){.place = {BASE_AT_PIXEL(x, y)}, .expected = "alpha 0 or 255", .actual = shown},
        "the pixel is neither opaque nor transparent");
}

bool writer_tile_collect(struct writer_tile *tile, const struct writer_image *image, uint32_t size, uint32_t x,
                         uint32_t y, const struct writer_reporter *report)
{
    tile->size = size;
    tile->x = x;
    tile->y = y;
    tile->colour_count = 0;
    bool fine = true;
    uint16_t near = 0;
    uint16_t pixel = 0;
    for (uint32_t row = y; row < y + size; row++) {
        for (uint32_t column = x; column < x + size; column++, pixel++) {
            uint32_t colour = writer_image_colour(image, (size_t)row * image->width + column);
            uint32_t alpha = colour >> 24;
            if (alpha == 255) {
                near = number_of(tile, colour & 0xFFFFFF, near, pixel);
                tile->pixels[pixel] = near;
                tile->uses[near]++;
                continue;
            }
            tile->pixels[pixel] = WRITER_NO_COLOUR;
            fine = fine && (alpha == 0 || writer_report_translucent(column, row, alpha, report));
        }
    }
    return fine;
}

/* How many pixels of the tile the palette has the colour of. */
static uint32_t pixels_expressed(const struct writer_tile *tile, const struct writer_palette *palette)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < tile->colour_count; i++) {
        if (writer_palette_find(palette, tile->colours[i]) >= 0) {
            count += tile->uses[i];
        }
    }
    return count;
}

static bool has_all(const struct writer_tile *tile, const struct writer_palette *palette)
{
    for (uint32_t i = 0; i < tile->colour_count; i++) {
        if (writer_palette_find(palette, tile->colours[i]) < 0) {
            return false;
        }
    }
    return palette->count > 0;
}

static bool any_has(const struct writer_palette_set *palettes, uint32_t colour)
{
    for (uint32_t i = 0; i < palettes->authored; i++) {
        if (writer_palette_find(&palettes->items[i], colour) >= 0) {
            return true;
        }
    }
    return false;
}

static bool report_colour(const struct writer_tile *tile, uint32_t number, int palette,
                          const struct writer_reporter *report)
{
    unsigned x = tile->x + tile->first[number] % tile->size;
    unsigned y = tile->y + tile->first[number] / tile->size;
    char colour[16];
    (void)snprintf(colour, sizeof colour, "#%06x", (unsigned)tile->colours[number]);
    const struct base_details details = {.place = {BASE_AT_PIXEL(x, y)}, .actual = colour};
    if (palette < 0) {
        return writer_report(report, DIAG_PIXEL_INEXPRESSIBLE, &details,
                             "the pixel has a colour that no palette of the asset has");
    }
    return writer_report(report, DIAG_PIXEL_INEXPRESSIBLE, &details,
                         "the pixel has a colour that palette %d lacks: it fits the tile at x %u, y %u best, and one "
                         "palette must have all colours of a tile",
                         palette, (unsigned)tile->x, (unsigned)tile->y);
}

/* Reports the pixel that rules out most palettes: one whose colour is nowhere, or the first that the best palette
 * lacks. */
static bool report_mismatch(const struct writer_tile *tile, const struct writer_palette_set *palettes,
                            const struct writer_reporter *report)
{
    for (uint32_t i = 0; i < tile->colour_count; i++) {
        if (!any_has(palettes, tile->colours[i])) {
            return report_colour(tile, i, -1, report);
        }
    }
    uint32_t best = 0;
    uint32_t most = 0;
    for (uint32_t i = 0; i < palettes->authored; i++) {
        uint32_t expressed = pixels_expressed(tile, &palettes->items[i]);
        if (expressed > most) {
            best = i;
            most = expressed;
        }
    }
    uint32_t number = 0;
    while (number + 1 < tile->colour_count && writer_palette_find(&palettes->items[best], tile->colours[number]) >= 0) {
        number++;
    }
    return report_colour(tile, number, (int)best, report);
}

static void store(const struct writer_tile *tile, const struct writer_palette *palette, uint8_t *out, size_t stride)
{
    uint8_t index[WRITER_TILE_PIXELS_MAX];
    for (uint32_t i = 0; i < tile->colour_count; i++) {
        index[i] = (uint8_t)writer_palette_find(palette, tile->colours[i]);
    }
    const uint16_t *number = tile->pixels;
    for (uint32_t row = 0; row < tile->size; row++) {
        for (uint32_t column = 0; column < tile->size; column++, number++) {
            out[row * stride + column] = *number == WRITER_NO_COLOUR ? WRITER_TRANSPARENT_INDEX : index[*number];
        }
    }
}

bool writer_tile_match(const struct writer_tile *tile, const struct writer_palette_set *palettes, uint8_t *out,
                       size_t stride, const struct writer_reporter *report)
{
    for (uint32_t i = 0; i < palettes->authored; i++) {
        if (has_all(tile, &palettes->items[i])) {
            store(tile, &palettes->items[i], out, stride);
            return true;
        }
    }
    return report_mismatch(tile, palettes, report);
}
