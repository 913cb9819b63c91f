/* What is said of sources that differ: which one, where in it, and how. */
#include "tests/lib/place.h"
#include "tests/lib/unit.h"
#include "tests/verify/project.h"

#include <png.h>
#include <stdlib.h>
#include <unistd.h>

/* Verifies what is in unit_path("project") and compares the only finding. file: below the asset root, or NULL for
 * the pack. Positions in asset.json are tested in declarations.c. */
static void check_said_of(const struct build *build, const char *file, const char *message, unsigned line)
{
    struct verify_options options = {.jobs = 1, .sources = unit_path("project")};
    struct verify_build_bytes bytes = build_bytes(build);
    struct verify_report report;
    char path[256] = "assets.pa";
    verify_bytes(&bytes, &options, &report);
    (void)unit_check_u64(report.findings.count, 1, message, __FILE__, line);
    if (file != NULL) {
        (void)snprintf(path, sizeof path, "%s/assets/root/%s", unit_path("project"), file);
    }
    if (report.findings.count > 0) {
        const struct base_finding *finding = &report.findings.items[0];
        char said[256];
        int size = 0;
        if (finding->place.has_pixel) {
            size = snprintf(said, sizeof said, "pixel x %u, y %u: ", (unsigned)finding->place.x,
                            (unsigned)finding->place.y);
        }
        (void)snprintf(said + size, sizeof said - (size_t)size, "%s", finding->message);
        (void)unit_check_string(said, message, "message", __FILE__, line);
        (void)unit_check_string(finding->file, path, "file", __FILE__, line);
        if (file == NULL || strcmp(file, "asset.json") != 0) {
            CHECK(place_byte(finding) == (file != NULL ? -1 : (int64_t)build->payload_at));
        }
        CHECK(finding->place.asset_id == 1);
    }
    verify_report_free(&report);
}

static void check_said(const struct project *project, const char *file, const char *message, unsigned line)
{
    struct build build = project_make(project);
    check_said_of(&build, file, message, line);
    build_free(&build);
}
#define CHECK_SAID(project, file, message) check_said(project, file, message, __LINE__)

/* ---- Raw ---- */

#define RAW_BYTES 140000

static uint8_t raw_bytes[RAW_BYTES];

static struct project raw(const char *declaration)
{
    static uint8_t other[RAW_BYTES];
    memcpy(other, raw_bytes, sizeof other);
    return (struct project){.header = HEADER(SCENE("1", "a", "0", "140000"), ""),
                            .payload = base_bytes_make(raw_bytes, sizeof raw_bytes),
                            .declaration = declaration,
                            .sources = {{.path = "one.bin", .data = other, .size = sizeof other}},
                            .source_count = 1};
}
#define RAW DECLARATION("SCENE/raw_v1", "'sources':['one.bin']")

UNIT_TEST(an_input_that_differs_from_its_record)
{
    struct project project = raw(RAW);
    struct build build = project_make(&project);
    unit_write_file("project/assets/root/one.bin", "1234567", 7);
    check_said_of(&build, "one.bin", "the source has 7 bytes, and had 140000 when it was packed", __LINE__);
    raw_bytes[RAW_BYTES - 1] ^= 1;
    unit_write_file("project/assets/root/one.bin", raw_bytes, sizeof raw_bytes);
    raw_bytes[RAW_BYTES - 1] ^= 1;
    check_said_of(&build, "one.bin", "the source is not the one that was packed: its hash differs", __LINE__);
    REQUIRE(unlink(unit_path("project/assets/root/one.bin")) == 0);
    check_said_of(&build, "one.bin", "the source cannot be found: No such file or directory", __LINE__);
    build_free(&build);
}

