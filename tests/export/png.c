#include "export/png.h"

#include "tests/lib/unit.h"

#include <png.h>
#include <stdlib.h>

static const uint8_t pixels[] = {255, 0, 0, 0, 255, 0, 0, 0, 255, 1, 2, 3, 4, 5, 6, 250, 251, 252};
static const struct export_raster raster = {.width = 3, .height = 2, .rgb = pixels};

UNIT_TEST(what_was_printed_is_read_again)
{
    struct base_text png = BASE_TEXT_EMPTY;
    png_image image = {.version = PNG_IMAGE_VERSION};
    uint8_t read[sizeof pixels];
    REQUIRE(export_png_print(&raster, &png));
    REQUIRE(png_image_begin_read_from_memory(&image, png.data, png.size) != 0);
    CHECK_U64(image.width, 3);
    CHECK_U64(image.height, 2);
    image.format = PNG_FORMAT_RGB;
    REQUIRE(png_image_finish_read(&image, NULL, read, 0, NULL) != 0);
    CHECK(memcmp(read, pixels, sizeof pixels) == 0);
    base_text_free(&png);
}

/* No chunk beside these three, so none with a time. */
UNIT_TEST(equal_pictures_give_equal_bytes)
{
    struct base_text first = BASE_TEXT_EMPTY;
    struct base_text second = BASE_TEXT_EMPTY;
    REQUIRE(export_png_print(&raster, &first) && export_png_print(&raster, &second));
    CHECK(base_bytes_equal(base_text_bytes(&first), base_text_bytes(&second)));
    size_t at = 8;
    unsigned chunks = 0;
    while (at < first.size) {
        const uint8_t *size = (const uint8_t *)first.data + at;
        CHECK(memcmp(first.data + at + 4, "IHDR", 4) == 0 || memcmp(first.data + at + 4, "IDAT", 4) == 0 ||
              memcmp(first.data + at + 4, "IEND", 4) == 0);
        at += 12 + ((size_t)size[2] << 8 | size[3]);
        chunks++;
    }
    CHECK_U64(chunks, 3);
    base_text_free(&first);
    base_text_free(&second);
}

UNIT_TEST(it_is_appended_to_what_is_there)
{
    struct base_text png = BASE_TEXT_EMPTY;
    base_text_add_string(&png, "before");
    REQUIRE(export_png_print(&raster, &png));
    CHECK(memcmp(png.data, "before\x89PNG", 10) == 0);
    base_text_free(&png);
}

/* Reads an indexed picture as pixels of eight bits per channel, with alpha. */
static void check_indexed(const struct export_indexed *indexed, const uint8_t *expected, size_t size)
{
    struct base_text png = BASE_TEXT_EMPTY;
    png_image image = {.version = PNG_IMAGE_VERSION};
    uint8_t read[64];
    REQUIRE(size <= sizeof read);
    REQUIRE(export_png_print_indexed(indexed, &png));
    REQUIRE(png_image_begin_read_from_memory(&image, png.data, png.size) != 0);
    CHECK_U64(image.width, indexed->width);
    CHECK_U64(image.height, indexed->height);
    CHECK_U64(image.colormap_entries, indexed->colour_count);
    CHECK_U64(((const uint8_t *)png.data)[24], indexed->bits);
    image.format = PNG_FORMAT_RGBA;
    REQUIRE(png_image_finish_read(&image, NULL, read, 0, NULL) != 0);
    CHECK(memcmp(read, expected, size) == 0);
    base_text_free(&png);
}

static const uint32_t four_colours[] = {0x010203, 0xFF8000, 0x00FF00, 0x0000FF};

UNIT_TEST(four_bits_are_the_left_pixel_first)
{
    static const uint8_t indices[] = {0x01, 0x32};
    static const uint8_t expected[] = {1, 2, 3, 0, 255, 128, 0, 255, 0, 0, 255, 255, 0, 255, 0, 255};
    const struct export_indexed indexed = {
        .width = 2, .height = 2, .bits = 4, .indices = indices, .colours = four_colours, .colour_count = 4, .bank = 16};
    check_indexed(&indexed, expected, sizeof expected);
}

UNIT_TEST(the_first_colour_of_each_bank_is_transparent)
{
    static const uint8_t indices[] = {3, 2, 1};
    static const uint8_t expected[] = {0, 0, 255, 255, 0, 255, 0, 0, 255, 128, 0, 255};
    const struct export_indexed indexed = {
        .width = 3, .height = 1, .bits = 8, .indices = indices, .colours = four_colours, .colour_count = 4, .bank = 2};
    check_indexed(&indexed, expected, sizeof expected);
}
