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

/* An image of 16 x 8 pixels, so two tiles of 8 x 8: each pixel has the first or the second colour of its tile, or
 * none. Tile 0 has the colours of palette 0, tile 1 those of palette 2. */
enum { WIDTH = 16, HEIGHT = 8, NONE = 0 };

static const uint8_t colours[2][3][3] = {
    {{0, 0, 0}, {255, 0, 0}, {0, 0, 255}},
    {{0, 0, 0}, {0, 255, 0}, {255, 255, 0}},
};

static unsigned wanted(unsigned x, unsigned y)
{
    return (x * 3 + y * 5 + x * y) % 3;
}

static void draw(struct sheet *sheet)
{
    memset(sheet, 0, sizeof *sheet);
    for (unsigned tile = 0; tile < 2; tile++) {
        for (unsigned i = 1; i < 3; i++) {
            set_colour(sheet, tile * 2, i, colours[tile][i][0], colours[tile][i][1], colours[tile][i][2]);
        }
    }
    for (unsigned y = 0; y < HEIGHT; y++) {
        for (unsigned x = 0; x < WIDTH; x++) {
            set_pixel(sheet, x, y, wanted(x, y));
        }
    }
}

/* The indices of the image, with another one in the place of one of them. */
static void draw_indices(struct sheet *sheet, unsigned replaced, unsigned by)
{
    for (unsigned i = 0; i < WIDTH * HEIGHT; i++) {
        unsigned index = wanted(i % WIDTH, i / WIDTH);
        set_pixel(sheet, i % WIDTH, i / WIDTH, index == replaced ? by : index);
    }
}