UNIT_TEST(each_byte_of_a_raw_source_counts)
{
    static const size_t places[] = {0, 1, 65535, 65536, RAW_BYTES - 1};
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        struct project project = raw(RAW);
        uint8_t changed[RAW_BYTES];
        char expected[64];
        memcpy(changed, raw_bytes, sizeof changed);
        changed[places[i]] ^= 1;
        project.sources[0].data = changed;
        (void)snprintf(expected, sizeof expected, "one.bin: source-mismatch:C @%zu #1", places[i]);
        CHECK_PROJECT(&project, expected);
    }
}

UNIT_TEST(a_directory_that_has_become_a_file)
{
    struct project project = raw(DECLARATION("SCENE/raw_v1", "'sources':['d/one.bin']"));
    project.sources[0].path = "d/one.bin";
    struct build build = project_make(&project);
    REQUIRE(unlink(unit_path("project/assets/root/d/one.bin")) == 0 && rmdir(unit_path("project/assets/root/d")) == 0);
    unit_write_file("project/assets/root/d", "x", 1);
    check_said_of(&build, "d/one.bin", "the source cannot be found: Not a directory", __LINE__);
    build_free(&build);
}

UNIT_TEST(a_declaration_that_says_something_else)
{
    struct project project = raw(DECLARATION("SCENE/raw_v1", "'sources':['two.bin']"));
    CHECK_SAID(&project, "asset.json", "asset.json does not list the inputs that were packed");
    project = raw(DECLARATION("SOUNDS/raw_v1", "'sources':['one.bin']"));
    CHECK_SAID(&project, "asset.json", "asset.json declares another bank than the pack has");
    project = raw("{'schema_version':2}");
    CHECK_SAID(&project, "asset.json", "asset.json is of a version that is not known");
    project = raw(NULL);
    CHECK_SAID(&project, "asset.json", "there is no asset.json");
}

#define CALLED(name, preload) DECLARED("SCENE/raw_v1", "'sources':['one.bin']", name, preload)

UNIT_TEST(a_declaration_of_another_name_or_preload)
{
    struct project project = raw(CALLED("b", "{'enabled':false}"));
    CHECK_SAID(&project, "asset.json", "the pack has another name for the asset than asset.json declares");
    project = raw(CALLED("a", "{'enabled':true,'slot':3}"));
    CHECK_SAID(&project, "asset.json", "asset.json asks for a preload that the pack does not have");
    project.header = HEADER(SCENE("1", "a", "0", "140000"), PRELOAD("1", "4"));
    CHECK_SAID(&project, "asset.json", "the pack preloads the asset into another slot than asset.json declares");
    project.declaration = RAW;
    CHECK_SAID(&project, "asset.json", "the pack preloads the asset, and asset.json does not ask for it");
    project.declaration = CALLED("a", "{'enabled':true,'slot':4}");
    CHECK_PROJECT(&project, "");
    /* A slot without a preload is refused. */
    project = raw(CALLED("a", "{'enabled':false,'slot':4}"));
    CHECK_SAID(&project, "asset.json", "slot is fixed, and preload is not enabled");
}

/* ---- Images ---- */

UNIT_TEST(a_file_that_is_not_an_image_is_described)
{
    static const uint8_t sheet[GLYPH_BYTES];
    struct project project = {.header = HEADER(GLYPH("1", "a", SHEET("1"), "0"), ""),
                              .payload = base_bytes_make(sheet, sizeof sheet),
                              .declaration = DECLARATION("GLYPH/indexed_v1", "'sprites':['a.png']"),
                              .sources = {{.path = "a.png", .data = "\x89PNG\r\n\x1a\n", .size = 8}},
                              .source_count = 1};
    CHECK_SAID(&project, "a.png", "the image cannot be read: the file ends too early");
    project.sources[0] = (struct source){.path = "a.png", .data = "words and words", .size = 15};
    CHECK_SAID(&project, "a.png", "the image cannot be read: it is not a PNG, or a damaged one");
}

enum { WIDTH = 24, HEIGHT = 16 };

