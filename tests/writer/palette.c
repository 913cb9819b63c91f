#include "writer/image/palette_file.h"
#include "writer/image/palette_text.h"

#include "tests/writer/kit.h"

#include <png.h>
#include <stdlib.h>

/* Parses and expects a palette. */
static void check_palette(const char *text, size_t size, uint32_t count, const uint32_t *colours)
{
    struct base_findings findings;
    struct writer_reporter report = kit_report(&findings);
    struct writer_palette palette = {.count = 99};
    CHECK(writer_palette_parse(base_bytes_make(text, size), &palette, &report));
    CHECK_U64(findings.count, 0);
    CHECK_U64(palette.count, count);
    for (uint32_t i = 0; i < count && i < palette.count; i++) {
        CHECK_U64(palette.colours[i], colours[i]);
    }
    base_findings_free(&findings);
}

/* Parses and expects one finding; the palette stays as it was. */
static void check_refused_bytes(const char *text, size_t size, int64_t byte_offset, const char *message)
{
    struct base_findings findings;
    struct writer_reporter report = kit_report(&findings);
    struct writer_palette palette = {.count = 99};
    CHECK(!writer_palette_parse(base_bytes_make(text, size), &palette, &report));
    CHECK_U64(findings.count, 1);
    CHECK_FINDING(&findings, 0, DIAG_PALETTE_INVALID, "input", byte_offset, message);
    uint64_t line = byte_offset >= 0;
    for (int64_t i = 0; i < byte_offset; i++) {
        line += text[i] == '\n';
    }
    CHECK_U64(findings.items[0].place.line, line);
    CHECK_U64(palette.count, 99);
    base_findings_free(&findings);
}

static void check_refused(const char *text, int64_t byte_offset, const char *message)
{
    check_refused_bytes(text, strlen(text), byte_offset, message);
}

/* The file is of another kind. */
#define CHECK_NAMED(bytes, message) check_refused_bytes((bytes), sizeof(bytes) - 1, 0, (message))

#define CHECK_PALETTE(text, ...)                                                                                       \
    do {                                                                                                               \
        static const uint32_t colours_[] = {__VA_ARGS__};                                                              \
        check_palette((text), sizeof(text) - 1, sizeof colours_ / sizeof colours_[0], colours_);                       \
    } while (0)

UNIT_TEST(reads_gimp_palettes)
{
    CHECK_PALETTE("GIMP Palette\nName: dusk\nColumns: 4\n#\n  0   0   0\tUntitled\n255 128 1 Sun\n", 0x000000,
                  0xFF8001);
    CHECK_PALETTE("GIMP Palette\r\n# a remark\r\n\r\n1 2 3\r\n4 5 6", 0x010203, 0x040506);
    CHECK_PALETTE("GIMP Palette\nChannels: RGBA\n1 2 3 255 name\n", 0x010203);
    CHECK_PALETTE("\xEF\xBB\xBFGIMP Palette \n7\t8\t9\n", 0x070809);
    CHECK_PALETTE("GIMP Palette\n10 20 30 16 shades of \xFF\x01\n", 0x0A141E);
}

/* Files that several programs have written may mix the ends of lines. */
UNIT_TEST(each_end_of_line_counts_in_every_text)
{
    CHECK_PALETTE("GIMP Palette\n0 0 0 black\r255 0 0 red\r\n0 255 0\n\r0 0 255\r", 0x000000, 0xFF0000, 0x00FF00,
                  0x0000FF);
    CHECK_PALETTE("JASC-PAL\r0100\n2\r\n1 2 3\r\r\n4 5 6", 0x010203, 0x040506);
    CHECK_PALETTE("010203\r040506\n; a\r070809", 0x010203, 0x040506, 0x070809);
    check_refused("GIMP Palette\n1 2 3 a name\rof two lines\n", 26, "not a colour of a GIMP palette");
}

