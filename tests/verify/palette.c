/* The verifier's reading of palette files, rule by rule of workspace.md 3.2.1. */
#include "verify/sources/palette_read.h"

#include "tests/lib/unit.h"

static void check_palette(const char *text, size_t size, size_t count, const uint32_t *colours)
{
    struct verify_palette palette = {.count = 99};
    struct verify_palette_fault fault;
    CHECK(verify_palette_read(base_bytes_make(text, size), &palette, &fault));
    CHECK_U64(palette.count, count);
    for (size_t i = 0; i < count && i < palette.count; i++) {
        struct verify_palette_colour colour = palette.colours[i];
        CHECK_U64((uint32_t)colour.red << 16 | (uint32_t)colour.green << 8 | colour.blue, colours[i]);
    }
}

/* The palette stays as it was. */
static void check_refused(const char *text, size_t size, size_t at, const char *reason)
{
    struct verify_palette palette = {.count = 99};
    struct verify_palette_fault fault = {.text = ""};
    CHECK(!verify_palette_read(base_bytes_make(text, size), &palette, &fault));
    CHECK_U64(palette.count, 99);
    CHECK_STRING(fault.text, reason);
    CHECK_U64(fault.at, at);
}

#define CHECK_PALETTE(text, ...)                                                                                       \
    do {                                                                                                               \
        static const uint32_t colours_[] = {__VA_ARGS__};                                                              \
        check_palette((text), sizeof(text) - 1, sizeof colours_ / sizeof colours_[0], colours_);                       \
    } while (0)
#define CHECK_REFUSED(text, at, reason) check_refused((text), sizeof(text) - 1, (at), (reason))

#define TWICE(text) text text
#define FOUR_TIMES(text) TWICE(text) TWICE(text)
#define SIXTEEN_TIMES(text) FOUR_TIMES(text) FOUR_TIMES(text) FOUR_TIMES(text) FOUR_TIMES(text)

UNIT_TEST(reads_gimp_palettes)
{
    CHECK_PALETTE("GIMP Palette\nName: night\nColumns: 8\nChannels: RGBA\n#\n  1   2   3\tname\n255 254 253 7 x\n",
                  0x010203, 0xFFFEFD);
    CHECK_PALETTE("\xEF\xBB\xBF GIMP Palette\t\r\n\r\n \t\r\n001 0000000002\t3\r", 0x010203);
    CHECK_PALETTE("GIMP Palette\n  # ab \xFF\n1 2 3 \xFF\x01\n Name:\n", 0x010203);
}

UNIT_TEST(refuses_damaged_gimp_palettes)
{
    static const char reason[] = "a line of the GIMP palette is not a colour";
    CHECK_REFUSED("GIMP Palette\n1 2 3\n1 2\n", 19, reason);
    CHECK_REFUSED("GIMP Palette\n 1 2 3x\n", 13, reason);
    CHECK_REFUSED("GIMP Palette\n1 2 256\n", 13, reason);
    CHECK_REFUSED("GIMP Palette\n4294967297 2 3\n", 13, reason);
    CHECK_REFUSED("GIMP Palette\n+1 2 3\n", 13, reason);
    CHECK_REFUSED("GIMP Palette\nname: x\n", 13, reason);
    CHECK_REFUSED("GIMP Palette\nName : x\n", 13, reason);
    CHECK_REFUSED("GIMP Palette\n; x\n", 13, reason);
    CHECK_REFUSED("GIMP Palette\n# x\n", 17, "it has no colour");
}

UNIT_TEST(reads_jasc_palettes)
{
    CHECK_PALETTE("JASC-PAL\r\n0100\r\n2\r\n1 2 3\r\n255 254 253\r\n", 0x010203, 0xFFFEFD);
    CHECK_PALETTE(" JASC-PAL \n 0100\t\n 0002 \n\n 1 2 3 255 \n\t\n4 5 6 0", 0x010203, 0x040506);
}

UNIT_TEST(refuses_damaged_jasc_palettes)
{
    static const char colour[] = "a line of the JASC palette is not a colour";
    static const char count[] = "the number of colours of the JASC palette is not 1 to 16";
    static const char version[] = "the version of the JASC palette is not 0100";
    static const char other[] = "the JASC palette has another number of colours than it says";
    CHECK_REFUSED("JASC-PAL", 8, "the JASC palette ends before its version");
    CHECK_REFUSED("JASC-PAL\n\n0100\n1\n1 2 3\n", 9, version);
    CHECK_REFUSED("JASC-PAL\n0101\n1\n1 2 3\n", 9, version);
    CHECK_REFUSED("JASC-PAL\n0100\n", 14, "the JASC palette ends before its number of colours");
    CHECK_REFUSED("JASC-PAL\n0100\n1 1\n1 2 3\n", 14, count);
    CHECK_REFUSED("JASC-PAL\n0100\n\n1 2 3\n", 14, count);
    CHECK_REFUSED("JASC-PAL\n0100\n17\n" SIXTEEN_TIMES("1 2 3\n") "1 2 3\n", 14, count);
    CHECK_REFUSED("JASC-PAL\n0100\n2\n1 2 3\n", 22, other);
    CHECK_REFUSED("JASC-PAL\n0100\n1\n1 2 3\n1 2 3\n", 28, other);
    CHECK_REFUSED("JASC-PAL\n0100\n0\n", 16, "it has no colour");
    CHECK_REFUSED("JASC-PAL\n0100\n1\n1 2 3 256\n", 16, colour);
    CHECK_REFUSED("JASC-PAL\n0100\n1\n1 2 3 4 5\n", 16, colour);
    CHECK_REFUSED("JASC-PAL\n0100\n1\n1 2 3 red\n", 16, colour);
    CHECK_REFUSED("JASC-PAL\n0100\n1\n# x\n1 2 3\n", 16, colour);
}