#define IMAGE_HEADER HEADER(GLYPH("1", "a", SHEET("1"), "0"), "")
#define ONE_PALETTE DECLARATION("GLYPH/indexed_v1", "'palettes':[{'index':0,'path':'p.hex'}],'sprites':['a.png']")
#define BLACK_AND_WHITE                                                                                                \
    {                                                                                                                  \
        .path = "p.hex", .data = "808080\n000000\nffffff\n", .size = 21                                                \
    }

/* A sheet whose palette 0 is that of BLACK_AND_WHITE, and whose first tiles are black. */
static void draw_black(uint8_t sheet[GLYPH_BYTES], uint32_t tiles)
{
    static const uint8_t palette[] = {0x10, 0x84, 0, 0, 0xFF, 0xFF};
    memset(sheet, 0, GLYPH_BYTES);
    memcpy(sheet + PLANE_BYTES, palette, sizeof palette);
    for (uint32_t i = 0; i < tiles * 64; i++) {
        sheet[(i / 64 % 32 * 8 + i % 8 + (i / 64 / 32 * 8 + i % 64 / 8) * 256) / 2] = 0x11;
    }
}

/* A black image with one pixel that is not, against a sheet that is black but for one pixel. SIZE_MAX: none. */
static void check_image(uint32_t width, uint32_t height, size_t white, size_t drawn, const char *file,
                        const char *message, unsigned line)
{
    static uint8_t sheet[GLYPH_BYTES];
    uint8_t rows[64 * 64] = {0};
    draw_black(sheet, width * height / 64);
    if (white != SIZE_MAX) {
        rows[white] = 255;
    }
    if (drawn != SIZE_MAX) {
        sheet[drawn / 2] = drawn % 2 == 0 ? 0x10 : 0x01;
    }
    struct base_text png = png_make(&(const struct image){.width = width,
                                                          .height = height,
                                                          .bit_depth = 8,
                                                          .color_type = PNG_COLOR_TYPE_GRAY,
                                                          .rows = rows,
                                                          .row_size = width});
    struct project project = {.header = IMAGE_HEADER,
                              .payload = base_bytes_make(sheet, sizeof sheet),
                              .declaration = ONE_PALETTE,
                              .sources = {BLACK_AND_WHITE, {.path = "a.png", .data = png.data, .size = png.size}},
                              .source_count = 2};
    if (message != NULL) {
        check_said(&project, file, message, line);
    } else {
        check_project(&project, "", __FILE__, line);
    }
    base_text_free(&png);
}

UNIT_TEST(a_pixel_is_named_by_tile_and_place)
{
    for (uint32_t y = 0; y < HEIGHT; y += 3) {
        for (uint32_t x = 0; x < WIDTH; x++) {
            char message[192];
            (void)snprintf(message, sizeof message,
                           "pixel x %u, y %u: tile %u of the sheet has another index than the pixel of the image, in 1 "
                           "pixel of 1 tile, first in tile %u of the image (x %u, y %u in it)",
                           x, y, y / 8 * 3 + x / 8, y / 8 * 3 + x / 8, x % 8, y % 8);
            check_image(WIDTH, HEIGHT, (size_t)y * WIDTH + x, SIZE_MAX, "a.png", message, __LINE__);
        }
    }
}

UNIT_TEST(a_pixel_after_the_images_is_named_by_its_tile)
{
    static const char said[] = "tile 6 is not empty, and no image has it";
    check_image(WIDTH, HEIGHT, SIZE_MAX, SIZE_MAX, NULL, NULL, __LINE__);
    check_image(WIDTH, HEIGHT, SIZE_MAX, 48, NULL, said, __LINE__);
    check_image(WIDTH, HEIGHT, SIZE_MAX, 55, NULL, said, __LINE__);
    check_image(WIDTH, HEIGHT, SIZE_MAX, (size_t)7 * 256 + 48, NULL, said, __LINE__);
    check_image(WIDTH, HEIGHT, SIZE_MAX, (size_t)7 * 256 + 55, NULL, said, __LINE__);
    check_image(WIDTH, HEIGHT, SIZE_MAX, (size_t)8 * 256, NULL, "tile 32 is not empty, and no image has it", __LINE__);
    check_image(WIDTH, HEIGHT, SIZE_MAX, (size_t)256 * 256 - 1, NULL, "tile 1023 is not empty, and no image has it",
                __LINE__);
}

