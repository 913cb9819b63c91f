#include "verify/sources/compare_image.h"

#include "verify/core/findings.h"
#include "verify/core/format.h"
#include "verify/sources/png_pixels.h"

#include <stdlib.h>

/* A sheet, and how far its tiles have been compared. */
struct sheet {
    const struct verify_source_asset *asset;
    struct base_bytes payload;
    uint32_t tile_size;
    uint32_t palettes; /* authored */
    uint32_t next_tile;
};

/* ---- Colours ---- */

/* 16 bits of a channel as 8: there are two usual ways, cutting and rounding, and the contract names neither. For a
 * channel that had 8 bits both give them back. */
static uint32_t cut(uint16_t channel)
{
    return (uint32_t)channel >> 8;
}

static uint32_t rounded(uint16_t channel)
{
    return ((uint32_t)channel * 255 + 32895) >> 16;
}

static uint16_t rgb565(uint32_t red, uint32_t green, uint32_t blue)
{
    return (uint16_t)(red >> 3 << 11 | green >> 2 << 5 | blue >> 3);
}

static bool is_transparent(const struct verify_pixel *pixel)
{
    return cut(pixel->alpha) == 0;
}

static bool is_opaque(const struct verify_pixel *pixel)
{
    return rounded(pixel->alpha) == 255 || cut(pixel->alpha) == 255;
}

/* 2.1: an opaque pixel has its colour, a fully transparent one index 0. No index fits any other pixel. */
static bool pixel_fits(const struct sheet *sheet, const struct verify_pixel *pixel, uint32_t palette, uint8_t index)
{
    if (is_transparent(pixel)) {
        return index == 0;
    }
    uint16_t colour = pp_glyph_colour(sheet->payload, palette, index);
    return is_opaque(pixel) && (colour == rgb565(cut(pixel->red), cut(pixel->green), cut(pixel->blue)) ||
                                colour == rgb565(rounded(pixel->red), rounded(pixel->green), rounded(pixel->blue)));
}

/* ---- Tiles ---- */

struct position {
    uint32_t x, y;
};

/* Where a tile is in the sheet: row-major. */
static struct position place_of_tile(const struct sheet *sheet, uint32_t tile)
{
    uint32_t columns = PP_GLYPH_SIDE / sheet->tile_size;
    return (struct position){.x = tile % columns * sheet->tile_size, .y = tile / columns * sheet->tile_size};
}

/* The first pixel of the tile that a palette cannot express, counted row-major in the tile; tile_size² when it fits. */
static uint32_t first_misfit(const struct sheet *sheet, const struct verify_pixels *image, struct position from,
                             struct position to, uint32_t palette)
{
    uint32_t side = sheet->tile_size;
    for (uint32_t i = 0; i < side * side; i++) {
        uint32_t x = i % side;
        uint32_t y = i / side;
        const struct verify_pixel *pixel = &image->pixels[(size_t)(from.y + y) * image->width + from.x + x];
        if (!pixel_fits(sheet, pixel, palette, pp_glyph_pixel(sheet->payload, to.x + x, to.y + y))) {
            return i;
        }
    }
    return side * side;
}

/* One palette must do for all pixels of a tile. */
static bool compare_tile(const struct sheet *sheet, const struct verify_pixels *image, struct position from,
                         const char *shown)
{
    struct position to = place_of_tile(sheet, sheet->next_tile);
    uint32_t side = sheet->tile_size;
    uint32_t best = 0;
    for (uint32_t palette = 0; palette < sheet->palettes; palette++) {
        uint32_t misfit = first_misfit(sheet, image, from, to, palette);
        if (misfit == side * side) {
            return true;
        }
        best = misfit > best ? misfit : best;
    }
    verify_report_source(sheet->asset, DIAG_SOURCE_MISMATCH, shown, -1,
                         "tile %u does not give back the pixel at x %u, y %u of the image", sheet->next_tile,
                         from.x + best % side, from.y + best / side);
    return false;
}

