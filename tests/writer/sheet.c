#include "writer/image/sheet.h"

#include "tests/writer/kit.h"

#include <stdlib.h>

static struct writer_palette_set make_palettes(void)
{
    struct writer_palette_set set = WRITER_PALETTE_SET_EMPTY;
    REQUIRE(writer_palette_set_reserve(&set, 1));
    set.items[0] = (struct writer_palette){.count = 3, .colours = {0x10, 0x11, 0x12}};
    return set;
}

static struct writer_sheet *sheet_make(uint32_t tile_size)
{
    struct writer_sheet *sheet = malloc(sizeof *sheet);
    REQUIRE(sheet != NULL);
    CHECK(writer_sheet_init(sheet, tile_size));
    return sheet;
}

UNIT_TEST(a_sheet_has_room_for_its_tiles)
{
    struct writer_sheet *sheet = sheet_make(8);
    CHECK_U64(writer_sheet_capacity(sheet), 1024);
    CHECK(writer_sheet_init(sheet, 16));
    CHECK_U64(writer_sheet_capacity(sheet), 256);
    CHECK(writer_sheet_init(sheet, 32));
    CHECK_U64(writer_sheet_capacity(sheet), 64);
    CHECK(!writer_sheet_init(sheet, 0));
    CHECK(!writer_sheet_init(sheet, 4));
    CHECK(!writer_sheet_init(sheet, 64));
    free(sheet);
}

UNIT_TEST(sizes_are_whole_tiles)
{
    struct base_findings findings;
    struct writer_reporter report = kit_report(&findings);
    CHECK(writer_sheet_check_size(8, false, 8, 8, &report));
    CHECK(writer_sheet_check_size(8, false, 8, 8192, &report));
    CHECK(writer_sheet_check_size(32, false, 65536 / 32, 32, &report));
    CHECK(writer_sheet_check_size(16, false, 256, 256, &report));
    CHECK_U64(findings.count, 0);
    CHECK(!writer_sheet_check_size(16, false, 24, 16, &report));
    CHECK(!writer_sheet_check_size(16, false, 16, 24, &report));
    CHECK(!writer_sheet_check_size(16, false, 320, 224, &report));
    CHECK(!writer_sheet_check_size(8, false, 0x7FFFFFF8, 0x7FFFFFF8, &report));
    CHECK_FINDING(&findings, 0, DIAG_IMAGE_SIZE, "input", -1, "the image is 24 x 16: not whole tiles of 16 x 16");
    CHECK_FINDING(&findings, 1, DIAG_IMAGE_SIZE, "input", -1, "the image is 16 x 24: not whole tiles of 16 x 16");
    CHECK_FINDING(&findings, 2, DIAG_IMAGE_SIZE, "input", -1,
                  "the image is 320 x 224: larger than a sheet of 256 x 256");
    CHECK_FINDING(&findings, 3, DIAG_IMAGE_SIZE, "input", -1,
                  "the image is 2147483640 x 2147483640: larger than a sheet of 256 x 256");
    base_findings_free(&findings);
}

/* Limits count after padding. */
UNIT_TEST(sizes_are_padded_to_whole_tiles)
{
    struct base_findings findings;
    struct writer_reporter report = kit_report(&findings);
    CHECK(writer_sheet_check_size(16, true, 1, 1, &report));
    CHECK(writer_sheet_check_size(16, true, 24, 17, &report));
    CHECK(writer_sheet_check_size(32, true, 2017, 1, &report));
    CHECK_U64(findings.count, 0);
    CHECK(!writer_sheet_check_size(32, true, 2049, 1, &report));
    CHECK(!writer_sheet_check_size(32, true, 0x7FFFFFFF, 0x7FFFFFFF, &report));
    CHECK_STRING(findings.items[0].actual, "66560");
    base_findings_free(&findings);
}

UNIT_TEST(sprites_get_the_lowest_tiles_that_are_free)
{
    struct writer_sheet *sheet = sheet_make(32);
    uint32_t tile = 99;
    writer_sheet_take(sheet, 2, 3, 7);
    CHECK(writer_sheet_find(sheet, 2, &tile));
    CHECK_U64(tile, 0);
    CHECK(writer_sheet_find(sheet, 3, &tile));
    CHECK_U64(tile, 5);
    writer_sheet_take(sheet, 0, 2, 8);
    CHECK(writer_sheet_find(sheet, 1, &tile));
    CHECK_U64(tile, 5);
    CHECK(writer_sheet_find(sheet, 59, &tile));
    CHECK_U64(tile, 5);
    CHECK(!writer_sheet_find(sheet, 60, &tile));
    CHECK(!writer_sheet_find(sheet, 1000, &tile));
    writer_sheet_take(sheet, 5, 59, 9);
    CHECK(!writer_sheet_find(sheet, 1, &tile));
    free(sheet);
}

