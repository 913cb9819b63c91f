#include "verify/sources/sheet.h"

/* A tile of an image, and where it goes. */
struct tile {
    struct verify_sheet *sheet;
    const struct verify_pixels *image;
    struct verify_sheet_place from, to;
};

static const struct verify_pixel *pixel_at(const struct tile *tile, uint32_t x, uint32_t y)
{
    return &tile->image->pixels[(size_t)(tile->from.y + y) * tile->image->width + tile->from.x + x];
}

static uint8_t *index_at(const struct tile *tile, uint32_t x, uint32_t y)
{
    return &tile->sheet->indices[(size_t)(tile->to.y + y) * PP_GLYPH_SIDE + tile->to.x + x];
}

/* ---- Colours ---- */

/* Whether both bytes of a sample are equal: then 8 bits hold it. */
static bool is_exact(uint16_t sample)
{
    return sample >> 8 == (sample & 0xFF);
}

static struct verify_palette_colour colour_of(const struct verify_pixel *pixel)
{
    return (struct verify_palette_colour){
        .red = (uint8_t)(pixel->red >> 8), .green = (uint8_t)(pixel->green >> 8), .blue = (uint8_t)(pixel->blue >> 8)};
}

static const char *check_pixel(const struct verify_pixel *pixel)
{
    if (pixel->alpha == 0) {
        return NULL;
    }
    if (pixel->alpha != UINT16_MAX) {
        return "a pixel is neither opaque nor transparent";
    }
    bool exact = is_exact(pixel->red) && is_exact(pixel->green) && is_exact(pixel->blue);
    return exact ? NULL : "8 bits cannot hold the colour of a pixel exactly";
}

/* ---- A tile ---- */

/* Fills the indices by one palette. False when it lacks a colour; *misses is then the pixel, counted row-major. */
static bool fill(const struct tile *tile, const struct verify_palette *palette, uint32_t *misses)
{
    uint32_t side = tile->sheet->tile_size;
    struct verify_palette_colour last = {.red = 0};
    int index = -1;
    for (uint32_t i = 0; i < side * side; i++) {
        const struct verify_pixel *pixel = pixel_at(tile, i % side, i / side);
        struct verify_palette_colour colour = colour_of(pixel);
        uint8_t *out = index_at(tile, i % side, i / side);
        *out = 0;
        if (pixel->alpha == 0) {
            continue;
        }
        bool same = index >= 0 && colour.red == last.red && colour.green == last.green && colour.blue == last.blue;
        index = same ? index : verify_palette_index(palette, colour);
        last = colour;
        if (index < 0) {
            *misses = i;
            return false;
        }
        *out = (uint8_t)index;
    }
    return true;
}

/* Reports the pixel that the best palette lacks first. */
static const char *match(const struct tile *tile, struct base_place *at)
{
    const struct verify_palettes *palettes = &tile->sheet->palettes;
    uint32_t side = tile->sheet->tile_size;
    uint32_t best = 0;
    for (uint32_t i = 0; i < palettes->authored; i++) {
        uint32_t misses = 0;
        if (palettes->items[i].count > 0 && fill(tile, &palettes->items[i], &misses)) {
            return NULL;
        }
        best = misses > best ? misses : best;
    }
    *at = (struct base_place){BASE_AT_PIXEL(tile->from.x + best % side, tile->from.y + best / side)};
    return "no palette has all the colours of the tile of a pixel";
}

/* The indices of the image, with 0 for what is transparent. */
static const char *keep(const struct tile *tile, struct base_place *at)
{
    uint32_t side = tile->sheet->tile_size;
    for (uint32_t i = 0; i < side * side; i++) {
        uint32_t x = i % side;
        uint32_t y = i / side;
        uint8_t index = tile->image->indices[(size_t)(tile->from.y + y) * tile->image->width + tile->from.x + x];
        *index_at(tile, x, y) = pixel_at(tile, x, y)->alpha == UINT16_MAX ? index : 0;
        if (index >= VERIFY_PALETTE_ENTRIES) {
            *at = (struct base_place){BASE_AT_PIXEL(tile->from.x + x, tile->from.y + y)};
            return "the index of a pixel is not below 16";
        }
    }
    return NULL;
}

static const char *check_pixels(const struct tile *tile, struct base_place *at)
{
    uint32_t side = tile->sheet->tile_size;
    for (uint32_t i = 0; i < side * side; i++) {
        const char *text = check_pixel(pixel_at(tile, i % side, i / side));
        if (text != NULL) {
            *at = (struct base_place){BASE_AT_PIXEL(tile->from.x + i % side, tile->from.y + i / side)};
            return text;
        }
    }
    return NULL;
}

/* ---- An image ---- */

static const char *check_size(const struct verify_sheet *sheet, const struct verify_pixels *image)
{
    uint32_t side = sheet->tile_size;
    uint32_t across = verify_sheet_tiles_across(sheet);
    if (image->width % side != 0 || image->height % side != 0) {
        return "the image does not have whole tiles";
    }
    uint64_t tiles = (uint64_t)(image->width / side) * (image->height / side);
    return tiles <= across * across - sheet->tiles ? NULL : "the image has more tiles than are left in the sheet";
}

bool verify_sheet_add(struct verify_sheet *sheet, const struct verify_pixels *image, bool kept, const char **text,
                      struct base_place *at)
{
    uint32_t side = sheet->tile_size;
    *at = BASE_NOWHERE;
    *text = check_size(sheet, image);
    for (uint32_t y = 0; *text == NULL && y < image->height; y += side) {
        for (uint32_t x = 0; *text == NULL && x < image->width; x += side) {
            const struct tile tile = {.sheet = sheet,
                                      .image = image,
                                      .from = {.x = x, .y = y},
                                      .to = verify_sheet_place_of(sheet, sheet->tiles++)};
            *text = check_pixels(&tile, at);
            if (*text == NULL) {
                *text = kept ? keep(&tile, at) : match(&tile, at);
            }
        }
    }
    return *text == NULL;
}
