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