UNIT_TEST(the_holder_of_a_tile_is_known)
{
    struct writer_sheet *sheet = sheet_make(32);
    uint32_t clash = 99;
    writer_sheet_take(sheet, 10, 2, 7);
    CHECK_U64(writer_sheet_holder(sheet, 8, 2, &clash), 0);
    CHECK_U64(clash, 99);
    CHECK_U64(writer_sheet_holder(sheet, 8, 3, &clash), 7);
    CHECK_U64(clash, 10);
    CHECK_U64(writer_sheet_holder(sheet, 11, 1, &clash), 7);
    CHECK_U64(clash, 11);
    CHECK_U64(writer_sheet_holder(sheet, 62, 3, &clash), 0);
    CHECK_U64(clash, 64);
    CHECK_U64(writer_sheet_holder(sheet, 1000, 1, &clash), 0);
    CHECK_U64(clash, 1000);
    free(sheet);
}

/* A picture whose pixels count up from 1. */
static uint8_t *make_pixels(uint32_t width, uint32_t height)
{
    uint8_t *pixels = malloc((size_t)width * height);
    REQUIRE(pixels != NULL);
    for (size_t i = 0; i < (size_t)width * height; i++) {
        pixels[i] = (uint8_t)(1 + i % 15);
    }
    return pixels;
}

/* What lies in the sheet where a pixel of the picture belongs. */
static unsigned drawn(const struct writer_sheet *sheet, uint32_t first, const struct writer_grid *grid, uint32_t x,
                      uint32_t y)
{
    uint32_t size = sheet->tile_size;
    uint32_t tile = first + y / size * grid->columns + x / size;
    return sheet->indices[(tile / sheet->across * size + y % size) * 256 + tile % sheet->across * size + x % size];
}

static void check_drawn(uint32_t tile_size, uint32_t tile, uint32_t width, uint32_t height)
{
    struct writer_sheet *sheet = sheet_make(tile_size);
    uint8_t *pixels = make_pixels(width, height);
    const struct writer_grid grid = writer_grid_of(width, height, tile_size);
    writer_sheet_draw(sheet, tile, &grid, pixels);
    size_t wrong = 0;
    size_t used = 0;
    for (uint32_t y = 0; y < height; y++) {
        for (uint32_t x = 0; x < width; x++) {
            wrong += drawn(sheet, tile, &grid, x, y) != pixels[y * width + x];
        }
    }
    for (size_t i = 0; i < sizeof sheet->indices; i++) {
        used += sheet->indices[i] != 0;
    }
    CHECK_U64(wrong, 0);
    CHECK_U64(used, (uint64_t)width * height); /* what is padded stays 0 */
    free(pixels);
    free(sheet);
}

UNIT_TEST(pictures_are_cut_row_by_row)
{
    check_drawn(8, 0, 16, 16);
    check_drawn(8, 31, 24, 16);
    check_drawn(16, 0, 256, 256);
    check_drawn(16, 16, 256, 32); /* straight */
    check_drawn(16, 3, 256, 32);
    check_drawn(32, 0, 2048, 32);
    check_drawn(16, 5, 17, 1); /* padded */
    check_drawn(16, 16, 256, 17);
    check_drawn(32, 63, 1, 1);
}

UNIT_TEST(pixels_are_stored_left_in_the_high_nibble)
{
    struct writer_palette_set palettes = make_palettes();
    struct writer_sheet *sheet = sheet_make(8);
    uint8_t *stored = malloc(WRITER_GLYPH_SIZE + WRITER_GLYPH_DECODED_SIZE);
    REQUIRE(stored != NULL);
    uint8_t *decoded = stored + WRITER_GLYPH_SIZE;
    for (unsigned i = 0; i < 65536; i++) {
        sheet->indices[i] = (uint8_t)((i * 7 + i / 256) % 16);
    }
    writer_sheet_store(sheet, &palettes, stored);
    CHECK_U64(stored[0], 0x07);
    CHECK_U64(stored[1], 0xE5);
    CHECK_U64(stored[128], 0x18); /* the second row */
    CHECK_U64(stored[32767], 0x18);
    CHECK_U64(stored[32768 + 2], 0x02); /* 0x11 is blue 2 of 31 */
    CHECK_U64(stored[32768 + 3], 0x00);
    writer_sheet_unpack(stored, decoded);
    CHECK(memcmp(decoded, sheet->indices, 65536) == 0);
    CHECK(memcmp(decoded + 65536, stored + 32768, 2048) == 0);
    writer_palette_set_free(&palettes);
    free(stored);
    free(sheet);
}
