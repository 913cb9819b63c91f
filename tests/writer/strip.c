/* Palettes that a PNG shows: docs/contracts/workspace.md, 3.2.1. */
#include "writer/image/strip.h"
#include "tests/lib/sample.h"
#include "tests/writer/kit.h"
#include "writer/image/palette_file.h"

#include <png.h>
#include <stdlib.h>
#include <string.h>

enum { SIDE_MAX = 32, PIXELS_MAX = 17 * SIDE_MAX * SIDE_MAX };

static bool read_file(const char *relative, struct writer_palette *palette, struct base_findings *findings)
{
    struct writer_reporter report = kit_report(findings);
    struct writer_source source = kit_source(relative);
    *palette = (struct writer_palette){.count = 99};
    bool done = writer_palette_read(&source, palette, &report);
    writer_source_end(&source);
    return done;
}

/* A row of squares, as 0xAARRGGBB for each. */
static void draw(const char *relative, uint32_t side, const uint32_t *squares, uint32_t count)
{
    uint32_t *pixels = calloc(PIXELS_MAX, sizeof *pixels);
    REQUIRE(pixels != NULL && side <= SIDE_MAX && count <= 17);
    for (uint32_t i = 0; i < side * side * count; i++) {
        pixels[i] = squares[i % (side * count) / side];
    }
    kit_png_rgba(relative, side * count, side, pixels);
    free(pixels);
}

static void check_read(const char *relative, const uint32_t *colours, uint32_t count)
{
    struct base_findings findings;
    struct writer_palette palette;
    CHECK_ROW(read_file(relative, &palette, &findings), 1, relative);
    CHECK_ROW(findings.count, 0, relative);
    CHECK_ROW(palette.count, count, relative);
    for (uint32_t i = 0; i < count && i < palette.count; i++) {
        CHECK_ROW(palette.colours[i], colours[i], relative);
    }
    base_findings_free(&findings);
}

#define CHECK_READ(relative, ...)                                                                                      \
    do {                                                                                                               \
        static const uint32_t colours_[] = {__VA_ARGS__};                                                              \
        check_read((relative), colours_, sizeof colours_ / sizeof colours_[0]);                                        \
    } while (0)

/* Expects palette-invalid, at a pixel if expected says so; the palette stays as it was. */
static void check_refused(const char *relative, const char *expected, int64_t x, int64_t y)
{
    struct base_findings findings;
    struct writer_palette palette;
    CHECK_ROW(read_file(relative, &palette, &findings), 0, relative);
    CHECK_U64(palette.count, 99);
    REQUIRE(findings.count == 1);
    CHECK(findings.items[0].diagnostic == DIAG_PALETTE_INVALID);
    CHECK(findings.items[0].cause == DIAG_CAUSE_PALETTE_STRIP);
    CHECK_STRING(findings.items[0].expected, expected);
    CHECK(findings.items[0].place.has_pixel == (x >= 0));
    if (x >= 0 && findings.items[0].place.has_pixel) {
        CHECK_U64(findings.items[0].place.x, (uint64_t)x);
        CHECK_U64(findings.items[0].place.y, (uint64_t)y);
    }
    base_findings_free(&findings);
}

UNIT_TEST(a_strip_of_each_side_is_read_from_left_to_right)
{
    static const uint32_t squares[] = {0xFFFF00FF, 0xFF102030, 0xFF000000, 0xFF102030};
    draw("one.png", 1, squares, 4);
    CHECK_READ("one.png", 0xFF00FF, 0x102030, 0x000000, 0x102030);
    draw("eight.png", 8, squares, 4);
    CHECK_READ("eight.png", 0xFF00FF, 0x102030, 0x000000, 0x102030);
    draw("large.png", 32, squares, 2);
    CHECK_READ("large.png", 0xFF00FF, 0x102030);
}