UNIT_TEST(an_image_without_whole_tiles)
{
    check_image(12, 8, SIZE_MAX, SIZE_MAX, "a.png", "the image does not have whole tiles", __LINE__);
    check_image(8, 12, SIZE_MAX, SIZE_MAX, "a.png", "the image does not have whole tiles", __LINE__);
    /* What comes after the images is not checked then. */
    check_image(12, 8, SIZE_MAX, 48, "a.png", "the image does not have whole tiles", __LINE__);
    check_image(WIDTH, HEIGHT, 7, 48, "a.png",
                "pixel x 7, y 0: tile 0 of the sheet has another index than the pixel of the image, in 1 pixel of 1 "
                "tile, first in tile 0 of the image (x 7, y 0 in it)",
                __LINE__);
}

UNIT_TEST(an_image_of_more_pixels_than_a_sheet)
{
    static uint8_t sheet[GLYPH_BYTES];
    static const uint8_t rows[8 * 8200];
    draw_black(sheet, 0);
    struct base_text png = png_make(&(const struct image){
        .width = 8, .height = 8200, .bit_depth = 8, .color_type = PNG_COLOR_TYPE_GRAY, .rows = rows, .row_size = 8});
    struct project project = {.header = IMAGE_HEADER,
                              .payload = base_bytes_make(sheet, sizeof sheet),
                              .declaration = ONE_PALETTE,
                              .sources = {BLACK_AND_WHITE, {.path = "a.png", .data = png.data, .size = png.size}},
                              .source_count = 2};
    CHECK_SAID(&project, "a.png", "the image cannot be read: it has more pixels than a sheet");
    base_text_free(&png);
}

/* ---- Alpha of 16 bits ---- */

UNIT_TEST(what_counts_as_opaque_and_as_transparent)
{
    static const struct {
        uint8_t alpha[2];
        bool opaque, transparent;
    } cases[] = {{{0x00, 0x00}, false, true},  {{0x00, 0xFF}, false, false}, {{0x01, 0x00}, false, false},
                 {{0x80, 0x00}, false, false}, {{0xFF, 0x00}, false, false}, {{0xFF, 0xFE}, false, false},
                 {{0xFF, 0xFF}, true, false}};
    static uint8_t sheet[GLYPH_BYTES];
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        for (unsigned drawn = 0; drawn < 2; drawn++) {
            uint8_t rows[8 * 8][8] = {{0}};
            for (size_t pixel = 0; pixel < 64; pixel++) {
                memcpy(rows[pixel] + 6, cases[i].alpha, 2);
            }
            draw_black(sheet, drawn);
            struct base_text png = png_make(&(const struct image){.width = 8,
                                                                  .height = 8,
                                                                  .bit_depth = 16,
                                                                  .color_type = PNG_COLOR_TYPE_RGB_ALPHA,
                                                                  .rows = &rows[0][0],
                                                                  .row_size = 64});
            struct project project = {
                .header = IMAGE_HEADER,
                .payload = base_bytes_make(sheet, sizeof sheet),
                .declaration = ONE_PALETTE,
                .sources = {BLACK_AND_WHITE, {.path = "a.png", .data = png.data, .size = png.size}},
                .source_count = 2};
            bool right = drawn != 0 ? cases[i].opaque : cases[i].transparent;
            bool clear = cases[i].opaque || cases[i].transparent;
            CHECK_PROJECT(&project, right   ? ""
                                    : clear ? "a.png: opacity-mismatch:C - #1"
                                            : "a.png: pixel-translucent:W - #1");
            base_text_free(&png);
        }
    }
}