static bool compare_pixels(struct sheet *sheet, const struct verify_pixels *image, const char *shown)
{
    uint32_t side = sheet->tile_size;
    uint32_t tiles = PP_GLYPH_SIDE / side * (PP_GLYPH_SIDE / side);
    if (image->width % side != 0 || image->height % side != 0) {
        verify_report_source(sheet->asset, DIAG_SOURCE_MISMATCH, shown, -1, "the image has no whole tiles of %u x %u",
                             side, side);
        return false;
    }
    for (uint32_t y = 0; y < image->height; y += side) {
        for (uint32_t x = 0; x < image->width; x += side, sheet->next_tile++) {
            if (sheet->next_tile == tiles) {
                verify_report_source(sheet->asset, DIAG_SOURCE_MISMATCH, shown, -1,
                                     "the image has more tiles than the sheet");
                return false;
            }
            if (!compare_tile(sheet, image, (struct position){.x = x, .y = y}, shown)) {
                return false;
            }
        }
    }
    return true;
}

static bool compare_file(struct sheet *sheet, const char *path)
{
    struct base_file file;
    char *shown;
    struct verify_pixels image;
    const char *text = NULL;
    bool same = false;
    if (!verify_source_open(sheet->asset, path, &file, &shown)) {
        return false;
    }
    int problem = verify_pixels_read(&file, (uint32_t)PP_GLYPH_SIDE * PP_GLYPH_SIDE, &image, &text);
    if (problem != 0) {
        verify_report_read_failure(&sheet->asset->sink->findings, shown, 0, problem);
    } else if (text != NULL) {
        verify_report_source(sheet->asset, DIAG_SOURCE_MISMATCH, shown, -1, "the image cannot be read: %s", text);
    } else {
        same = compare_pixels(sheet, &image, shown);
        free(image.pixels);
    }
    base_file_close(&file);
    free(shown);
    return same;
}

/* After the last tile every pixel is transparent. */
static void compare_rest(const struct sheet *sheet)
{
    uint32_t side = sheet->tile_size;
    uint32_t tiles = PP_GLYPH_SIDE / side * (PP_GLYPH_SIDE / side);
    for (uint32_t tile = sheet->next_tile; tile < tiles; tile++) {
        struct position at = place_of_tile(sheet, tile);
        for (uint32_t i = 0; i < side * side; i++) {
            if (pp_glyph_pixel(sheet->payload, at.x + i % side, at.y + i / side) != 0) {
                verify_report_source(sheet->asset, DIAG_SOURCE_MISMATCH, sheet->asset->subject->path,
                                     (int64_t)verify_payload_position(sheet->asset->facts, sheet->asset->known),
                                     "tile %u has pixels, and the images end with tile %u", tile, sheet->next_tile);
                return;
            }
        }
    }
}

void verify_compare_image(const struct verify_source_asset *asset, const char *const paths[], size_t count)
{
    uint8_t *payload = malloc(PP_GLYPH_STORED);
    if (payload == NULL) {
        base_report_out_of_memory(&asset->sink->findings, asset->root_path);
        return;
    }
    uint64_t position = verify_payload_position(asset->facts, asset->known);
    int problem = verify_file_read(&asset->subject->input, position, payload, PP_GLYPH_STORED);
    struct sheet sheet = {
        .asset = asset,
        .payload = base_bytes_make(payload, PP_GLYPH_STORED),
        .tile_size = asset->known->bank_facts.glyph.tile_size,
        .palettes = asset->known->bank_facts.glyph.palette_authored,
    };
    bool same = problem == 0;
    for (size_t i = 0; i < count && same && !base_task_cancelled(asset->subject->options->task); i++) {
        same = compare_file(&sheet, paths[i]);
    }
    if (problem != 0) {
        verify_report_read_failure(&asset->sink->findings, asset->subject->path, position, problem);
    } else if (same) {
        compare_rest(&sheet);
    }
    free(payload);
}