UNIT_TEST(a_strip_has_two_to_sixteen_squares)
{
    uint32_t squares[17];
    uint32_t colours[17];
    for (uint32_t i = 0; i < 17; i++) {
        colours[i] = i * 0x010101;
        squares[i] = 0xFF000000 | colours[i];
    }
    static const char size[] = "an indexed PNG, or one row of 2 to 16 squares with a side of 1, 8 or 32 pixels";
    draw("p16.png", 8, squares, 16);
    check_read("p16.png", colours, 16);
    draw("p17.png", 8, squares, 17);
    check_refused("p17.png", size, -1, -1);
    draw("p17x1.png", 1, squares, 17);
    check_refused("p17x1.png", size, -1, -1);
    draw("p1.png", 8, squares, 1);
    check_refused("p1.png", size, -1, -1);
    draw("p16x16.png", 16, squares, 4);
    check_refused("p16x16.png", size, -1, -1);
    kit_png_rgba("p12x8.png", 12, 8, (const uint32_t[12 * 8]){0xFF000000});
    check_refused("p12x8.png", size, -1, -1);
    kit_png_rgba("p8x16.png", 8, 16, (const uint32_t[8 * 16]){0xFF000000});
    check_refused("p8x16.png", size, -1, -1);
}

UNIT_TEST(a_square_has_one_colour)
{
    uint32_t pixels[16 * 8];
    static const char mixed[] = "one colour in each square of the strip";
    for (uint32_t i = 0; i < 16 * 8; i++) {
        pixels[i] = i % 16 < 8 ? 0xFFFF0000 : 0xFF00FF00;
    }
    kit_png_rgba("fine.png", 16, 8, pixels);
    CHECK_READ("fine.png", 0xFF0000, 0x00FF00);
    pixels[7 * 16 + 15] ^= 1;
    kit_png_rgba("last.png", 16, 8, pixels);
    check_refused("last.png", mixed, 15, 7);
    pixels[7 * 16 + 15] ^= 1;
    pixels[5 * 16 + 2] = 0x00FE0000; /* the hidden colour of the first square counts */
    kit_png_rgba("first.png", 16, 8, pixels);
    check_refused("first.png", mixed, 2, 5);
}

/* The first square may be transparent, because entry 0 is not drawn; those at the end are free entries. */
UNIT_TEST(transparent_squares_mean_something_at_both_ends_alone)
{
    static const char opaque[] = "opaque squares after the first one";
    static const uint32_t begin[] = {0x00FF00FF, 0xFF102030, 0xFF405060};
    static const uint32_t soft[] = {0x80FF00FF, 0xFF102030};
    static const uint32_t end[] = {0xFF000000, 0xFF102030, 0x00405060, 0x00FFFFFF};
    static const uint32_t middle[] = {0xFF000000, 0x00102030, 0xFF405060};
    static const uint32_t glass[] = {0xFF000000, 0xFE102030};
    draw("begin.png", 8, begin, 3);
    CHECK_READ("begin.png", 0xFF00FF, 0x102030, 0x405060);
    draw("soft.png", 1, soft, 2);
    CHECK_READ("soft.png", 0xFF00FF, 0x102030);
    draw("end.png", 8, end, 4);
    CHECK_READ("end.png", 0x000000, 0x102030);
    draw("middle.png", 8, middle, 3);
    check_refused("middle.png", opaque, 8, 0);
    draw("glass.png", 1, glass, 2);
    check_refused("glass.png", opaque, 1, 0);
}

UNIT_TEST(a_palette_of_one_colour_draws_nothing)
{
    static const char few[] = "two squares or more that are not transparent, and two colours or more";
    static const uint32_t same[] = {0xFF102030, 0xFF102030, 0xFF102030};
    static const uint32_t alone[] = {0xFF102030, 0x00405060};
    static const uint32_t nothing[] = {0x00102030, 0x00405060};
    draw("same.png", 8, same, 3);
    check_refused("same.png", few, -1, -1);
    draw("alone.png", 8, alone, 2);
    check_refused("alone.png", few, -1, -1);
    draw("nothing.png", 8, nothing, 2);
    check_refused("nothing.png", few, -1, -1);
}

static struct kit_png indexed(uint32_t width, const uint32_t *palette, int count, const uint8_t *rows)
{
    return (struct kit_png){.width = width,
                            .height = 1,
                            .bit_depth = 8,
                            .colour_type = PNG_COLOR_TYPE_PALETTE,
                            .palette = palette,
                            .palette_count = count,
                            .rows = rows};
}