UNIT_TEST(refuses_damaged_gimp_palettes)
{
    check_refused("GIMP Palette\n1 2\n", 13, "not a colour of a GIMP palette");
    check_refused("GIMP Palette\n\n1 2 256\n", 14, "not a colour of a GIMP palette");
    check_refused("GIMP Palette\n1 2 99999999999999999999\n", 13, "not a colour of a GIMP palette");
    check_refused("GIMP Palette\n1 -2 3\n", 13, "not a colour of a GIMP palette");
    check_refused("GIMP Palette\n1 2 3x\n", 13, "not a colour of a GIMP palette");
    check_refused("GIMP Palette\nNom: x\n", 13, "not a colour of a GIMP palette");
    check_refused("GIMP Palette\n# nothing\n", -1, "the palette has no colour");
}

UNIT_TEST(a_refusal_shows_the_line_safely)
{
    struct base_findings findings;
    struct writer_reporter report = kit_report(&findings);
    struct writer_palette palette;
    static const char text[] = "GIMP Palette\n\x1B[31mred\xFF\n";
    CHECK(!writer_palette_parse(base_bytes_make(text, sizeof text - 1), &palette, &report));
    REQUIRE(findings.count == 1);
    CHECK_STRING(findings.items[0].actual, "\\x1b[31mred\\xff");
    CHECK_STRING(findings.items[0].expected, "three numbers from 0 to 255");
    base_findings_free(&findings);
}

UNIT_TEST(takes_sixteen_colours_and_no_more)
{
    struct base_text text = BASE_TEXT_EMPTY;
    struct base_text hex = BASE_TEXT_EMPTY;
    uint32_t colours[16];
    base_text_add_string(&text, "GIMP Palette\n");
    for (unsigned i = 0; i < 16; i++) {
        colours[i] = i;
        base_text_addf(&text, "0 0 %u\n", i);
        base_text_addf(&hex, "#0000%02x\n", i);
    }
    check_palette(text.data, text.size, 16, colours);
    check_palette(hex.data, hex.size, 16, colours);
    int64_t gimp_end = (int64_t)text.size;
    int64_t hex_end = (int64_t)hex.size;
    base_text_add_string(&text, "0 0 16\n");
    base_text_add_string(&hex, "000010\n");
    check_refused(base_text_string(&text), gimp_end, "a 17th colour");
    check_refused(base_text_string(&hex), hex_end, "a 17th colour");
    base_text_free(&text);
    base_text_free(&hex);
}

UNIT_TEST(reads_jasc_palettes)
{
    CHECK_PALETTE("JASC-PAL\r\n0100\r\n2\r\n255 0 0\r\n0 255 0\r\n", 0xFF0000, 0x00FF00);
    CHECK_PALETTE("JASC-PAL\n0100\n1\n1 2 3", 0x010203);
    CHECK_PALETTE("JASC-PAL\n0100\n1\n1 2 3 128\n\n", 0x010203);
}

UNIT_TEST(refuses_damaged_jasc_palettes)
{
    check_refused("JASC-PAL", 8, "the palette ends after line 1");
    check_refused("JASC-PAL\n0100\n", 14, "the palette ends after line 2");
    check_refused("JASC-PAL\n0200\n1\n1 2 3\n", 9, "not the version of a JASC palette");
    check_refused("JASC-PAL\n0100\nmany\n", 14, "not the number of colours of a JASC palette");
    check_refused("JASC-PAL\n0100\n1 1\n", 14, "not the number of colours of a JASC palette");
    check_refused("JASC-PAL\n0100\n17\n", 14, "more than 16 colours");
    check_refused("JASC-PAL\n0100\n256\n", 14, "more than 16 colours");
    check_refused("JASC-PAL\n0100\n2\n1 2 3\n", -1, "the palette does not have as many colours as its third line says");
    check_refused("JASC-PAL\n0100\n0\n", -1, "the palette has no colour");
    check_refused("JASC-PAL\n0100\n1\n1 2 3 4 5\n", 16, "not a colour of a JASC palette");
    check_refused("JASC-PAL\n0100\n1\n1 2 3 name\n", 16, "not a colour of a JASC palette");
    check_refused("JASC-PAL\n0100\n1\n1,2,3\n", 16, "not a colour of a JASC palette");
}

