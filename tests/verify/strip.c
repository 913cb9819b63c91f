/* The verifier's reading of palettes that are painted as a row of squares: workspace.md, 3.2.1. */
#include "verify/sources/strip.h"

#include "tests/lib/unit.h"
#include "tests/verify/project.h"

#include <png.h>

enum { SIDE_MAX = 32, SQUARES_MAX = 20 };

/* An image of one row of squares, which a test may change before it is read. */
struct row {
    struct verify_pixel pixels[SIDE_MAX * SIDE_MAX * SQUARES_MAX];
    struct verify_pixels image;
};

static uint16_t widen(unsigned sample)
{
    return (uint16_t)(sample * 257);
}

/* Square i has the colour 10 i + 1, 10 i + 2, 10 i + 3, and is opaque. */
static void draw(struct row *row, uint32_t side, uint32_t squares)
{
    row->image = (struct verify_pixels){.width = side * squares, .height = side, .pixels = row->pixels};
    for (uint32_t i = 0; i < row->image.width * side; i++) {
        unsigned first = 10 * (i % row->image.width / side) + 1;
        row->pixels[i] = (struct verify_pixel){
            .red = widen(first), .green = widen(first + 1), .blue = widen(first + 2), .alpha = UINT16_MAX};
    }
}

static void set_alpha(struct row *row, uint32_t square, uint16_t alpha)
{
    uint32_t side = row->image.height;
    for (uint32_t i = 0; i < row->image.width * side; i++) {
        if (i % row->image.width / side == square) {
            row->pixels[i].alpha = alpha;
        }
    }
}

static void check_read(const struct row *row, size_t count)
{
    struct verify_palette palette = {.count = 99};
    CHECK(verify_strip_read(&row->image, &palette));
    CHECK_U64(palette.count, count);
    for (size_t i = 0; i < count && i < palette.count; i++) {
        CHECK_U64(palette.colours[i].red, 10 * i + 1);
        CHECK_U64(palette.colours[i].green, 10 * i + 2);
        CHECK_U64(palette.colours[i].blue, 10 * i + 3);
    }
}

static void check_is_none(const struct row *row)
{
    struct verify_palette palette = {.count = 99};
    CHECK(!verify_strip_read(&row->image, &palette));
    CHECK_U64(palette.count, 99);
}

static struct row row;

UNIT_TEST(squares_of_three_sizes_are_read)
{
    static const uint32_t sides[] = {1, 8, 32};
    for (size_t i = 0; i < sizeof sides / sizeof sides[0]; i++) {
        for (uint32_t squares = 2; squares <= 16; squares++) {
            draw(&row, sides[i], squares);
            check_read(&row, squares);
        }
        draw(&row, sides[i], 1);
        check_is_none(&row);
        draw(&row, sides[i], 17);
        check_is_none(&row);
    }
}

UNIT_TEST(squares_of_other_sizes_are_refused)
{
    static const uint32_t sides[] = {2, 4, 7, 9, 16, 31};
    for (size_t i = 0; i < sizeof sides / sizeof sides[0]; i++) {
        draw(&row, sides[i], 3);
        check_is_none(&row);
    }
    draw(&row, 8, 3);
    row.image.width--;
    check_is_none(&row);
}

/* Each pixel of a square counts, in each channel, and colours that are one for the console are two here. */
UNIT_TEST(a_square_of_several_colours_is_refused)
{
    for (uint32_t i = 0; i < 8 * 8 * 2; i++) {
        draw(&row, 8, 2);
        row.pixels[i].red ^= 0x0101;
        check_is_none(&row);
        draw(&row, 8, 2);
        row.pixels[i].green ^= 0xFFFF;
        check_is_none(&row);
        draw(&row, 8, 2);
        row.pixels[i].blue = 0;
        check_is_none(&row);
    }
}

UNIT_TEST(opaque_pixels_have_colours_that_8_bits_hold)
{
    draw(&row, 1, 4);
    row.pixels[2].red++;
    check_is_none(&row);
    draw(&row, 1, 4);
    row.pixels[0].green--;
    check_is_none(&row);
    set_alpha(&row, 0, 1);
    row.pixels[0].green = 0x0207;
    check_read(&row, 4);
}