static struct base_text rgba_image(unsigned alpha_of_none)
{
    static uint8_t rows[HEIGHT][WIDTH][4];
    for (unsigned y = 0; y < HEIGHT; y++) {
        for (unsigned x = 0; x < WIDTH; x++) {
            unsigned colour = wanted(x, y);
            memcpy(rows[y][x], colours[x / 8][colour], 3);
            rows[y][x][1] = colour == NONE ? 99 : rows[y][x][1];
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
#define ONE_PALETTE_HEADER HEADER(GLYPH("1", "a", SHEET("1"), "0"), "")
#define TWO_PALETTES                                                                                                   \
    DECLARATION("GLYPH/indexed_v1",                                                                                    \
                "'palettes':[{'index':2,'path':'two.hex'},{'index':0,'path':'zero.hex'}],'sprites':['a.png']")

static const char zero_hex[] = "000000\nff0000\n0000ff\n";
static const char two_hex[] = "000000\n00ff00\nffff00\n";

static struct source source_of(const char *path, const struct base_text *data)
{
    return (struct source){.path = path, .data = data->data, .size = data->size};
}

/* An image with the two palettes. */
static struct project project_of(const struct sheet *sheet, const struct base_text *png)
{
    return (struct project){.header = SHEET_HEADER,
                            .payload = base_bytes_make(sheet->bytes, sizeof sheet->bytes),
                            .declaration = TWO_PALETTES,
                            .sources = {{.path = "two.hex", .data = two_hex, .size = sizeof two_hex - 1},
                                        {.path = "zero.hex", .data = zero_hex, .size = sizeof zero_hex - 1},
                                        source_of("a.png", png)},
                            .source_count = 3};
}

static void check_image(const struct sheet *sheet, const struct base_text *png, const char *expected, unsigned line)
{
    struct project project = project_of(sheet, png);
    check_project(&project, expected, __FILE__, line);
}
#define CHECK_IMAGE(sheet, png, expected) check_image(sheet, png, expected, __LINE__)

/* An image that brings its palette, or one that has a palette of one file. */
static void check_alone(const struct sheet *sheet, const struct base_text *png, const char *palette,
                        const char *expected, unsigned line)
{
    struct project project = {.header = ONE_PALETTE_HEADER,
                              .payload = base_bytes_make(sheet->bytes, sizeof sheet->bytes),
                              .declaration = DECLARATION("GLYPH/indexed_v1", "'sprites':['a.png']"),
                              .sources = {source_of("a.png", png)},
                              .source_count = 1};
    if (palette != NULL) {
        project.declaration =
            DECLARATION("GLYPH/indexed_v1", "'palettes':[{'index':0,'path':'p.hex'}],'sprites':['a.png']");
        project.sources[1] = project.sources[0];
        project.sources[0] = (struct source){.path = "p.hex", .data = palette, .size = strlen(palette)};
        project.source_count = 2;
    }
    check_project(&project, expected, __FILE__, line);
}
#define CHECK_ALONE(sheet, png, palette, expected) check_alone(sheet, png, palette, expected, __LINE__)

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
    CHECK_IMAGE(&sheet, &png, "a.png: opacity-mismatch:C - #1; a.png: source-mismatch:C - #1");
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
        CHECK_IMAGE(&sheet, &png, "a.png: opacity-mismatch:C - #1");
        set_pixel(&sheet, i % WIDTH, i / WIDTH, 3 - colour);
        CHECK_IMAGE(&sheet, &png, colour == NONE ? "a.png: opacity-mismatch:C - #1" : "a.png: source-mismatch:C - #1");
    }
    base_text_free(&png);
}

UNIT_TEST(an_index_is_the_lowest_one_of_the_lowest_palette)
{
    static struct sheet sheet;
    struct base_text png = rgba_image(0);
    draw(&sheet);
    struct project project = project_of(&sheet, &png);
    static const char doubled[] = "000000\nff0000\n0000ff\nff0000\n";
    set_colour(&sheet, 0, 3, 255, 0, 0);
    project.sources[1] = (struct source){.path = "zero.hex", .data = doubled, .size = sizeof doubled - 1};
    CHECK_PROJECT(&project, "");
    REQUIRE(wanted(0, 2) == 1);
    set_pixel(&sheet, 0, 2, 3); /* the same colour */
    CHECK_PROJECT(&project, "a.png: source-mismatch:C - #1");
    base_text_free(&png);
}

UNIT_TEST(each_entry_of_each_palette_counts)
{
    static struct sheet sheet;
    struct base_text png = rgba_image(0);
    for (unsigned entry = 0; entry < 16; entry++) {
        draw(&sheet);
        set_colour(&sheet, 0, entry, 8, 80, 80);
        CHECK_IMAGE(&sheet, &png, "zero.hex: palette-mismatch:C - #1");
        draw(&sheet);
        set_colour(&sheet, 1, entry, 8, 0, 0); /* no palette is declared there */
        char expected[64];
        (void)snprintf(expected, sizeof expected, "palette-mismatch:C +%u #1",
                       (unsigned)(PLANE_BYTES + PALETTE_BYTES + entry * 2));
        CHECK_IMAGE(&sheet, &png, expected);
    }
    base_text_free(&png);
}

UNIT_TEST(a_palette_that_cannot_be_read)
{
    static struct sheet sheet;
    struct base_text png = rgba_image(0);
    draw(&sheet);
    struct project project = project_of(&sheet, &png);
    project.sources[1] = (struct source){.path = "zero.hex", .data = "000000\nred\n", .size = 11};
    CHECK_PROJECT(&project, "zero.hex: palette-invalid:W @7 #1");
    base_text_free(&png);
}

UNIT_TEST(an_image_may_be_a_declared_palette)
{
    static struct sheet sheet;
    static const uint8_t rows[2] = {0, 1};
    static const uint8_t palette[] = {0, 0, 0, 255, 0, 0, 0, 0, 255};
    struct base_text png = rgba_image(0);
    struct base_text brought = png_make(&(const struct image){.width = 1,
                                                              .height = 2,
                                                              .bit_depth = 8,
                                                              .color_type = PNG_COLOR_TYPE_PALETTE,
                                                              .rows = rows,
                                                              .row_size = 1,
                                                              .palette = palette,
                                                              .palette_size = 3});
    draw(&sheet);
    struct project project = project_of(&sheet, &png);
    project.sources[1] = source_of("zero.hex", &brought);
    CHECK_PROJECT(&project, "");
    set_colour(&sheet, 0, 0, 8, 0, 0);
    CHECK_PROJECT(&project, "zero.hex: palette-mismatch:C - #1");
    project.sources[1] = source_of("zero.hex", &png); /* it has no palette */
    CHECK_PROJECT(&project, "zero.hex: palette-invalid:W - #1");
    base_text_free(&png);
    base_text_free(&brought);
}

UNIT_TEST(a_tile_whose_colours_no_palette_has)
{
    static struct sheet sheet;
    struct base_text png = rgba_image(0);
    draw(&sheet);
    struct project project = project_of(&sheet, &png);
    static const char other[] = "000000\n00ff00\nffff08\n";
    set_colour(&sheet, 2, 2, 255, 255, 8);
    project.sources[0] = (struct source){.path = "two.hex", .data = other, .size = sizeof other - 1};
    CHECK_PROJECT(&project, "a.png: pixel-inexpressible:W - #1");
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
    CHECK_IMAGE(&sheet, &png, "a.png: pixel-translucent:W - #1");
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
        memset(&sheet.bytes[PLANE_BYTES + 2 * PALETTE_BYTES], 0, PALETTE_BYTES);
        set_colour(&sheet, 0, 0, 9, 9, 9);
        CHECK_ALONE(&sheet, &png, NULL, "");
        set_pixel(&sheet, 15, 7, 9);
        CHECK_ALONE(&sheet, &png, NULL, "a.png: source-mismatch:C - #1");
        set_pixel(&sheet, 15, 7, wanted(15, 7));
        set_colour(&sheet, 0, 0, 0, 0, 0);
        CHECK_ALONE(&sheet, &png, NULL, "a.png: palette-mismatch:C - #1");
        base_text_free(&png);
    }
}

