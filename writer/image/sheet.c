#include "writer/image/sheet.h"

#include "writer/image/tile_palette.h"

#include <string.h>

bool writer_sheet_init(struct writer_sheet *sheet, uint32_t tile_size)
{
    if (!writer_is_tile_size(tile_size)) {
        return false;
    }
    sheet->tile_size = tile_size;
    sheet->across = WRITER_SHEET_WIDTH / tile_size;
    sheet->tiles = 0;
    memset(sheet->indices, WRITER_TRANSPARENT_INDEX, sizeof sheet->indices);
    return true;
}

uint32_t writer_sheet_capacity(const struct writer_sheet *sheet)
{
    return sheet->across * sheet->across;
}

bool writer_sheet_check_size(uint32_t tile_size, uint32_t width, uint32_t height, const struct writer_reporter *report)
{
    if (width % tile_size != 0 || height % tile_size != 0) {
        return writer_report(report, DIAG_IMAGE_SIZE, NULL, "the image is %u x %u: not whole tiles of %u x %u",
                             (unsigned)width, (unsigned)height, (unsigned)tile_size, (unsigned)tile_size);
    }
    if ((uint64_t)width * height > WRITER_SHEET_PIXELS) {
        return writer_report(report, DIAG_IMAGE_SIZE,
                             &(struct base_details){.expected = "at most 65536 pixels",
                                                    .actual = writer_decimal((uint64_t)width * height).text},
                             "the image is %u x %u: more than a sheet of 256 x 256 holds", (unsigned)width,
                             (unsigned)height);
    }
    return true;
}

/* How the palette of an image whose indices are kept turns them into those of the sheet. */
struct keeping {
    uint8_t index[WRITER_PNG_PALETTE_MAX];
    bool as_they_are;     /* every index stays what it is */
    bool has_translucent; /* some colour is neither opaque nor transparent */
};

static struct keeping keeping_of(const struct writer_image *image)
{
    struct keeping keeping = {.as_they_are = true};
    for (uint32_t i = 0; i < image->palette_count; i++) {
        uint32_t alpha = image->palette[i] >> 24;
        keeping.index[i] = alpha == 255 ? (uint8_t)i : WRITER_TRANSPARENT_INDEX;
        keeping.as_they_are = keeping.as_they_are && keeping.index[i] == i;
        keeping.has_translucent = keeping.has_translucent || (alpha != 255 && alpha != 0);
    }
    return keeping;
}

/* Whether an image whose indices are kept uses those of one palette only. */
static bool check_indices(const struct writer_image *image, const struct writer_reporter *report)
{
    size_t count = (size_t)image->width * image->height;
    for (size_t i = 0; i < count && image->palette_count > WRITER_PALETTE_COLOURS; i++) {
        if (image->pixels[i] >= WRITER_PALETTE_COLOURS) {
            return writer_report(report, DIAG_PALETTE_INVALID,
                                 &(struct base_details){.place = writer_place_of_pixel(image, i),
                                                        .expected = "indices from 0 to 15",
                                                        .actual = writer_decimal(image->pixels[i]).text},
                                 "the pixel has index %u; a palette has 16 colours", (unsigned)image->pixels[i]);
        }
    }
    return true;
}

/* Reports the first half-transparent pixel of a tile. */
static void check_opacity(const struct writer_image *image, uint32_t size, uint32_t x, uint32_t y,
                          const struct writer_reporter *report)
{
    for (uint32_t i = 0; i < size * size; i++) {
        uint32_t column = x + i % size;
        uint32_t row = y + i / size;
        uint32_t alpha = image->palette[image->pixels[(size_t)row * image->width + column]] >> 24;
        if (alpha != 255 && alpha != 0) {
            (void)writer_report_translucent(column, row, alpha, report);
            return;
        }
    }
}

