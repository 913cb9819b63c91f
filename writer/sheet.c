#include "writer/sheet.h"

#include "writer/tile.h"

#include <string.h>

bool pp_writer_sheet_init(struct pp_sheet *sheet, uint32_t tile_size)
{
    if (tile_size != 8 && tile_size != 16 && tile_size != 32) {
        return false;
    }
    sheet->tile_size = tile_size;
    sheet->across = PP_LAYOUT_SHEET_WIDTH / tile_size;
    sheet->tiles = 0;
    memset(sheet->indices, PP_LAYOUT_TRANSPARENT_INDEX, sizeof sheet->indices);
    return true;
}

uint32_t pp_writer_sheet_capacity(const struct pp_sheet *sheet)
{
    return sheet->across * sheet->across;
}

bool pp_writer_sheet_judge_size(uint32_t tile_size, uint32_t width, uint32_t height, const struct pp_report *report)
{
    if (width % tile_size != 0 || height % tile_size != 0) {
        return pp_writer_report(report, PP_IMAGE_SIZE, -1, NULL, NULL,
                                "the image is %u x %u: not whole tiles of %u x %u", (unsigned)width, (unsigned)height,
                                (unsigned)tile_size, (unsigned)tile_size);
    }
    if ((uint64_t)width * height > PP_LAYOUT_SHEET_PIXELS) {
        return pp_writer_report(
            report, PP_IMAGE_SIZE, -1, "at most 65536 pixels", pp_writer_decimal((uint64_t)width * height).text,
            "the image is %u x %u: more than a sheet of 256 x 256 holds", (unsigned)width, (unsigned)height);
    }
    return true;
}

/* How the palette of an image whose indices are kept turns them into those of the sheet. */
struct keeping {
    uint8_t index[PP_PNG_PALETTE_MAX];
    bool as_they_are;     /* every index stays what it is */
    bool has_translucent; /* some colour is neither opaque nor transparent */
};

static struct keeping keeping_of(const struct pp_image *image)
{
    struct keeping keeping = {.as_they_are = true};
    for (uint32_t i = 0; i < image->palette_count; i++) {
        uint32_t alpha = image->palette[i] >> 24;
        keeping.index[i] = alpha == 255 ? (uint8_t)i : PP_LAYOUT_TRANSPARENT_INDEX;
        keeping.as_they_are = keeping.as_they_are && keeping.index[i] == i;
        keeping.has_translucent = keeping.has_translucent || (alpha != 255 && alpha != 0);
    }
    return keeping;
}

/* Whether an image whose indices are kept uses those of one palette only. */
static bool judge_indices(const struct pp_image *image, const struct pp_report *report)
{
    size_t count = (size_t)image->width * image->height;
    for (size_t i = 0; i < count && image->palette_count > PP_LAYOUT_PALETTE_COLOURS; i++) {
        if (image->pixels[i] >= PP_LAYOUT_PALETTE_COLOURS) {
            return pp_writer_report(report, PP_PALETTE_INVALID, -1, "indices from 0 to 15",
                                    pp_writer_decimal(image->pixels[i]).text,
                                    "pixel x %zu, y %zu has index %u; a palette has 16 colours", i % image->width,
                                    i / image->width, (unsigned)image->pixels[i]);
        }
    }
    return true;
}

/* Reports the first half-transparent pixel of a tile. */
static void judge_opacity(const struct pp_image *image, uint32_t size, uint32_t x, uint32_t y,
                          const struct pp_report *report)
{
    for (uint32_t i = 0; i < size * size; i++) {
        uint32_t column = x + i % size;
        uint32_t row = y + i / size;
        uint32_t alpha = image->palette[image->pixels[(size_t)row * image->width + column]] >> 24;
        if (alpha != 255 && alpha != 0) {
            (void)pp_writer_report_translucent(column, row, alpha, report);
            return;
        }
    }
}

/* Stores the tile's own indices; a transparent pixel gets the transparent index. */
static void keep(const struct pp_image *image, const struct keeping *keeping, uint32_t size, uint32_t x, uint32_t y,
                 uint8_t *out, size_t stride)
{
    for (uint32_t row = 0; row < size; row++, out += stride) {
        const uint8_t *from = image->pixels + (size_t)(y + row) * image->width + x;
        if (keeping->as_they_are) {
            memcpy(out, from, size);
            continue;
        }
        for (uint32_t column = 0; column < size; column++) {
            out[column] = keeping->index[from[column]];
        }
    }
}