UNIT_TEST(alpha_of_the_first_square_means_nothing)
{
    draw(&row, 8, 3);
    set_alpha(&row, 0, 0);
    check_read(&row, 3);
    row.pixels[3].alpha = 77;
    check_read(&row, 3);
    set_alpha(&row, 1, 0);
    check_is_none(&row);
    draw(&row, 8, 3);
    row.pixels[23].alpha = UINT16_MAX - 1;
    check_is_none(&row);
}

UNIT_TEST(clear_squares_at_the_end_do_not_count)
{
    draw(&row, 8, 5);
    set_alpha(&row, 4, 0);
    row.pixels[39].red = 7;
    check_read(&row, 4);
    set_alpha(&row, 3, 0);
    check_read(&row, 3);
    row.pixels[24].alpha = 1;
    check_is_none(&row);
    row.pixels[24].alpha = 0;
    set_alpha(&row, 2, 0);
    check_read(&row, 2);
    set_alpha(&row, 1, 0);
    check_is_none(&row);
    set_alpha(&row, 0, 0);
    check_is_none(&row);
}

UNIT_TEST(two_colours_are_needed_and_may_be_repeated)
{
    struct verify_palette palette;
    draw(&row, 1, 3);
    row.pixels[2] = row.pixels[0];
    CHECK(verify_strip_read(&row.image, &palette));
    CHECK_U64(palette.count, 3);
    CHECK_U64(palette.colours[2].red, 1);
    row.pixels[1] = row.pixels[0];
    check_is_none(&row);
}

UNIT_TEST(colours_of_an_indexed_image_count_and_not_its_indices)
{
    static uint8_t indices[] = {2, 200, 0, 1};
    struct verify_palette palette;
    struct verify_pixels image = {.width = 4, .height = 1, .indices = indices, .colour_count = 201};
    memset(image.alpha, UINT8_MAX, sizeof image.alpha);
    image.colours[1] = (struct verify_palette_colour){.red = 11};
    image.colours[2] = (struct verify_palette_colour){.red = 22};
    image.colours[200] = (struct verify_palette_colour){.red = 33};
    CHECK(verify_strip_read(&image, &palette));
    CHECK_U64(palette.count, 4);
    CHECK_U64(palette.colours[0].red, 22);
    CHECK_U64(palette.colours[1].red, 33);
    CHECK_U64(palette.colours[3].red, 11);
    image.alpha[1] = 0;
    CHECK(verify_strip_read(&image, &palette));
    CHECK_U64(palette.count, 3);
    image.alpha[200] = 0;
    CHECK(!verify_strip_read(&image, &palette));
}

/* ---- In a project ---- */

/* A sheet whose first tile has entry 1 of palette 0 everywhere, with these colours at its entries. */
static void draw_sheet(uint8_t sheet[GLYPH_BYTES], const uint16_t *colours, size_t count)
{
    memset(sheet, 0, GLYPH_BYTES);
    for (size_t y = 0; y < 8; y++) {
        memset(sheet + y * 128, 0x11, 4);
    }
    for (size_t i = 0; i < count; i++) {
        base_store_le16(&sheet[PLANE_BYTES + i * 2], colours[i]);
    }
}

/* The sheet of a sprite of one tile, blue or grey, with a palette that is the strip. */
static void check_strip(const struct image *strip, const uint16_t *colours, size_t count, const char *expected)
{
    static uint8_t sheet[GLYPH_BYTES];
    static const uint8_t blue[3] = {0, 0, 255};
    static const uint8_t grey[3] = {0x55, 0x55, 0x55};
    static uint8_t tile[8][8][3];
    for (size_t i = 0; i < 64; i++) {
        memcpy(tile[i / 8][i % 8], strip->color_type == PNG_COLOR_TYPE_GRAY ? grey : blue, sizeof blue);
    }
    struct base_text sprite = png_make(&(const struct image){.width = 8,
                                                             .height = 8,
                                                             .bit_depth = 8,
                                                             .color_type = PNG_COLOR_TYPE_RGB,
                                                             .rows = &tile[0][0][0],
                                                             .row_size = sizeof tile[0]});
    struct base_text palette = png_make(strip);
    draw_sheet(sheet, colours, count);
    const struct project project = {
        .header = HEADER(GLYPH("1", "a", SHEET("1"), "0"), ""),
        .payload = base_bytes_make(sheet, sizeof sheet),
        .declaration = DECLARATION("GLYPH/indexed_v1", "'palettes':[{'index':0,'path':'p.png'}],'sprites':['a.png']"),
        .sources = {{.path = "p.png", .data = palette.data, .size = palette.size},
                    {.path = "a.png", .data = sprite.data, .size = sprite.size}},
        .source_count = 2};
    CHECK_PROJECT(&project, expected);
    base_text_free(&sprite);
    base_text_free(&palette);
}

