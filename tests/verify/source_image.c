#include "tests/lib/unit.h"
#include "tests/verify/project.h"

#include <png.h>

/* ---- A sheet, written by the test ---- */

struct sheet {
    uint8_t bytes[GLYPH_BYTES];
};

/* The high nibble is the left pixel of its pair. */
static void set_pixel(struct sheet *sheet, unsigned x, unsigned y, unsigned index)
{
    uint8_t *at = &sheet->bytes[(y * 256 + x) / 2];
    *at = (uint8_t)(x % 2 == 0 ? (*at & 0x0F) | index << 4 : (*at & 0xF0) | index);
}

static void set_colour(struct sheet *sheet, unsigned palette, unsigned index, unsigned red, unsigned green,
                       unsigned blue)
{
    base_store_le16(&sheet->bytes[PLANE_BYTES + palette * PALETTE_BYTES + index * 2],
                    (uint16_t)(red >> 3 << 11 | green >> 2 << 5 | blue >> 3));
}

/* An image of 16 x 8 pixels, so two tiles of 8 x 8: each pixel has a colour out of two, or none. */
enum { WIDTH = 16, HEIGHT = 8, NONE = 0, RED = 1, BLUE = 2 };

static unsigned wanted(unsigned x, unsigned y)
{
    return (x * 3 + y * 5 + x * y) % 3;
}

/* Tile 1 is in palette 2, whose colours are the other way round. */
static void draw(struct sheet *sheet)
{
    memset(sheet, 0, sizeof *sheet);
    set_colour(sheet, 0, 1, 255, 0, 0);
    set_colour(sheet, 0, 2, 0, 0, 255);
    set_colour(sheet, 2, 1, 0, 0, 255);
    set_colour(sheet, 2, 2, 255, 0, 0);
    for (unsigned y = 0; y < HEIGHT; y++) {
        for (unsigned x = 0; x < WIDTH; x++) {
            unsigned colour = wanted(x, y);
            set_pixel(sheet, x, y, x < 8 || colour == NONE ? colour : 3 - colour);
        }
    }
}

static struct base_text rgba_image(unsigned alpha_of_none)
{
    static uint8_t rows[HEIGHT][WIDTH][4];
    for (unsigned y = 0; y < HEIGHT; y++) {
        for (unsigned x = 0; x < WIDTH; x++) {
            unsigned colour = wanted(x, y);
            rows[y][x][0] = colour == RED ? 255 : 0;
            rows[y][x][1] = colour == NONE ? 99 : 0;
            rows[y][x][2] = colour == BLUE ? 255 : 0;
            rows[y][x][3] = (uint8_t)(colour == NONE ? alpha_of_none : 255);
        }
    }
    return png_make(&(const struct image){.width = WIDTH,
                                          .height = HEIGHT,
                                          .bit_depth = 8,
                                          .color_type = PNG_COLOR_TYPE_RGB_ALPHA,
                                          .rows = &rows[0][0][0],
                                          .row_size = sizeof rows[0]});
}

#define SHEET_HEADER HEADER(GLYPH("1", "a", SHEET("3"), "0"), "")
#define SPRITES DECLARATION("GLYPH/indexed_v1", "'sprites':['a.png']")

static void check_image(const struct sheet *sheet, const struct base_text *png, const char *expected, unsigned line)
{
    struct project project = {.header = SHEET_HEADER,
                              .payload = base_bytes_make(sheet->bytes, sizeof sheet->bytes),
                              .declaration = SPRITES,
                              .sources = {{.path = "a.png", .data = png->data, .size = png->size}},
                              .source_count = 1};
    check_project(&project, expected, __FILE__, line);
}
#define CHECK_IMAGE(sheet, png, expected) check_image(sheet, png, expected, __LINE__)

UNIT_TEST(a_sheet_gives_back_its_pixels)
{
    static struct sheet sheet;
    struct base_text png = rgba_image(0);
    draw(&sheet);
    CHECK_IMAGE(&sheet, &png, "");
    base_text_free(&png);
}

UNIT_TEST(swapped_nibbles_do_not)
{
    static struct sheet sheet;
    struct base_text png = rgba_image(0);
    draw(&sheet);
    for (size_t i = 0; i < PLANE_BYTES; i++) {
        sheet.bytes[i] = (uint8_t)(sheet.bytes[i] << 4 | sheet.bytes[i] >> 4);
    }
    CHECK_IMAGE(&sheet, &png, "a.png: source-mismatch:C - #1");
    base_text_free(&png);
}

UNIT_TEST(every_pixel_counts)
{
    static struct sheet sheet;
    struct base_text png = rgba_image(0);
    for (unsigned i = 0; i < WIDTH * HEIGHT; i += 5) {
        draw(&sheet);
        /* A third colour of the palette, a transparent pixel, and another colour's index. */
        unsigned colour = wanted(i % WIDTH, i / WIDTH);
        set_pixel(&sheet, i % WIDTH, i / WIDTH, colour == NONE ? 5 : 0);
        CHECK_IMAGE(&sheet, &png, "a.png: source-mismatch:C - #1");
    }
    base_text_free(&png);
}

