#include "writer/image/sheet.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

bool writer_sheet_init(struct writer_sheet *sheet, uint32_t tile_size)
{
    if (!writer_is_tile_size(tile_size)) {
        return false;
    }
    sheet->tile_size = tile_size;
    sheet->across = WRITER_SHEET_WIDTH / tile_size;
    sheet->lowest_free = 0;
    memset(sheet->holder, 0, sizeof sheet->holder);
    memset(sheet->indices, WRITER_TRANSPARENT_INDEX, sizeof sheet->indices);
    return true;
}

uint32_t writer_sheet_capacity(const struct writer_sheet *sheet)
{
    return sheet->across * sheet->across;
}

/* Up to the next multiple. */
static uint64_t padded(uint32_t size, uint32_t tile_size)
{
    return ((uint64_t)size + tile_size - 1) / tile_size * tile_size;
}

/* After padding, if the image is padded. */
static uint64_t pixels_of(uint32_t tile_size, bool pad, uint32_t width, uint32_t height)
{
    return pad ? padded(width, tile_size) * padded(height, tile_size) : (uint64_t)width * height;
}

bool writer_sheet_takes(uint32_t tile_size, bool pad, uint32_t width, uint32_t height)
{
    bool whole = width % tile_size == 0 && height % tile_size == 0;
    return (pad || whole) && pixels_of(tile_size, pad, width, height) <= WRITER_SHEET_PIXELS;
}

bool writer_sheet_check_size(uint32_t tile_size, bool pad, uint32_t width, uint32_t height,
                             const struct writer_reporter *report)
{
    if (writer_sheet_takes(tile_size, pad, width, height)) {
        return true;
    }
    uint64_t pixels = pixels_of(tile_size, pad, width, height);
    if (pixels > WRITER_SHEET_PIXELS) {
        return writer_report(report, DIAG_IMAGE_SIZE,
                             &(struct base_details){.expected = "at most 65536 pixels",
                                                    .actual = writer_decimal(pixels).text,
                                                    .cause = DIAG_CAUSE_IMAGE_LARGE},
                             "the image is %u x %u: larger than a sheet of 256 x 256", (unsigned)width,
                             (unsigned)height);
    }
    char size[48];
    char expected[48];
    (void)snprintf(size, sizeof size, "%" PRIu64 " x %" PRIu64, padded(width, tile_size), padded(height, tile_size));
    (void)snprintf(expected, sizeof expected, "multiples of %u", (unsigned)tile_size);
    return writer_report(report, DIAG_IMAGE_SIZE,
                         &(struct base_details){.expected = expected, .cause = DIAG_CAUSE_IMAGE_TILES, .subject = size},
                         "the image is %u x %u: not whole tiles of %u x %u", (unsigned)width, (unsigned)height,
                         (unsigned)tile_size, (unsigned)tile_size);
}

/* ---- Places ---- */

/* How many tiles from `tile` on are free, at most `most`. */
static uint32_t free_from(const struct writer_sheet *sheet, uint32_t tile, uint32_t most)
{
    uint32_t end = writer_sheet_capacity(sheet);
    uint32_t count = 0;
    while (count < most && tile + count < end && sheet->holder[tile + count] == 0) {
        count++;
    }
    return count;
}

bool writer_sheet_find(const struct writer_sheet *sheet, uint32_t count, uint32_t *tile)
{
    uint32_t end = writer_sheet_capacity(sheet);
    for (uint32_t at = sheet->lowest_free; count <= end && at <= end - count;) {
        uint32_t found = free_from(sheet, at, count);
        if (found == count) {
            *tile = at;
            return true;
        }
        at += found + 1;
    }
    return false;
}

uint32_t writer_sheet_holder(const struct writer_sheet *sheet, uint32_t tile, uint32_t count, uint32_t *clash)
{
    uint32_t found = free_from(sheet, tile, count);
    if (found == count) {
        return 0;
    }
    *clash = tile + found;
    return *clash < writer_sheet_capacity(sheet) ? sheet->holder[*clash] : 0;
}

uint32_t writer_sheet_first_of(const struct writer_sheet *sheet, uint32_t holder)
{
    uint32_t tile = 0;
    while (tile + 1 < writer_sheet_capacity(sheet) && sheet->holder[tile] != holder) {
        tile++;
    }
    return tile;
}

uint32_t writer_sheet_count_of(const struct writer_sheet *sheet, uint32_t holder)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < writer_sheet_capacity(sheet); i++) {
        count += sheet->holder[i] == holder;
    }
    return count;
}

uint32_t writer_sheet_room(const struct writer_sheet *sheet)
{
    uint32_t end = writer_sheet_capacity(sheet);
    uint32_t most = 0;
    for (uint32_t at = 0; at < end;) {
        uint32_t found = free_from(sheet, at, end);
        most = found > most ? found : most;
        at += found + 1;
    }
    return most;
}

void writer_sheet_take(struct writer_sheet *sheet, uint32_t tile, uint32_t count, uint32_t holder)
{
    for (uint32_t i = tile; i < tile + count; i++) {
        sheet->holder[i] = holder;
    }
    while (sheet->lowest_free < writer_sheet_capacity(sheet) && sheet->holder[sheet->lowest_free] != 0) {
        sheet->lowest_free++;
    }
}

/* ---- Pixels ---- */

/* Whether the picture lies in the sheet as it is: row under row, without a gap. */
static bool is_straight(const struct writer_sheet *sheet, uint32_t tile, const struct writer_grid *grid)
{
    return grid->width == WRITER_SHEET_WIDTH && tile % sheet->across == 0;
}

static void draw_tile(struct writer_sheet *sheet, uint32_t to, const struct writer_grid *grid, uint32_t tile,
                      const uint8_t *pixels)
{
    uint32_t size = sheet->tile_size;
    uint32_t x = tile % grid->columns * size;
    uint32_t y = tile / grid->columns * size;
    uint32_t width = grid->width - x < size ? grid->width - x : size;
    uint32_t height = grid->height - y < size ? grid->height - y : size;
    uint8_t *out =
        sheet->indices + (size_t)(to / sheet->across) * size * WRITER_SHEET_WIDTH + (size_t)(to % sheet->across) * size;
    for (uint32_t row = 0; row < height; row++) {
        memcpy(out + (size_t)row * WRITER_SHEET_WIDTH, pixels + (size_t)(y + row) * grid->width + x, width);
    }
}

void writer_sheet_draw(struct writer_sheet *sheet, uint32_t tile, const struct writer_grid *grid, const uint8_t *pixels)
{
    if (is_straight(sheet, tile, grid)) {
        size_t at = (size_t)(tile / sheet->across) * sheet->tile_size * WRITER_SHEET_WIDTH;
        memcpy(sheet->indices + at, pixels, (size_t)grid->width * grid->height);
        return;
    }
    for (uint32_t i = 0; i < grid->columns * grid->rows; i++) {
        draw_tile(sheet, tile + i, grid, i, pixels);
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
