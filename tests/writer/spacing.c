/* Sheets with gaps: what image-size says of them, and of what is none. docs/contracts/workspace.md, 3.2.2.1. */
#include "writer/image/spacing.h"
#include "tests/writer/kit.h"
#include "writer/image/picture_size.h"

#include <stdlib.h>

enum { ART = 0x00804020, CLEAR = 0x00FFFFFF };

/* A sheet to be drawn. Behind the last tile of each row and column come `after` pixels. */
struct drawing {
    struct writer_spacing spacing;
    uint32_t after;
    uint32_t between; /* 0xAARRGGBB */
};

static uint32_t side_of(const struct drawing *drawing, uint32_t count)
{
    const struct writer_spacing *spacing = &drawing->spacing;
    return spacing->margin + count * spacing->tile + (count - 1) * spacing->gap + drawing->after;
}

/* The coordinate inside its tile, or -1 between two. */
static int inside(const struct drawing *drawing, uint32_t at, uint32_t count)
{
    uint32_t from = drawing->spacing.margin;
    for (uint32_t i = 0; i < count; i++) {
        if (at >= from && at < from + drawing->spacing.tile) {
            return (int)(at - from);
        }
        from += drawing->spacing.tile + drawing->spacing.gap;
    }
    return -1;
}

/* Each pixel of a tile has another colour than its neighbours. */
static uint32_t *draw(const struct drawing *drawing, uint32_t *width, uint32_t *height)
{
    *width = side_of(drawing, drawing->spacing.columns);
    *height = side_of(drawing, drawing->spacing.rows);
    uint32_t *pixels = calloc((size_t)*width * *height, sizeof *pixels);
    REQUIRE(pixels != NULL);
    for (uint32_t i = 0; i < *width * *height; i++) {
        int x = inside(drawing, i % *width, drawing->spacing.columns);
        int y = inside(drawing, i / *width, drawing->spacing.rows);
        pixels[i] = x < 0 || y < 0 ? drawing->between : 0xFF000000 | (uint32_t)(ART + 7 * x + 3 * y);
    }
    return pixels;
}

/* Checks the size of p.png for tiles of 16. */
static bool check_size(bool pad, struct base_findings *findings)
{
    struct writer_reporter report = kit_report(findings);
    struct writer_source source = kit_source("p.png");
    struct writer_png png;
    bool fine = writer_png_open(&png, &source, &report) && writer_picture_check_size(&png, 16, pad, &report);
    writer_png_close(&png);
    writer_source_end(&source);
    return fine;
}

static void check_says(const char *message, enum diag_cause cause, const char *subject)
{
    struct base_findings findings;
    CHECK(!check_size(false, &findings));
    REQUIRE(findings.count == 1);
    CHECK_FINDING(&findings, 0, DIAG_IMAGE_SIZE, "input", -1, message);
    CHECK(findings.items[0].cause == cause);
    CHECK_STRING(findings.items[0].subject != NULL ? findings.items[0].subject : "", subject);
    base_findings_free(&findings);
}

static void check_drawn(const struct drawing *drawing, const char *message, enum diag_cause cause, const char *subject)
{
    uint32_t width;
    uint32_t height;
    uint32_t *pixels = draw(drawing, &width, &height);
    kit_png_rgba("p.png", width, height, pixels);
    free(pixels);
    check_says(message, cause, subject);
}