/* What a program shows counts more than the order in which it has stored it. */
UNIT_TEST(an_indexed_strip_is_read_as_it_is_shown)
{
    static const uint32_t colours[] = {0x000000, 0x111111, 0x222222, 0x333333};
    static const uint8_t others[] = {2, 0, 3};
    static const uint8_t alike[] = {0, 1, 2};
    struct kit_png png = indexed(3, colours, 4, others);
    kit_png_write("others.png", &png);
    CHECK_READ("others.png", 0x222222, 0x000000, 0x333333);
    png.rows = alike;
    kit_png_write("alike.png", &png);
    CHECK_READ("alike.png", 0x000000, 0x111111, 0x222222, 0x333333);
    static const uint8_t one[] = {3, 3, 3};
    png.rows = one; /* not a strip */
    kit_png_write("one.png", &png);
    CHECK_READ("one.png", 0x000000, 0x111111, 0x222222, 0x333333);
    static const uint8_t gone[] = {255, 255, 255, 0};
    png.rows = alike; /* its own palette begins with the transparent entry, which the strip does not show */
    png.alpha = gone;
    png.alpha_count = 4;
    kit_png_write("gone.png", &png);
    CHECK_READ("gone.png", 0x000000, 0x111111, 0x222222);
    static const uint8_t second[] = {255, 0};
    png.alpha = second; /* a transparent square in the middle: not a strip */
    png.alpha_count = 2;
    kit_png_write("second.png", &png);
    CHECK_READ("second.png", 0x111111, 0x000000, 0x222222, 0x333333);
}

UNIT_TEST(an_indexed_strip_may_have_any_indices)
{
    uint32_t colours[40];
    static const uint8_t rows[] = {39, 20, 0};
    for (uint32_t i = 0; i < 40; i++) {
        colours[i] = i;
    }
    struct kit_png png = indexed(3, colours, 40, rows);
    kit_png_write("p.png", &png);
    CHECK_READ("p.png", 39, 20, 0);
}

UNIT_TEST(grey_and_deep_strips)
{
    static const uint8_t grey[] = {0x1B}; /* 0, 1, 2, 3 of 2 bits */
    struct kit_png png = {.width = 4, .height = 1, .bit_depth = 2, .colour_type = PNG_COLOR_TYPE_GRAY, .rows = grey};
    kit_png_write("grey.png", &png);
    CHECK_READ("grey.png", 0x000000, 0x555555, 0xAAAAAA, 0xFFFFFF);
    static const uint16_t last = 3;
    png.transparent = &last; /* its last square is transparent */
    kit_png_write("keyed.png", &png);
    CHECK_READ("keyed.png", 0x000000, 0x555555, 0xAAAAAA);
    static const uint8_t deep[] = {0x10, 0x10, 0x20, 0x20, 0x30, 0x30, 0, 0, 0, 0, 0, 0};
    png = (struct kit_png){.width = 2, .height = 1, .bit_depth = 16, .colour_type = PNG_COLOR_TYPE_RGB, .rows = deep};
    kit_png_write("deep.png", &png);
    CHECK_READ("deep.png", 0x102030, 0x000000);
    static const uint8_t deeper[] = {0x10, 0x11, 0x20, 0x20, 0x30, 0x30, 0, 0, 0, 0, 0, 0};
    struct base_findings findings;
    struct writer_palette palette;
    png.rows = deeper;
    kit_png_write("deeper.png", &png);
    CHECK(!read_file("deeper.png", &palette, &findings));
    CHECK_FINDING(&findings, 0, DIAG_PIXEL_INEXPRESSIBLE, "input", -1, NULL);
    CHECK_U64(palette.count, 99);
    base_findings_free(&findings);
}

UNIT_TEST(only_rows_of_squares_have_the_size_of_a_strip)
{
    for (uint32_t height = 0; height <= 40; height++) {
        for (uint32_t width = 0; width <= 40 * 17; width++) {
            bool is_side = height == 1 || height == 8 || height == 32;
            bool fits = is_side && width % height == 0 && width >= 2 * height && width <= 16 * height;
            CHECK_U64(writer_strip_side(width, height), fits ? height : 0);
        }
    }
}