UNIT_TEST(a_jasc_palette_with_too_many_lines_is_refused)
{
    struct base_text text = BASE_TEXT_EMPTY;
    base_text_add_string(&text, "JASC-PAL\n0100\n3\n");
    for (unsigned i = 0; i < 17; i++) {
        base_text_addf(&text, "9 9 %u\n", i);
    }
    check_refused(base_text_string(&text), 16 + 10 * 6 + 6 * 7, "a 17th colour");
    base_text_free(&text);
}

UNIT_TEST(reads_hex_palettes)
{
    CHECK_PALETTE("000000\nff8001\nFFFFFF\n", 0x000000, 0xFF8001, 0xFFFFFF);
    CHECK_PALETTE("#abcdef\r\n#123456", 0xABCDEF, 0x123456);
    CHECK_PALETTE("; a comment\n\n  a1b2c3  \n", 0xA1B2C3);
    CHECK_PALETTE("# a comment\n#\n#a1b2c3\n", 0xA1B2C3);
    CHECK_PALETTE("\xEF\xBB\xBF"
                  "010203\n",
                  0x010203);
}

UNIT_TEST(refuses_what_is_not_a_palette)
{
    check_refused("", -1, "the palette has no colour");
    check_refused("\n\n", -1, "the palette has no colour");
    check_refused("hello\n", 0, "neither a .gpl, a JASC .pal, a .hex, a paint.net .txt nor an indexed PNG");
    check_refused("\n00000g\n", 1, "neither a .gpl, a JASC .pal, a .hex, a paint.net .txt nor an indexed PNG");
    check_refused("000000\n#12345\n", 7, "not a colour of a .hex palette");
    check_refused("000000\nff0000f\n", 7, "not a colour of a .hex palette");
    check_refused("000000\n#g12345\n", 7, "not a colour of a .hex palette");
    check_refused("RIFF\x24\x04PAL data", 0, "a binary RIFF palette; save it as JASC .pal");
}

UNIT_TEST(eight_digits_need_the_head_of_paint_net)
{
    static const char message[] = "a colour has eight digits, and the head of paint.net is missing";
    check_refused("000000\nff0000ff\n", 7, message);
    check_refused("FF000000\n", 0, message);
    check_refused("; colours\n#FF000000\n", 10, message);
    check_refused("; colours\n#FF00000g\n", 10, NULL);
    CHECK_PALETTE("; paint.net Palette File\nFF102030\n", 0x102030);
}

UNIT_TEST(files_of_other_kinds_are_named)
{
    char table[772] = {1, 2, 3};
    CHECK_NAMED("version https://git-lfs.github.com/spec/v1\n", "the file is a Git LFS pointer, not a palette");
    CHECK_NAMED("\n<!DOCTYPE html>\n", "the file is a web page, not a palette");
    CHECK_NAMED("\1\2\3\4\xE0\xA5\1\0", "the file is an Aseprite picture, not a palette");
    CHECK_NAMED("GIF89a", "the file is a GIF picture, not a palette");
    CHECK_NAMED("ASEF\0\1\0\0", "the file is an Adobe swatch file (.ase), which is not read");
    CHECK_NAMED("\0\1\0\1\0\0\xFF\xFF\0\0\0\0\0\0", "the file is an Adobe swatch file (.aco), which is not read");
    CHECK_NAMED("\0\1\0\2\0\0\xFF\xFF\0\0\0\0\0\0",
                "neither a .gpl, a JASC .pal, a .hex, a paint.net .txt nor an indexed PNG");
    CHECK_NAMED("\0\0\0\0\0\0\0", "the file has no byte but 0: its content is lost");
    check_refused_bytes(table, 768, 0, "the file is a binary table of 256 colours (.act, .pal), which is not read");
    check_refused_bytes(table, 772, 0, "the file is a binary table of 256 colours (.act, .pal), which is not read");
    check_refused_bytes(table, 771, 0, "neither a .gpl, a JASC .pal, a .hex, a paint.net .txt nor an indexed PNG");
    check_refused("hello\nGIF89a\n", 0, "neither a .gpl, a JASC .pal, a .hex, a paint.net .txt nor an indexed PNG");
}