/* Where the next tile begins; one beyond the end lands in `spare`, which is one tile wide. */
static uint8_t *next_tile(struct pp_sheet *sheet, uint8_t *spare, size_t *stride)
{
    uint64_t number = sheet->tiles++;
    if (number >= pp_writer_sheet_capacity(sheet)) {
        *stride = sheet->tile_size;
        return spare;
    }
    size_t x = (size_t)(number % sheet->across) * sheet->tile_size;
    size_t y = (size_t)(number / sheet->across) * sheet->tile_size;
    *stride = PP_LAYOUT_SHEET_WIDTH;
    return sheet->indices + y * PP_LAYOUT_SHEET_WIDTH + x;
}

static void keep_tile(const struct pp_image *image, const struct keeping *keeping, uint32_t size, uint32_t x,
                      uint32_t y, uint8_t *out, size_t stride, const struct pp_report *report)
{
    keep(image, keeping, size, x, y, out, stride);
    if (keeping->has_translucent) {
        judge_opacity(image, size, x, y, report);
    }
}

/* Whether the image is the sheet itself, pixel by pixel: then it need not be cut. */
static bool is_whole_sheet(const struct pp_sheet *sheet, const struct pp_image *image, const struct keeping *keeping)
{
    return keeping->as_they_are && !keeping->has_translucent && sheet->tiles == 0 &&
           image->width == PP_LAYOUT_SHEET_WIDTH && image->height <= PP_LAYOUT_SHEET_WIDTH;
}

void pp_writer_sheet_add(struct pp_sheet *sheet, const struct pp_image *image, enum pp_colouring colouring,
                         const struct pp_palette_set *palettes, const struct pp_report *report)
{
    uint8_t spare[PP_TILE_PIXELS_MAX];
    struct pp_tile tile;
    uint32_t size = sheet->tile_size;
    struct keeping keeping = {.as_they_are = false};
    if (colouring == PP_COLOURS_KEPT && !judge_indices(image, report)) {
        colouring = PP_COLOURS_UNJUDGED;
    }
    if (colouring == PP_COLOURS_KEPT) {
        keeping = keeping_of(image);
    }
    if (is_whole_sheet(sheet, image, &keeping)) {
        memcpy(sheet->indices, image->pixels, (size_t)image->width * image->height);
        sheet->tiles = (uint64_t)sheet->across * (image->height / size);
        return;
    }
    for (uint32_t y = 0; y < image->height; y += size) {
        for (uint32_t x = 0; x < image->width; x += size) {
            size_t stride;
            uint8_t *out = next_tile(sheet, spare, &stride);
            if (colouring == PP_COLOURS_KEPT) {
                keep_tile(image, &keeping, size, x, y, out, stride, report);
                continue;
            }
            (void)pp_writer_tile_collect(&tile, image, size, x, y, report);
            if (colouring == PP_COLOURS_MATCHED) {
                (void)pp_writer_tile_match(&tile, palettes, out, stride, report);
            }
        }
    }
}

void pp_writer_sheet_store(const struct pp_sheet *sheet, const struct pp_palette_set *palettes,
                           uint8_t out[PP_LAYOUT_GLYPH_SIZE])
{
    for (size_t i = 0; i < PP_LAYOUT_GLYPH_PLANE_BYTES; i++) {
        unsigned left = (unsigned)sheet->indices[2 * i] << PP_LAYOUT_LEFT_PIXEL_SHIFT;
        unsigned right = (unsigned)sheet->indices[2 * i + 1] << PP_LAYOUT_RIGHT_PIXEL_SHIFT;
        out[i] = (uint8_t)(left | right);
    }
    pp_writer_palette_set_store(palettes, out + PP_LAYOUT_GLYPH_PLANE_BYTES);
}

void pp_writer_sheet_unpack(const uint8_t stored[PP_LAYOUT_GLYPH_SIZE], uint8_t out[PP_LAYOUT_GLYPH_DECODED_SIZE])
{
    for (size_t i = 0; i < PP_LAYOUT_GLYPH_PLANE_BYTES; i++) {
        out[2 * i] = (stored[i] >> PP_LAYOUT_LEFT_PIXEL_SHIFT) & 15;
        out[2 * i + 1] = (stored[i] >> PP_LAYOUT_RIGHT_PIXEL_SHIFT) & 15;
    }
    memcpy(out + PP_LAYOUT_SHEET_PIXELS, stored + PP_LAYOUT_GLYPH_PLANE_BYTES, PP_LAYOUT_PALETTE_TABLE_BYTES);
}