UNIT_TEST(one_palette_must_do_for_a_tile)
{
    static struct sheet sheet;
    struct base_text png = rgba_image(0);
    draw(&sheet);
    set_colour(&sheet, 2, 2, 255, 0, 8);
    CHECK_IMAGE(&sheet, &png, "a.png: source-mismatch:C - #1");
    /* A palette beyond the authored ones does not count. */
    draw(&sheet);
    memset(&sheet.bytes[PLANE_BYTES + 2 * PALETTE_BYTES], 0, PALETTE_BYTES);
    set_colour(&sheet, 3, 1, 0, 0, 255);
    set_colour(&sheet, 3, 2, 255, 0, 0);
    CHECK_IMAGE(&sheet, &png, "glyph-palette-unused:C +32866 /asset_table/0 #1; a.png: source-mismatch:C - #1");
    base_text_free(&png);
}

UNIT_TEST(after_the_last_tile_nothing_is_drawn)
{
    static struct sheet sheet;
    struct base_text png = rgba_image(0);
    draw(&sheet);
    set_pixel(&sheet, 16, 0, 1);
    CHECK_IMAGE(&sheet, &png, "source-mismatch:C +0 #1");
    draw(&sheet);
    set_pixel(&sheet, 255, 255, 1);
    CHECK_IMAGE(&sheet, &png, "source-mismatch:C +0 #1");
    base_text_free(&png);
}

UNIT_TEST(a_translucent_pixel_has_no_index)
{
    static struct sheet sheet;
    struct base_text png = rgba_image(128);
    draw(&sheet);
    CHECK_IMAGE(&sheet, &png, "a.png: source-mismatch:C - #1");
    base_text_free(&png);
}

/* ---- Kinds of PNG ---- */

UNIT_TEST(an_indexed_image_with_transparency)
{
    static struct sheet sheet;
    static uint8_t rows[HEIGHT][WIDTH / 4];
    static const uint8_t palette[] = {9, 9, 9, 255, 0, 0, 0, 0, 255};
    static const uint8_t alpha[] = {0};
    memset(rows, 0, sizeof rows);
    for (unsigned y = 0; y < HEIGHT; y++) {
        for (unsigned x = 0; x < WIDTH; x++) {
            rows[y][x / 4] = (uint8_t)(rows[y][x / 4] | wanted(x, y) << (6 - x % 4 * 2));
        }
    }
    for (int interlaced = 0; interlaced < 2; interlaced++) {
        struct base_text png = png_make(&(const struct image){.width = WIDTH,
                                                              .height = HEIGHT,
                                                              .bit_depth = 2,
                                                              .color_type = PNG_COLOR_TYPE_PALETTE,
                                                              .interlaced = interlaced != 0,
                                                              .rows = &rows[0][0],
                                                              .row_size = sizeof rows[0],
                                                              .palette = palette,
                                                              .palette_size = 3,
                                                              .alpha = alpha,
                                                              .alpha_size = 1});
        draw(&sheet);
        CHECK_IMAGE(&sheet, &png, "");
        set_pixel(&sheet, 15, 7, 9);
        CHECK_IMAGE(&sheet, &png, "a.png: source-mismatch:C - #1");
        base_text_free(&png);
    }
}

UNIT_TEST(images_of_16_bits_may_be_cut_or_rounded)
{
    static struct sheet sheet;
    static uint8_t rows[8][8][6];
    /* 0x07F8: cut 7, rounded 8. */
    for (unsigned i = 0; i < 64; i++) {
        memcpy(rows[i / 8][i % 8], "\x07\xF8\x80\x00\xFF\xFF", 6);
    }
    struct base_text png = png_make(&(const struct image){.width = 8,
                                                          .height = 8,
                                                          .bit_depth = 16,
                                                          .color_type = PNG_COLOR_TYPE_RGB,
                                                          .rows = &rows[0][0][0],
                                                          .row_size = sizeof rows[0]});
    const unsigned reds[] = {7, 8, 16};
    for (size_t i = 0; i < sizeof reds / sizeof reds[0]; i++) {
        memset(&sheet, 0, sizeof sheet);
        set_colour(&sheet, 1, 15, reds[i], 128, 255);
        for (unsigned pixel = 0; pixel < 64; pixel++) {
            set_pixel(&sheet, pixel % 8, pixel / 8, 15);
        }
        CHECK_IMAGE(&sheet, &png, reds[i] < 16 ? "" : "a.png: source-mismatch:C - #1");
    }
    base_text_free(&png);
}