UNIT_TEST(texts_of_other_encodings_are_named)
{
    CHECK_NAMED("\xFF\xFEG\0I\0M\0P\0", "the palette is text in UTF-16");
    CHECK_NAMED("\xFE\xFF\0G\0I\0M\0P", "the palette is text in UTF-16");
    CHECK_NAMED("G\0I\0M\0P\0", "the palette is text in UTF-16");
    CHECK_NAMED("\0G\0I\0M\0P", "the palette is text in UTF-16");
    CHECK_NAMED("\xFF\xFE\0\0G\0\0\0", "the palette is text in UTF-32");
    CHECK_NAMED("\0\0\xFE\xFF\0\0\0G", "the palette is text in UTF-32");
    CHECK_NAMED("G\0\0\0I\0\0\0", "the palette is text in UTF-32");
    CHECK_NAMED("\0\0\0G\0\0\0I", "the palette is text in UTF-32");
}

UNIT_TEST(nul_bytes_are_no_end)
{
    struct base_findings findings;
    struct writer_reporter report = kit_report(&findings);
    struct writer_palette palette;
    static const char text[] = "000000\n\0\n111111\n";
    CHECK(!writer_palette_parse(base_bytes_make(text, sizeof text - 1), &palette, &report));
    CHECK_FINDING(&findings, 0, DIAG_PALETTE_INVALID, "input", 7, "not a colour of a .hex palette");
    base_findings_free(&findings);
}

/* Reads a palette from a file that a test has written; the finding, if any, is the first. */
static bool read_file(const char *relative, struct writer_palette *palette, struct base_findings *findings)
{
    struct writer_reporter report = kit_report(findings);
    struct writer_source source = kit_source(relative);
    bool done = writer_palette_read(&source, palette, &report);
    writer_source_end(&source);
    return done;
}

UNIT_TEST(takes_the_palette_of_an_indexed_png)
{
    static const uint32_t colours[] = {0x102030, 0xFFFFFF, 0x000000};
    static const uint8_t indices[4] = {0, 1, 2, 0};
    struct base_findings findings;
    struct writer_palette palette;
    kit_png_indexed("p.png", 2, 2, colours, 3, indices);
    CHECK(read_file("p.png", &palette, &findings));
    CHECK_U64(palette.count, 3);
    CHECK_U64(palette.colours[0], 0x102030);
    CHECK_U64(palette.colours[2], 0x000000);
    base_findings_free(&findings);
}

UNIT_TEST(a_png_may_have_spare_colours_that_no_pixel_uses)
{
    uint32_t colours[20];
    uint8_t indices[4] = {0, 15, 3, 4};
    struct base_findings findings;
    struct writer_palette palette = {.count = 0};
    for (uint32_t i = 0; i < 20; i++) {
        colours[i] = i;
    }
    kit_png_indexed("p.png", 2, 2, colours, 20, indices);
    CHECK(read_file("p.png", &palette, &findings));
    CHECK_U64(palette.count, 16);
    CHECK_U64(palette.colours[15], 15);
    indices[2] = 16;
    kit_png_indexed("q.png", 2, 2, colours, 20, indices);
    CHECK(!read_file("q.png", &palette, &findings));
    CHECK_FINDING(&findings, 0, DIAG_PALETTE_INVALID, "input", -1,
                  "pixel x 0, y 1: the palette has more than 16 colours, and the pixel has index 16");
    base_findings_free(&findings);
}

UNIT_TEST(a_png_without_palette_brings_none)
{
    static const uint32_t pixels[1] = {0xFF000000};
    struct base_findings findings;
    struct writer_palette palette;
    kit_png_rgba("p.png", 1, 1, pixels);
    CHECK(!read_file("p.png", &palette, &findings));
    CHECK_FINDING(&findings, 0, DIAG_PALETTE_INVALID, "input", -1,
                  "the PNG of 1 x 1 is not indexed, and it is not a strip of colours");
    CHECK(findings.items[0].cause == DIAG_CAUSE_PALETTE_STRIP);
    base_findings_free(&findings);
}