UNIT_TEST(a_sheet_with_gaps_is_said_to_be_one)
{
    static const struct {
        struct drawing drawing;
        const char *message;
        const char *without;
    } cases[] = {
        {{{16, 1, 0, 12, 11}, 0, CLEAR},
         "the image is 203 x 186: it looks like a sheet of 12 x 11 tiles of 16 x 16 with 1 pixel between them",
         "192 x 176"},
        {{{16, 1, 0, 3, 2}, 1, 0xFFFF00FF},
         "the image is 51 x 34: it looks like a sheet of 3 x 2 tiles of 16 x 16 with 1 pixel between them",
         "48 x 32"},
        {{{16, 2, 1, 3, 1}, 1, CLEAR},
         "the image is 54 x 18: it looks like a sheet of 3 x 1 tiles of 16 x 16 with 2 pixels between them and a "
         "margin of 1 "
         "pixel",
         "48 x 16"},
        {{{32, 4, 3, 2, 2}, 3, 0xFF000000},
         "the image is 74 x 74: it looks like a sheet of 2 x 2 tiles of 32 x 32 with 4 pixels between them and a "
         "margin of 3 "
         "pixels",
         "64 x 64"},
        {{{8, 1, 0, 1, 2}, 0, CLEAR},
         "the image is 8 x 17: it looks like a sheet of 1 x 2 tiles of 8 x 8 with 1 pixel between them",
         "8 x 16"},
        {{{16, 0, 2, 3, 3}, 2, 0xFF123456},
         "the image is 52 x 52: it looks like a sheet of 3 x 3 tiles of 16 x 16 with a margin of 2 pixels",
         "48 x 48"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        check_drawn(&cases[i].drawing, cases[i].message, DIAG_CAUSE_IMAGE_SPACED, cases[i].without);
    }
}

UNIT_TEST(a_large_sheet_with_gaps_has_to_be_split_as_well)
{
    static const struct drawing drawing = {{16, 1, 0, 57, 31}, 0, CLEAR};
    check_drawn(&drawing,
                "the image is 968 x 526: it looks like a sheet of 57 x 31 tiles of 16 x 16 with 1 pixel between them",
                DIAG_CAUSE_IMAGE_SPACED_LARGE, "912 x 496");
}

UNIT_TEST(a_pixel_between_the_tiles_decides)
{
    static const struct drawing drawing = {{16, 1, 0, 3, 2}, 0, CLEAR};
    uint32_t width;
    uint32_t height;
    uint32_t *pixels = draw(&drawing, &width, &height);
    static const char plain[] = "the image is 50 x 33: not whole tiles of 16 x 16";
    pixels[5 * width + 16] = 0xFF000000;
    kit_png_rgba("p.png", width, height, pixels);
    check_says(plain, DIAG_CAUSE_IMAGE_TILES, "64 x 48");
    pixels[5 * width + 16] = 0x00123456; /* transparent pixels are alike */
    kit_png_rgba("p.png", width, height, pixels);
    check_says("the image is 50 x 33: it looks like a sheet of 3 x 2 tiles of 16 x 16 with 1 pixel between them",
               DIAG_CAUSE_IMAGE_SPACED, "48 x 32");
    for (uint32_t i = 0; i < width * height; i++) {
        pixels[i] = CLEAR;
    }
    kit_png_rgba("p.png", width, height, pixels); /* nothing is drawn */
    check_says(plain, DIAG_CAUSE_IMAGE_TILES, "64 x 48");
    free(pixels);
}

UNIT_TEST(one_tile_is_not_a_sheet)
{
    static const struct drawing drawing = {{16, 0, 3, 1, 1}, 3, CLEAR};
    uint32_t width;
    uint32_t height;
    uint32_t *pixels = draw(&drawing, &width, &height);
    pixels[0] = 0xFF000000; /* else it has four tiles of 8 and a margin */
    kit_png_rgba("p.png", width, height, pixels);
    free(pixels);
    check_says("the image is 22 x 22: not whole tiles of 16 x 16", DIAG_CAUSE_IMAGE_TILES, "32 x 32");
}

/* Where the size is a multiple of 8, or pictures are padded, nothing is looked for. */
UNIT_TEST(sizes_that_are_right_are_not_looked_at)
{
    static const struct drawing drawing = {{16, 4, 2, 2, 2}, 2, CLEAR}; /* 40 x 40 */
    uint32_t width;
    uint32_t height;
    uint32_t *pixels = draw(&drawing, &width, &height);
    struct base_findings findings;
    kit_png_rgba("p.png", width, height, pixels);
    free(pixels);
    check_says("the image is 40 x 40: not whole tiles of 16 x 16", DIAG_CAUSE_IMAGE_TILES, "48 x 48");
    CHECK(check_size(true, &findings));
    CHECK_U64(findings.count, 0);
    base_findings_free(&findings);
}

UNIT_TEST(a_palette_of_too_many_colours_is_said_to_be_one)
{
    uint32_t pixels[257];
    for (uint32_t i = 0; i < 257; i++) {
        pixels[i] = 0xFF000000 | i;
    }
    kit_png_rgba("p.png", 32, 1, pixels);
    check_says("the image is 32 x 1: it looks like a palette of 32 colours", DIAG_CAUSE_IMAGE_PALETTE, "");
    kit_png_rgba("p.png", 17, 1, pixels);
    check_says("the image is 17 x 1: it looks like a palette of 17 colours", DIAG_CAUSE_IMAGE_PALETTE, "");
    kit_png_rgba("p.png", 16, 1, pixels);
    check_says("the image is 16 x 1: not whole tiles of 16 x 16", DIAG_CAUSE_IMAGE_TILES, "16 x 16");
    kit_png_rgba("p.png", 257, 1, pixels);
    check_says("the image is 257 x 1: not whole tiles of 16 x 16", DIAG_CAUSE_IMAGE_TILES, "272 x 16");
    struct base_findings findings;
    kit_png_rgba("p.png", 32, 1, pixels);
    CHECK(check_size(true, &findings));
    base_findings_free(&findings);
}

/* The size of a picture is wrong, whatever else is. */
UNIT_TEST(a_picture_that_cannot_be_decoded_has_its_size_reported)
{
    static const struct drawing drawing = {{16, 1, 0, 3, 2}, 0, CLEAR};
    uint32_t width;
    uint32_t height;
    uint32_t *pixels = draw(&drawing, &width, &height);
    kit_png_rgba("p.png", width, height, pixels);
    free(pixels);
    struct base_text file = kit_read("p.png");
    unit_write_file("p.png", file.data, file.size - 20);
    base_text_free(&file);
    check_says("the image is 50 x 33: not whole tiles of 16 x 16", DIAG_CAUSE_IMAGE_TILES, "64 x 48");
}
