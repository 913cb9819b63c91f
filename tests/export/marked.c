#include "export/marked.h"

#include "tests/lib/unit.h"

#include <png.h>
#include <stdlib.h>

/* An enlarged picture, decoded. */
struct shown {
    uint32_t width;
    uint32_t height;
    uint8_t *rgb;
};

static struct shown show(const struct export_marked *marked)
{
    struct base_text png = BASE_TEXT_EMPTY;
    png_image image = {.version = PNG_IMAGE_VERSION};
    REQUIRE(export_marked_print(marked, &png));
    REQUIRE(png_image_begin_read_from_memory(&image, png.data, png.size) != 0);
    image.format = PNG_FORMAT_RGB;
    struct shown shown = {.width = image.width, .height = image.height, .rgb = malloc(PNG_IMAGE_SIZE(image))};
    REQUIRE(shown.rgb != NULL && png_image_finish_read(&image, NULL, shown.rgb, 0, NULL) != 0);
    base_text_free(&png);
    return shown;
}

static uint32_t at(const struct shown *shown, uint32_t x, uint32_t y)
{
    const uint8_t *rgb = shown->rgb + ((size_t)y * shown->width + x) * 3;
    return (uint32_t)rgb[0] << 16 | (uint32_t)rgb[1] << 8 | rgb[2];
}

static uint32_t factor_of(uint32_t width, uint32_t height)
{
    return export_marked_factor(&(const struct export_marked){.width = width, .height = height, .tile_size = 8});
}

UNIT_TEST(small_pictures_are_enlarged_more_than_large_ones)
{
    CHECK_U64(factor_of(8, 8), 24);
    CHECK_U64(factor_of(32, 16), 24);
    CHECK_U64(factor_of(64, 8), 16);
    CHECK_U64(factor_of(8, 128), 8);
    CHECK_U64(factor_of(256, 256), 4);
    CHECK_U64(factor_of(65536, 1), 4);
}

UNIT_TEST(a_marked_pixel_has_a_frame_of_two_colours_and_shows_its_own)
{
    static const uint32_t colours[4] = {0xFF102030, 0xFF405060, 0xFF708090, 0xFFFF00FF};
    static const uint64_t marks[1] = {UINT64_C(1) << 3};
    const struct export_marked marked = {.width = 2, .height = 2, .tile_size = 8, .colours = colours, .marks = marks};
    struct shown shown = show(&marked);
    CHECK_U64(shown.width, 48);
    CHECK_U64(shown.height, 48);
    for (uint32_t pixel = 0; pixel < 3; pixel++) {
        CHECK_U64(at(&shown, pixel % 2 * 24, pixel / 2 * 24), colours[pixel] & 0xFFFFFF);
        CHECK_U64(at(&shown, pixel % 2 * 24 + 23, pixel / 2 * 24 + 23), colours[pixel] & 0xFFFFFF);
    }
    CHECK_U64(at(&shown, 24, 24), 0xFF00FF);
    CHECK_U64(at(&shown, 26, 40), 0xFF00FF);
    CHECK_U64(at(&shown, 47, 47), 0x00FF00);
    CHECK_U64(at(&shown, 40, 45), 0x00FF00);
    CHECK_U64(at(&shown, 36, 36), 0xFF00FF);
    free(shown.rgb);
}

/* Lines lie between tiles, not around the picture. */
UNIT_TEST(tiles_are_drawn_as_a_grid)
{
    enum { WIDTH = 16, HEIGHT = 8 };
    static uint32_t colours[WIDTH * HEIGHT];
    static const uint64_t marks[WIDTH * HEIGHT / 64];
    for (unsigned i = 0; i < WIDTH * HEIGHT; i++) {
        colours[i] = 0xFF204080;
    }
    const struct export_marked marked = {
        .width = WIDTH, .height = HEIGHT, .tile_size = 8, .colours = colours, .marks = marks};
    struct shown shown = show(&marked);
    unsigned lines = 0;
    for (uint32_t y = 0; y < shown.height; y++) {
        for (uint32_t x = 0; x < shown.width; x++) {
            bool line = at(&shown, x, y) != 0x204080;
            CHECK(!line || x == 8 * 24);
            lines += line;
        }
    }
    CHECK_U64(lines, 8 * 24);
    free(shown.rgb);
}

UNIT_TEST(transparency_shows_the_ground)
{
    static const uint32_t colours[2] = {0x00FF0000, 0x80FF0000};
    static const uint64_t marks[1];
    const struct export_marked marked = {.width = 2, .height = 1, .tile_size = 8, .colours = colours, .marks = marks};
    struct shown shown = show(&marked);
    CHECK_U64(at(&shown, 0, 0), 0x909090);
    CHECK_U64(at(&shown, 12, 0), 0xB0B0B0);
    CHECK_U64(at(&shown, 24, 0), 0xC74747);
    free(shown.rgb);
}