UNIT_TEST(a_damaged_png_is_not_a_palette)
{
    struct base_findings findings;
    struct writer_palette palette;
    unit_write_file("p.png", "\x89PNG\r\n\x1A\nxxxx", 12);
    CHECK(!read_file("p.png", &palette, &findings));
    CHECK_U64(findings.count, 1);
    CHECK_FINDING(&findings, 0, DIAG_IMAGE_INVALID, "input", 12, NULL);
    base_findings_free(&findings);
}

UNIT_TEST(a_huge_picture_is_not_a_palette)
{
    static const uint32_t colours[] = {0, 1};
    enum { SIDE = 2049 };
    uint8_t *indices = calloc(SIDE, SIDE);
    struct base_findings findings;
    struct writer_palette palette;
    REQUIRE(indices != NULL);
    kit_png_indexed("p.png", SIDE, SIDE, colours, 2, indices);
    free(indices);
    CHECK(!read_file("p.png", &palette, &findings));
    CHECK_FINDING(&findings, 0, DIAG_INPUT_TOO_LARGE, "input", -1,
                  "the PNG has too many pixels for one that brings a palette");
    base_findings_free(&findings);
}

UNIT_TEST(a_text_of_any_length_is_not_read)
{
    enum { SIZE = 65537 };
    char *text = malloc(SIZE);
    struct base_findings findings;
    struct writer_palette palette;
    REQUIRE(text != NULL);
    memset(text, '\n', SIZE);
    unit_write_file("p.hex", text, SIZE);
    CHECK(!read_file("p.hex", &palette, &findings));
    CHECK_FINDING(&findings, 0, DIAG_INPUT_TOO_LARGE, "input", -1, "the file is too large for a palette");
    base_findings_free(&findings);
    memset(text, 'a', 6);
    unit_write_file("p.hex", text, SIZE - 1);
    CHECK(read_file("p.hex", &palette, &findings));
    CHECK_U64(palette.colours[0], 0xAAAAAA);
    base_findings_free(&findings);
    free(text);
}

UNIT_TEST(rgb565_keeps_the_high_bits)
{
    CHECK_U64(writer_rgb565(0x000000), 0x0000);
    CHECK_U64(writer_rgb565(0xFFFFFF), 0xFFFF);
    CHECK_U64(writer_rgb565(0xFF0000), 0xF800);
    CHECK_U64(writer_rgb565(0x00FF00), 0x07E0);
    CHECK_U64(writer_rgb565(0x0000FF), 0x001F);
    CHECK_U64(writer_rgb565(0x070307), 0x0000);
    CHECK_U64(writer_rgb565(0x080408), 0x0821);
    CHECK_U64(writer_rgb565(0x123456), 0x11AA);
}

/* Colours that are far enough from each other for RGB565. */
static uint32_t colour(uint32_t number)
{
    return (number / 32) << 19 | (number % 32) << 3;
}

/* A palette that is the beginning of another one is that one; the longer one stays. */
UNIT_TEST(palettes_that_begin_alike_are_kept_once)
{
    struct writer_palette_set set = WRITER_PALETTE_SET_EMPTY;
    struct writer_palette one = {.count = 2, .colours = {colour(1), colour(2)}};
    struct writer_palette longer = {.count = 3, .colours = {colour(1), colour(2), 0}};
    struct writer_palette third = {.count = 3, .colours = {colour(1), colour(2), colour(3)}};
    struct writer_palette other = {.count = 2, .colours = {colour(2), colour(1)}};
    struct writer_palette alike = {.count = 1, .colours = {colour(2) + 7}};
    CHECK_U64(writer_palette_set_add(&set, &one), WRITER_PALETTE_ADDED);
    CHECK_U64(writer_palette_set_add(&set, &longer), WRITER_PALETTE_KNOWN);
    CHECK_U64(set.authored, 1);
    CHECK_U64(set.items[0].count, 3);
    CHECK_U64(writer_palette_set_add(&set, &third), WRITER_PALETTE_ADDED);
    CHECK_U64(writer_palette_set_add(&set, &one), WRITER_PALETTE_KNOWN);
    CHECK_U64(writer_palette_set_add(&set, &other), WRITER_PALETTE_ADDED);
    CHECK_U64(writer_palette_set_add(&set, &alike), WRITER_PALETTE_KNOWN);
    CHECK_U64(set.authored, 3);
    CHECK(writer_palette_set_find(&set, &one) == 0);
    CHECK(writer_palette_set_find(&set, &third) == 1);
    CHECK(writer_palette_set_find(&set, &alike) == 2);
    for (uint32_t i = 3; i < 64; i++) {
        struct writer_palette more = {.count = 1, .colours = {colour(100 + i)}};
        CHECK_U64(writer_palette_set_add(&set, &more), WRITER_PALETTE_ADDED);
    }
    struct writer_palette last = {.count = 1, .colours = {colour(7)}};
    CHECK_U64(writer_palette_set_add(&set, &last), WRITER_PALETTE_NO_ROOM);
    CHECK(writer_palette_set_find(&set, &last) == -1);
    CHECK_U64(set.authored, 64);
    writer_palette_set_free(&set);
    CHECK_U64(set.authored, 0);
}