UNIT_TEST(images_of_16_bits_hold_8_bits_exactly)
{
    static struct sheet sheet;
    static uint8_t rows[8][8][6];
    for (unsigned exact = 0; exact < 2; exact++) {
        for (unsigned i = 0; i < 64; i++) {
            memcpy(rows[i / 8][i % 8], exact == 1 ? "\x08\x08\x80\x80\xFF\xFF" : "\x08\x08\x80\x81\xFF\xFF", 6);
        }
        struct base_text png = png_make(&(const struct image){.width = 8,
                                                              .height = 8,
                                                              .bit_depth = 16,
                                                              .color_type = PNG_COLOR_TYPE_RGB,
                                                              .rows = &rows[0][0][0],
                                                              .row_size = sizeof rows[0]});
        memset(&sheet, 0, sizeof sheet);
        set_colour(&sheet, 0, 1, 8, 128, 255);
        for (unsigned pixel = 0; pixel < 64; pixel++) {
            set_pixel(&sheet, pixel % 8, pixel / 8, 1);
        }
        CHECK_ALONE(&sheet, &png, "000000\n0880ff\n", exact == 1 ? "" : "a.png: pixel-inexpressible:W - #1");
        base_text_free(&png);
    }
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
    CHECK_ALONE(&sheet, &png, "000000\nffffff\n000000\n", "");
    set_pixel(&sheet, 3, 3, 2);
    CHECK_ALONE(&sheet, &png, "000000\nffffff\n000000\n", "a.png: source-mismatch:C - #1");
    base_text_free(&png);
}

/* ---- Kept indices ---- */

/* The same indices, as an indexed image with this palette. */
static struct base_text kept_image(const uint8_t *plte, int size, uint8_t alpha_of_0)
{
    static uint8_t rows[HEIGHT][WIDTH];
    const uint8_t alpha[] = {alpha_of_0};
    for (unsigned i = 0; i < WIDTH * HEIGHT; i++) {
        rows[i / WIDTH][i % WIDTH] = (uint8_t)wanted(i % WIDTH, i / WIDTH);
    }
    return png_make(&(const struct image){.width = WIDTH,
                                          .height = HEIGHT,
                                          .bit_depth = 8,
                                          .color_type = PNG_COLOR_TYPE_PALETTE,
                                          .rows = &rows[0][0],
                                          .row_size = sizeof rows[0],
                                          .palette = plte,
                                          .palette_size = size,
                                          .alpha = alpha,
                                          .alpha_size = 1});
}