UNIT_TEST(greyscale_of_one_bit)
{
    static struct sheet sheet;
    static const uint8_t rows[8] = {0x80, 0x40, 0x20, 0x10, 0x08, 0x04, 0x02, 0x01};
    struct base_text png = png_make(&(const struct image){
        .width = 8, .height = 8, .bit_depth = 1, .color_type = PNG_COLOR_TYPE_GRAY, .rows = rows, .row_size = 1});
    memset(&sheet, 0, sizeof sheet);
    set_colour(&sheet, 0, 1, 255, 255, 255);
    for (unsigned i = 0; i < 64; i++) {
        set_pixel(&sheet, i % 8, i / 8, i % 9 == 0 ? 1 : 2);
    }
    CHECK_IMAGE(&sheet, &png, "");
    set_pixel(&sheet, 3, 3, 2);
    CHECK_IMAGE(&sheet, &png, "a.png: source-mismatch:C - #1");
    base_text_free(&png);
}

/* ---- Images that do not fit ---- */

static struct base_text blank_image(uint32_t width, uint32_t height)
{
    static uint8_t rows[300 * 300];
    return png_make(&(const struct image){.width = width,
                                          .height = height,
                                          .bit_depth = 8,
                                          .color_type = PNG_COLOR_TYPE_GRAY,
                                          .rows = rows,
                                          .row_size = width});
}

UNIT_TEST(images_that_no_sheet_holds)
{
    static struct sheet sheet;
    const struct {
        uint32_t width, height;
        const char *expected;
    } cases[] = {
        {256, 256, ""},
        {264, 256, "a.png: source-mismatch:C - #1"},
        {264, 240, ""},
        {12, 8, "a.png: source-mismatch:C - #1"},
        {8, 12, "a.png: source-mismatch:C - #1"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct base_text png = blank_image(cases[i].width, cases[i].height);
        memset(&sheet, 0, sizeof sheet);
        CHECK_IMAGE(&sheet, &png, cases[i].expected);
        base_text_free(&png);
    }
}

UNIT_TEST(several_images_fill_one_sheet_in_list_order)
{
    static struct sheet sheet;
    struct base_text first = rgba_image(0);
    struct base_text second = blank_image(256, 248);
    memset(&sheet, 0, sizeof sheet);
    draw(&sheet);
    struct project project = {.header = SHEET_HEADER,
                              .payload = base_bytes_make(sheet.bytes, sizeof sheet.bytes),
                              .declaration =
                                  DECLARATION("GLYPH/indexed_v1", "'palettes':[],'sprites':['a.png','a.png']"),
                              .sources = {{.path = "a.png", .data = first.data, .size = first.size},
                                          {.path = "a.png", .data = first.data, .size = first.size}},
                              .source_count = 2};
    CHECK_PROJECT(&project, "a.png: source-mismatch:C - #1");
    /* The same two tiles once more. */
    for (unsigned y = 0; y < HEIGHT; y++) {
        for (unsigned x = 0; x < WIDTH; x++) {
            unsigned colour = wanted(x, y);
            set_pixel(&sheet, 16 + x, y, colour);
        }
    }
    CHECK_PROJECT(&project, "");
    /* 992 tiles after two: two of them find no place any more... only when there are more than 1,022. */
    project.declaration = DECLARATION("GLYPH/indexed_v1", "'sprites':['a.png','b.png','b.png']");
    project.sources[1] = (struct source){.path = "b.png", .data = second.data, .size = second.size};
    project.sources[2] = project.sources[1];
    project.source_count = 3;
    draw(&sheet);
    CHECK_PROJECT(&project, "b.png: source-mismatch:C - #1");
    base_text_free(&first);
    base_text_free(&second);
}

UNIT_TEST(files_that_are_no_images)
{
    static struct sheet sheet;
    struct base_text png = rgba_image(0);
    struct base_text broken = BASE_TEXT_EMPTY;
    draw(&sheet);
    CHECK_IMAGE(&sheet, &broken, "a.png: source-mismatch:C - #1");
    base_text_add_string(&broken, "not a PNG at all, just a few words of text");
    CHECK_IMAGE(&sheet, &broken, "a.png: source-mismatch:C - #1");
    for (size_t size = 8; size < png.size; size += 7) {
        base_text_clear(&broken);
        base_text_add(&broken, base_bytes_make(png.data, size));
        CHECK_IMAGE(&sheet, &broken, "a.png: source-mismatch:C - #1");
    }
    /* 2^31-1 pixels wide, with the checksum that belongs to it: refused before anything is allocated for them. */
    static const uint8_t huge[] = {0x89, 'P',  'N',  'G',  13,   10,   26,   10, 0, 0, 0, 13, 'I', 'H', 'D', 'R', 0x7f,
                                   0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff, 8,  6, 0, 0, 0,  0,   0,   0,   0};
    base_text_clear(&broken);
    base_text_add(&broken, base_bytes_make(huge, sizeof huge));
    CHECK_IMAGE(&sheet, &broken, "a.png: source-mismatch:C - #1");
    base_text_free(&broken);
    base_text_free(&png);
}