UNIT_TEST(a_palette_that_is_put_joins_the_one_that_is_there)
{
    struct writer_palette_set set = WRITER_PALETTE_SET_EMPTY;
    struct writer_palette one = {.count = 2, .colours = {colour(1), colour(2)}};
    struct writer_palette longer = {.count = 3, .colours = {colour(1), colour(2), colour(3)}};
    struct writer_palette other = {.count = 2, .colours = {colour(2), colour(1)}};
    CHECK_U64(writer_palette_set_put(&set, 0, &one), WRITER_PALETTE_ADDED);
    CHECK_U64(writer_palette_set_put(&set, 1, &one), WRITER_PALETTE_ADDED);
    CHECK_U64(writer_palette_set_put(&set, 1, &longer), WRITER_PALETTE_KNOWN);
    CHECK_U64(writer_palette_set_put(&set, 1, &one), WRITER_PALETTE_KNOWN);
    CHECK_U64(writer_palette_set_put(&set, 0, &other), WRITER_PALETTE_NO_ROOM);
    CHECK_U64(set.authored, 2);
    CHECK_U64(set.items[0].count, 2);
    CHECK_U64(set.items[1].count, 3);
    writer_palette_set_free(&set);
}

/* Entry 0 is not drawn, so no opaque pixel may have it. */
UNIT_TEST(a_colour_is_never_found_at_entry_0)
{
    struct writer_palette palette = {.count = 4, .colours = {colour(5), colour(6), colour(5), colour(6)}};
    CHECK(writer_palette_find(&palette, colour(5)) == 2);
    CHECK(writer_palette_find(&palette, colour(6)) == 1);
    CHECK(writer_palette_find(&palette, colour(6) + 7) == 1); /* the same in RGB565 */
    CHECK(writer_palette_find(&palette, 0) == -1);            /* entries that are not there have no colour */
    palette.colours[2] = colour(9);
    CHECK(writer_palette_find(&palette, colour(5)) == -1);
    palette.count = 0;
    CHECK(writer_palette_find(&palette, colour(5)) == -1);
}

UNIT_TEST(stores_palettes_at_their_index)
{
    struct writer_palette_set set = WRITER_PALETTE_SET_EMPTY;
    uint8_t stored[WRITER_PALETTE_TABLE_BYTES];
    memset(stored, 0xAA, sizeof stored);
    REQUIRE(writer_palette_set_reserve(&set, 6));
    set.items[0] = (struct writer_palette){.count = 2, .colours = {0xFF0000, 0x0000FF}};
    set.items[5] = (struct writer_palette){.count = 16};
    set.items[5].colours[15] = 0x00FF00;
    writer_palette_set_store(&set, stored);
    static const uint8_t begin[6] = {0x00, 0xF8, 0x1F, 0x00, 0x00, 0x00};
    CHECK(memcmp(stored, begin, sizeof begin) == 0);
    CHECK_U64(stored[5 * 32 + 30], 0xE0);
    CHECK_U64(stored[5 * 32 + 31], 0x07);
    for (size_t i = 6; i < sizeof stored; i++) {
        CHECK(stored[i] == 0 || i == 190 || i == 191);
    }
    writer_palette_set_free(&set);
    CHECK(writer_palette_set_reserve(&set, 0));
    writer_palette_set_free(&set);
}