/* The file has red twice. Without kept indices every red pixel would be index 1. */
UNIT_TEST(indices_are_kept_by_the_colours_in_use)
{
    static const char twice_red[] = "0000ff\nff0000\nff0000\n";
    static const uint8_t plte[][15] = {
        {0, 0, 255, 255, 0, 0, 255, 0, 0, 0, 0, 0, 0, 0, 0},   /* the palette, and black after it */
        {0, 0, 255, 255, 0, 0, 255, 0, 0, 0, 255, 0, 9, 9, 9}, /* other colours after it */
        {0, 255, 0, 255, 0, 0, 255, 0, 0, 0, 0, 0, 0, 0, 0},   /* another colour at index 0, which is transparent */
        {0, 0, 255, 255, 0, 0, 248, 0, 0, 0, 255, 0, 0, 0, 0}, /* the same one in RGB565 */
    };
    static const uint8_t other[] = {0, 0, 255, 255, 0, 0, 0, 0, 255}; /* blue is not at entry 2 of the file */
    static struct sheet sheet;
    draw(&sheet);
    memset(&sheet.bytes[PLANE_BYTES], 0, GLYPH_BYTES - PLANE_BYTES);
    set_colour(&sheet, 0, 0, 0, 0, 255);
    set_colour(&sheet, 0, 1, 255, 0, 0);
    set_colour(&sheet, 0, 2, 255, 0, 0);
    for (size_t i = 0; i < sizeof plte / sizeof plte[0]; i++) {
        struct base_text png = kept_image(plte[i], 5, 0);
        draw_indices(&sheet, 2, 2);
        CHECK_ALONE(&sheet, &png, twice_red, "");
        draw_indices(&sheet, 2, 1);
        CHECK_ALONE(&sheet, &png, twice_red, "a.png: source-mismatch:C - #1");
        base_text_free(&png);
    }
    struct base_text png = kept_image(other, 3, 0);
    draw_indices(&sheet, 2, 2);
    CHECK_ALONE(&sheet, &png, twice_red, "a.png: pixel-inexpressible:W - #1");
    base_text_free(&png);
}

/* Palette 0 has the colours in use, palette 2 all of them. Opaque pixels of index 0 show which one was taken. */
UNIT_TEST(the_palette_itself_comes_before_one_that_has_the_colours_in_use)
{
    static const char in_use[] = "0000ff\nff0000\n00ff00\n0000ff\n";
    static const char all[] = "0000ff\nff0000\n00ff00\nffffff\n0000ff\n";
    static const char neither[] = "0000ff\nff0000\n00ff00\nffffff\n";
    static const uint8_t plte[] = {0, 0, 255, 255, 0, 0, 0, 255, 0, 255, 255, 255, 0, 0, 255};
    static struct sheet sheet;
    struct base_text png = kept_image(plte, 5, 255);
    struct project project = project_of(&sheet, &png);
    memset(&sheet, 0, sizeof sheet);
    for (unsigned palette = 0; palette <= 2; palette += 2) {
        set_colour(&sheet, palette, 0, 0, 0, 255);
        set_colour(&sheet, palette, 1, 255, 0, 0);
        set_colour(&sheet, palette, 2, 0, 255, 0);
        set_colour(&sheet, palette, 3, palette == 0 ? 0 : 255, palette == 0 ? 0 : 255, 255);
    }
    project.sources[0] = (struct source){.path = "two.hex", .data = neither, .size = sizeof neither - 1};
    project.sources[1] = (struct source){.path = "zero.hex", .data = in_use, .size = sizeof in_use - 1};
    draw_indices(&sheet, 0, 3);
    CHECK_PROJECT(&project, "");
    project.sources[0] = (struct source){.path = "two.hex", .data = all, .size = sizeof all - 1};
    set_colour(&sheet, 2, 4, 0, 0, 255);
    CHECK_PROJECT(&project, "a.png: source-mismatch:C - #1");
    draw_indices(&sheet, 0, 4);
    CHECK_PROJECT(&project, "");
    base_text_free(&png);
}

/* ---- Images that do not fit ---- */

static struct base_text blank_image(uint32_t width, uint32_t height)
{
    static uint8_t rows[300 * 300 * 2]; /* alpha 0 */
    return png_make(&(const struct image){.width = width,
                                          .height = height,
                                          .bit_depth = 8,
                                          .color_type = PNG_COLOR_TYPE_GRAY_ALPHA,
                                          .rows = rows,
                                          .row_size = (size_t)2 * width});
}