UNIT_TEST(reads_hex_palettes)
{
    CHECK_PALETTE("010203\nfFeEdD\n", 0x010203, 0xFFEEDD);
    CHECK_PALETTE("\xEF\xBB\xBF;c\n#\n# 0\n#\t0\r\n\r\n #010203\t\r\n040506", 0x010203, 0x040506);
    CHECK_PALETTE(SIXTEEN_TIMES("000001\n"), 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
}

UNIT_TEST(refuses_damaged_hex_palettes)
{
    static const char reason[] = "a line is not six hexadecimal digits";
    CHECK_REFUSED("01020\n", 0, reason);
    CHECK_REFUSED("010203\n0102034\n", 7, reason);
    CHECK_REFUSED("01020g\n", 0, reason);
    CHECK_REFUSED("##010203\n", 0, reason);
    CHECK_REFUSED("#fff\n", 0, reason);
    CHECK_REFUSED("0x010203\n", 0, reason);
    CHECK_REFUSED("010203 x\n", 0, reason);
    CHECK_REFUSED("010203\rx\r", 7, reason);
    CHECK_REFUSED("\nGIMP Palette\n1 2 3\n", 1, reason);
    CHECK_REFUSED("\xEF\xBB\xBF\xEF\xBB\xBF"
                  "010203\n",
                  3, reason);
    CHECK_REFUSED("; nothing\n", 10, "it has no colour");
    CHECK_REFUSED("", 0, "it has no colour");
}

UNIT_TEST(reads_palettes_of_paint_net)
{
    CHECK_PALETTE("; paint.net Palette File\n; a remark\n\nFF010203\n\t80fFeEdD \n", 0x010203, 0xFFEEDD);
    CHECK_PALETTE("\xEF\xBB\xBF;\t paint.net Palette File \r\n00040506\r\n", 0x040506);
    CHECK_PALETTE(";paint.net Palette File\nFF010203", 0x010203);
}

UNIT_TEST(refuses_damaged_palettes_of_paint_net)
{
    static const char reason[] = "a line of the paint.net palette is not eight hexadecimal digits";
    CHECK_REFUSED(";paint.net Palette File\n010203\n", 24, reason);
    CHECK_REFUSED(";paint.net Palette File\nFF010203\n#FF010203\n", 33, reason);
    CHECK_REFUSED(";paint.net Palette File\n# remark\n", 24, reason);
    CHECK_REFUSED(";paint.net Palette File\nFF01020g\n", 24, reason);
    CHECK_REFUSED(";paint.net Palette File\nFF0102030\n", 24, reason);
    CHECK_REFUSED(";paint.net palette File\nFF010203\n", 24, "a line is not six hexadecimal digits");
    CHECK_REFUSED("\n;paint.net Palette File\nFF010203\n", 25, "a line is not six hexadecimal digits");
    CHECK_REFUSED("; paint.net Palette File\n", 25, "it has no colour");
}

UNIT_TEST(a_carriage_return_ends_lines_in_every_file)
{
    CHECK_PALETTE("010203\r040506\r\n070809\n", 0x010203, 0x040506, 0x070809);
    CHECK_PALETTE("GIMP Palette\n1 2 3 a\r4 5 6\r\r\n7 8 9\n\r", 0x010203, 0x040506, 0x070809);
    CHECK_PALETTE("JASC-PAL\r\n0100\r2\n1 2 3\r4 5 6\r\n", 0x010203, 0x040506);
    CHECK_REFUSED("GIMP Palette\n  # a\rb\n1 2 3\n", 19, "a line of the GIMP palette is not a colour");
    CHECK_REFUSED("010203\n\r\n\rx\n", 10, "a line is not six hexadecimal digits");
    CHECK_PALETTE("010203\r040506\r", 0x010203, 0x040506);
    CHECK_PALETTE("GIMP Palette\r#\r\r1 2 3", 0x010203);
    CHECK_PALETTE("JASC-PAL\r0100\r1\r1 2 3\r", 0x010203);
    CHECK_PALETTE("; paint.net Palette File\rFF010203\r", 0x010203);
}

UNIT_TEST(refuses_a_seventeenth_colour)
{
    CHECK_REFUSED(SIXTEEN_TIMES("000001\n") "000001\n", 112, "it has more than 16 colours");
    CHECK_REFUSED("GIMP Palette\n" SIXTEEN_TIMES("1 2 3\n") "\n1 2 3\n", 110, "it has more than 16 colours");
}

UNIT_TEST(names_what_is_not_text)
{
    CHECK_REFUSED("RIFF\4\0\0\0PAL ", 0, "it is a binary palette");
    CHECK_REFUSED("\xFF\xFE"
                  "0\0\n\0",
                  0, "it is UTF-16");
    CHECK_REFUSED("\xFE\xFF\0"
                  "0\0\n",
                  0, "it is UTF-16");
    CHECK_REFUSED("\x89PNG\r\n\x1A\n", 0, "it is a PNG");
    CHECK(!verify_palette_is_png(base_bytes_of_string("\x89PNG\r\n\x1A")));
}

UNIT_TEST(reads_up_to_65536_bytes)
{
    static char text[VERIFY_PALETTE_FILE_MAX + 1] = "010203";
    static const uint32_t colour = 0x010203;
    memset(text + 6, '\n', sizeof text - 6);
    check_palette(text, VERIFY_PALETTE_FILE_MAX, 1, &colour);
    check_refused(text, sizeof text, VERIFY_PALETTE_FILE_MAX, "it is longer than 65,536 bytes");
}