UNIT_TEST(a_strip_is_the_palette_of_a_sheet)
{
    static const uint8_t rows[4][4] = {{255, 255, 255, 9}, {0, 0, 255, 255}, {255, 0, 0, 255}, {0, 0, 255, 255}};
    static const uint16_t right[] = {0xFFFF, 0x001F, 0xF800, 0x001F};
    static const uint16_t reversed[] = {0x001F, 0xF800, 0x001F, 0xFFFF};
    static const uint16_t without_first[] = {0, 0x001F, 0xF800, 0x001F};
    const struct image strip = {.width = 4,
                                .height = 1,
                                .bit_depth = 8,
                                .color_type = PNG_COLOR_TYPE_RGB_ALPHA,
                                .rows = &rows[0][0],
                                .row_size = sizeof rows};
    check_strip(&strip, right, 4, "");
    check_strip(&strip, right, 3, "p.png: palette-mismatch:C - #1");
    check_strip(&strip, reversed, 4, "p.png: palette-mismatch:C - #1");
    check_strip(&strip, without_first, 4, "p.png: palette-mismatch:C - #1");
}

/* Samples of fewer than 8 bits are widened: of 2 bits, 1 becomes 85. */
UNIT_TEST(a_grey_strip_has_grey_colours)
{
    static const uint8_t rows[1] = {0x1B};
    static const uint16_t grey[] = {0x0000, 0x52AA, 0xAD55, 0xFFFF};
    const struct image strip = {.width = 4,
                                .height = 1,
                                .bit_depth = 2,
                                .color_type = PNG_COLOR_TYPE_GRAY,
                                .rows = rows,
                                .row_size = sizeof rows};
    check_strip(&strip, grey, 4, "");
}

/* The entries 2 and 1 are used. */
static const uint8_t shown[2] = {2, 1};
static const uint8_t plte[4][3] = {{255, 255, 255}, {0, 0, 255}, {255, 0, 0}, {0, 255, 0}};
static const uint8_t plte_in_order[4][3] = {{255, 0, 0}, {0, 0, 255}, {9, 9, 9}, {0, 255, 0}};

/* An indexed strip has its own palette if that begins with what it shows. */
UNIT_TEST(an_indexed_strip_shows_its_palette)
{
    static const uint8_t in_order[2] = {0, 1};
    static const uint16_t two[] = {0xF800, 0x001F};
    static const uint16_t all[] = {0xF800, 0x001F, 0x0841, 0x07E0};
    struct image strip = {.width = 2,
                          .height = 1,
                          .bit_depth = 8,
                          .color_type = PNG_COLOR_TYPE_PALETTE,
                          .rows = shown,
                          .row_size = sizeof shown,
                          .palette = &plte[0][0],
                          .palette_size = 4};
    check_strip(&strip, two, 2, "");
    strip.rows = in_order;
    strip.palette = &plte_in_order[0][0];
    check_strip(&strip, all, 4, "");
    check_strip(&strip, two, 2, "p.png: palette-mismatch:C - #1");
}

UNIT_TEST(another_picture_is_not_a_palette)
{
    static const uint8_t rows[2][4] = {{1, 2, 3, 4}, {1, 2, 3, 4}};
    const struct image picture = {.width = 4,
                                  .height = 2,
                                  .bit_depth = 8,
                                  .color_type = PNG_COLOR_TYPE_GRAY,
                                  .rows = &rows[0][0],
                                  .row_size = sizeof rows[0]};
    check_strip(&picture, NULL, 0, "p.png: palette-invalid:W - #1");
}