UNIT_TEST(images_that_no_sheet_holds)
{
    static struct sheet sheet;
    const struct {
        uint32_t width, height;
        const char *expected;
    } cases[] = {
        {256, 256, ""},
        {264, 256, "a.png: image-size:W - #1"},
        {264, 240, ""},
        {12, 8, "a.png: image-size:W - #1"},
        {8, 12, "a.png: image-size:W - #1"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct base_text png = blank_image(cases[i].width, cases[i].height);
        memset(&sheet, 0, sizeof sheet);
        CHECK_ALONE(&sheet, &png, "000000\n", cases[i].expected);
        base_text_free(&png);
    }
}

#define SPRITES(list)                                                                                                  \
    DECLARATION("GLYPH/indexed_v1", "'palettes':[{'index':2,'path':'two.hex'},{'index':0,'path':'zero.hex'}],"         \
                                    "'sprites':[" list "]")

UNIT_TEST(several_images_fill_one_sheet_in_list_order)
{
    static struct sheet sheet;
    struct base_text first = rgba_image(0);
    struct base_text second = blank_image(256, 248);
    draw(&sheet);
    struct project project = project_of(&sheet, &first);
    project.declaration = SPRITES("'a.png','a.png'");
    project.sources[3] = project.sources[2];
    project.source_count = 4;
    CHECK_PROJECT(&project, "a.png: opacity-mismatch:C - #1");
    /* The same two tiles once more. */
    for (unsigned y = 0; y < HEIGHT; y++) {
        for (unsigned x = 0; x < WIDTH; x++) {
            set_pixel(&sheet, 16 + x, y, wanted(x, y));
        }
    }
    CHECK_PROJECT(&project, "");
    /* Two tiles, and 992 twice: a sheet has 1,024. */
    project.declaration = SPRITES("'a.png','b.png','b.png'");
    project.sources[3] = source_of("b.png", &second);
    project.sources[4] = project.sources[3];
    project.source_count = 5;
    draw(&sheet);
    CHECK_PROJECT(&project, "b.png: sheet-full:W - #1");
    base_text_free(&first);
    base_text_free(&second);
}

/* Memory follows the sheet, not the length of the list. */
UNIT_TEST(more_sprites_than_a_sheet_has_tiles)
{
    static struct sheet sheet;
    struct base_text png = blank_image(8, 8);
    for (unsigned sprites = 1024; sprites <= 1025; sprites++) {
        struct base_text list = BASE_TEXT_EMPTY;
        struct base_text declaration = BASE_TEXT_EMPTY;
        memset(&sheet, 0, sizeof sheet);
        for (unsigned i = 0; i < sprites; i++) {
            base_text_add_string(&list, i > 0 ? ",'a.png'" : "'a.png'");
        }
        base_text_addf(&declaration,
                       DECLARED_AS("GLYPH/indexed_v1", "'palettes':[{'index':0,'path':'p.hex'}],'sprites':[%s]", "a",
                                   "{'enabled':false}", ""),
                       base_text_string(&list));
        struct project project = {.header = ONE_PALETTE_HEADER,
                                  .payload = base_bytes_make(sheet.bytes, sizeof sheet.bytes),
                                  .declaration = base_text_string(&declaration),
                                  .sources = {{.path = "p.hex", .data = "000000", .size = 6}, source_of("a.png", &png)},
                                  .source_count = 2,
                                  .last_source_times = sprites};
        CHECK_PROJECT(&project, sprites > 1024 ? "a.png: sheet-full:W - #1" : "");
        base_text_free(&list);
        base_text_free(&declaration);
    }
    base_text_free(&png);
}

UNIT_TEST(files_that_are_no_images)
{
    static struct sheet sheet;
    struct base_text png = rgba_image(0);
    struct base_text broken = BASE_TEXT_EMPTY;
    draw(&sheet);
    CHECK_IMAGE(&sheet, &broken, "a.png: image-invalid:W - #1");
    base_text_add_string(&broken, "not a PNG at all, just a few words of text");
    CHECK_IMAGE(&sheet, &broken, "a.png: image-invalid:W - #1");
    for (size_t size = 8; size < png.size; size += 7) {
        base_text_clear(&broken);
        base_text_add(&broken, base_bytes_make(png.data, size));
        CHECK_IMAGE(&sheet, &broken, "a.png: image-invalid:W - #1");
    }
    /* 2^31-1 pixels wide, with the checksum that belongs to it: refused before anything is allocated for them. */
    static const uint8_t huge[] = {0x89, 'P',  'N',  'G',  13,   10,   26,   10, 0, 0, 0, 13, 'I', 'H', 'D', 'R', 0x7f,
                                   0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff, 8,  6, 0, 0, 0,  0,   0,   0,   0};
    base_text_clear(&broken);
    base_text_add(&broken, base_bytes_make(huge, sizeof huge));
    CHECK_IMAGE(&sheet, &broken, "a.png: image-invalid:W - #1");
    base_text_free(&broken);
    base_text_free(&png);
}
