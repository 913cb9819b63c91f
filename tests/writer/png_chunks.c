/* PNGs whose chunks have a wrong size or a wrong place: what is said about them. */
#include "writer/image/png.h"

#include "tests/writer/kit.h"

#include <zlib.h>

static void put_be32(struct base_text *text, uint32_t value)
{
    const uint8_t bytes[4] = {(uint8_t)(value >> 24), (uint8_t)(value >> 16), (uint8_t)(value >> 8), (uint8_t)value};
    base_text_add(text, base_bytes_make(bytes, sizeof bytes));
}

static void put_chunk(struct base_text *text, const char *type, const char *data, size_t size)
{
    uLong crc = crc32(crc32(0, (const Bytef *)type, 4), (const Bytef *)data, (uInt)size);
    put_be32(text, (uint32_t)size);
    base_text_add(text, base_bytes_make(type, 4));
    base_text_add(text, base_bytes_make(data, size));
    put_be32(text, (uint32_t)crc);
}

#define CHUNK(text, type, data) put_chunk((text), (type), (data), sizeof(data) - 1)

enum { FIRST_CHUNK = 33 }; /* after IHDR */

/* A PNG of one pixel, up to its first chunk after IHDR. */
static struct base_text png_of(char colours)
{
    const char header[] = {0, 0, 0, 1, 0, 0, 0, 1, 8, colours, 0, 0, 0};
    struct base_text text = BASE_TEXT_EMPTY;
    base_text_add(&text, base_bytes_make("\x89PNG\r\n\x1A\n", 8));
    put_chunk(&text, "IHDR", header, sizeof header);
    return text;
}

static const char *shown(const char *text)
{
    return text != NULL ? text : "";
}

/* Adds pixels, writes the PNG and expects one finding. "": nothing is expected, or was found. */
static void check_refused(struct base_text text, int64_t at, const char *message, const char *expected,
                          const char *actual, unsigned line)
{
    struct base_findings findings;
    struct writer_reporter report = kit_report(&findings);
    struct writer_png png;
    CHUNK(&text, "IDAT", "x");
    unit_write_file("p.png", text.data, text.size);
    base_text_free(&text);
    struct writer_source source = kit_source("p.png");
    CHECK(!writer_png_open(&png, &source, &report));
    REQUIRE(findings.count == 1);
    kit_check_finding(&findings, 0, DIAG_IMAGE_INVALID, "input", at, message, __FILE__, line);
    CHECK_STRING(shown(findings.items[0].expected), expected);
    CHECK_STRING(shown(findings.items[0].actual), actual);
    writer_png_close(&png);
    writer_source_end(&source);
    base_findings_free(&findings);
}

#define CHECK_REFUSED(text, at, message, expected, actual)                                                             \
    check_refused((text), (at), (message), (expected), (actual), __LINE__)

UNIT_TEST(a_transparency_has_the_size_of_its_kind_of_png)
{
    struct base_text text = png_of(2);
    CHUNK(&text, "tRNS", "\0\0\0");
    CHECK_REFUSED(text, FIRST_CHUNK, "the chunk tRNS has another size than one of a truecolour PNG", "6 bytes",
                  "3 bytes");
    text = png_of(0);
    CHUNK(&text, "tRNS", "\0\0\0\0\0\0");
    CHECK_REFUSED(text, FIRST_CHUNK, "the chunk tRNS has another size than one of a grey PNG", "2 bytes", "6 bytes");
    text = png_of(0);
    CHUNK(&text, "tRNS", "");
    CHECK_REFUSED(text, FIRST_CHUNK, "the chunk tRNS has another size than one of a grey PNG", "2 bytes", "0 bytes");
    text = png_of(6);
    CHUNK(&text, "tRNS", "\0\0\0\0\0\0");
    CHECK_REFUSED(text, FIRST_CHUNK, "the PNG has a transparent colour (tRNS), and its pixels have an alpha channel",
                  "", "");
}

UNIT_TEST(an_indexed_png_has_no_more_transparencies_than_colours)
{
    struct base_text text = png_of(3);
    CHUNK(&text, "PLTE", "\0\0\0\1\1\1");
    CHUNK(&text, "tRNS", "\0\0\0");
    CHECK_REFUSED(text, FIRST_CHUNK + 18, "the PNG has 3 transparencies in tRNS for 2 colours in PLTE", "1 to 2 bytes",
                  "3 bytes");
    text = png_of(3);
    CHUNK(&text, "PLTE", "\0\0\0");
    CHUNK(&text, "tRNS", "");
    CHECK_REFUSED(text, FIRST_CHUNK + 15, "the PNG has 0 transparencies in tRNS for 1 colour in PLTE", "1 byte",
                  "0 bytes");
}

UNIT_TEST(a_palette_has_3_bytes_for_each_of_1_to_256_colours)
{
    static const char expected[] = "3 bytes for each of 1 to 256 colours";
    static const char message[] = "the palette of the PNG, PLTE, has a wrong size";
    static const char many[257 * 3];
    struct base_text text = png_of(3);
    put_chunk(&text, "PLTE", many, sizeof many);
    CHECK_REFUSED(text, FIRST_CHUNK, message, expected, "771 bytes, for 257 colours");
    text = png_of(3);
    put_chunk(&text, "PLTE", many, 4);
    CHECK_REFUSED(text, FIRST_CHUNK, message, expected, "4 bytes");
    text = png_of(3);
    put_chunk(&text, "PLTE", many, 0);
    CHECK_REFUSED(text, FIRST_CHUNK, message, expected, "0 bytes, for 0 colours");
    text = png_of(3);
    put_chunk(&text, "PLTE", many, 1);
    CHECK_REFUSED(text, FIRST_CHUNK, message, expected, "1 byte");
}

UNIT_TEST(the_palette_comes_before_what_needs_it)
{
    CHECK_REFUSED(png_of(3), FIRST_CHUNK, "the PNG is indexed, and its pixels (IDAT) begin before its palette (PLTE)",
                  "", "");
    struct base_text text = png_of(3);
    CHUNK(&text, "tRNS", "\0");
    CHUNK(&text, "PLTE", "\0\0\0");
    CHECK_REFUSED(text, FIRST_CHUNK,
                  "the transparencies of the PNG (tRNS) come before the colours that they are about (PLTE)", "", "");
}

/* A fault that libpng passes over is not the reason of a later one. */
UNIT_TEST(a_later_damage_has_its_own_reason)
{
    struct base_text text = png_of(2);
    CHUNK(&text, "tRNS", "\0\0\0\0\0\0");
    CHUNK(&text, "IHDR", "\0\0");
    CHECK_REFUSED(text, FIRST_CHUNK + 18 + 8, NULL, "", "");
}