/* Stores the tile's own indices; a transparent pixel gets the transparent index. */
static void keep(const struct writer_image *image, const struct keeping *keeping, uint32_t size, uint32_t x, uint32_t y,
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
static uint8_t *next_tile(struct writer_sheet *sheet, uint8_t *spare, size_t *stride)
{
    uint64_t number = sheet->tiles++;
    if (number >= writer_sheet_capacity(sheet)) {
        *stride = sheet->tile_size;
        return spare;
    }
    size_t x = (size_t)(number % sheet->across) * sheet->tile_size;
    size_t y = (size_t)(number / sheet->across) * sheet->tile_size;
    *stride = WRITER_SHEET_WIDTH;
    return sheet->indices + y * WRITER_SHEET_WIDTH + x;
}

static void keep_tile(const struct writer_image *image, const struct keeping *keeping, uint32_t size, uint32_t x,
                      uint32_t y, uint8_t *out, size_t stride, const struct writer_reporter *report)
{
    keep(image, keeping, size, x, y, out, stride);
    if (keeping->has_translucent) {
        check_opacity(image, size, x, y, report);
    }
}

/* Whether the image is the sheet itself, pixel by pixel: then it need not be cut. */
static bool is_whole_sheet(const struct writer_sheet *sheet, const struct writer_image *image,
                           const struct keeping *keeping)
{
    return keeping->as_they_are && !keeping->has_translucent && sheet->tiles == 0 &&
           image->width == WRITER_SHEET_WIDTH && image->height <= WRITER_SHEET_WIDTH;
}

void writer_sheet_add(struct writer_sheet *sheet, const struct writer_image *image, enum writer_colouring colouring,
                      const struct writer_palette_set *palettes, const struct writer_reporter *report)
{
    uint8_t spare[WRITER_TILE_PIXELS_MAX];
    struct writer_tile tile;
    uint32_t size = sheet->tile_size;
    struct keeping keeping = {.as_they_are = false};
    if (colouring == WRITER_COLOURS_KEPT && !check_indices(image, report)) {
        colouring = WRITER_COLOURS_UNJUDGED;
    }
    if (colouring == WRITER_COLOURS_KEPT) {
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
            if (colouring == WRITER_COLOURS_KEPT) {
                keep_tile(image, &keeping, size, x, y, out, stride, report);
                continue;
            }
            (void)writer_tile_collect(&tile, image, size, x, y, report);
            if (colouring == WRITER_COLOURS_MATCHED) {
                (void)writer_tile_match(&tile, palettes, out, stride, report);
            }
        }
    }
}

void writer_sheet_store(const struct writer_sheet *sheet, const struct writer_palette_set *palettes,
                        uint8_t out[WRITER_GLYPH_SIZE])
{
    for (size_t i = 0; i < WRITER_GLYPH_PLANE_BYTES; i++) {
        unsigned left = (unsigned)sheet->indices[2 * i] << WRITER_LEFT_PIXEL_SHIFT;
        unsigned right = (unsigned)sheet->indices[2 * i + 1] << WRITER_RIGHT_PIXEL_SHIFT;
        out[i] = (uint8_t)(left | right);
    }
    writer_palette_set_store(palettes, out + WRITER_GLYPH_PLANE_BYTES);
}

void writer_sheet_unpack(const uint8_t stored[WRITER_GLYPH_SIZE], uint8_t out[WRITER_GLYPH_DECODED_SIZE])
{
    for (size_t i = 0; i < WRITER_GLYPH_PLANE_BYTES; i++) {
        out[2 * i] = (stored[i] >> WRITER_LEFT_PIXEL_SHIFT) & WRITER_NIBBLE;
        out[2 * i + 1] = (stored[i] >> WRITER_RIGHT_PIXEL_SHIFT) & WRITER_NIBBLE;
    }
    memcpy(out + WRITER_SHEET_PIXELS, stored + WRITER_GLYPH_PLANE_BYTES, WRITER_PALETTE_TABLE_BYTES);
}
