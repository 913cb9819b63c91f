#include "writer/image/png.h"

#include "tests/lib/place.h"
#include "tests/writer/kit.h"

#include <png.h>
#include <stdlib.h>

enum { WIDTH = 5, HEIGHT = 9, PIXELS = WIDTH * HEIGHT };

/* Opens and decodes a file; what was found stays in findings. */
static bool decode(const char *relative, struct writer_image *image, struct base_findings *findings)
{
    struct writer_reporter report = kit_report(findings);
    struct writer_source source = kit_source(relative);
    struct writer_png png;
    *image = (struct writer_image){.pixels = NULL};
    bool done = writer_png_open(&png, &source, &report) && writer_png_decode(&png, image, NULL, &report);
    writer_png_close(&png);
    writer_source_end(&source);
    return done;
}

/* A pixel of an image that was decoded; 0x12345678 where none was. */
static uint32_t colour_at(const struct writer_image *image, size_t pixel)
{
    return image->pixels != NULL ? writer_image_colour(image, pixel) : 0x12345678;
}

/* Decodes a file that is expected to be refused with one finding. */
static void check_refused(const char *relative, enum diag diagnostic, int64_t byte_offset, const char *message)
{
    struct base_findings findings;
    struct writer_image image;
    CHECK(!decode(relative, &image, &findings));
    CHECK_U64(findings.count, 1);
    CHECK((image.pixels != NULL) == findings.items[0].place.has_pixel);
    CHECK_FINDING(&findings, 0, diagnostic, "input", byte_offset, message);
    writer_image_free(&image);
    base_findings_free(&findings);
}

/* A sample that depends on place and channel, as the file stores it. */
static unsigned sample_of(unsigned pixel, unsigned channel, int depth)
{
    unsigned value = (pixel * 37 + channel * 101 + 11) % 251;
    return depth == 16 ? value * 257 : value & ((1U << depth) - 1);
}

/* What 8 bits make of it. */
static uint32_t wide(unsigned sample, int depth)
{
    return depth == 16 ? sample / 257 : sample * 255 / ((1U << depth) - 1);
}

static size_t pack_rows(uint8_t *rows, int depth, unsigned channels)
{
    size_t stride = (WIDTH * channels * (unsigned)depth + 7) / 8;
    memset(rows, 0, stride * HEIGHT);
    for (unsigned pixel = 0; pixel < PIXELS; pixel++) {
        for (unsigned channel = 0; channel < channels; channel++) {
            unsigned value = sample_of(pixel, channel, depth);
            size_t bit = ((size_t)(pixel % WIDTH) * channels + channel) * (unsigned)depth;
            uint8_t *at = rows + pixel / WIDTH * stride + bit / 8;
            if (depth == 16) {
                at[0] = (uint8_t)(value >> 8);
                at[1] = (uint8_t)(value & 0xFF);
            } else {
                *at = (uint8_t)(*at | value << (8 - (unsigned)depth - bit % 8));
            }
        }
    }
    return stride;
}

static uint32_t expected_colour(unsigned pixel, int depth, int colour_type)
{
    bool grey = (colour_type & PNG_COLOR_MASK_COLOR) == 0;
    bool alpha = (colour_type & PNG_COLOR_MASK_ALPHA) != 0;
    uint32_t red = wide(sample_of(pixel, 0, depth), depth);
    uint32_t green = grey ? red : wide(sample_of(pixel, 1, depth), depth);
    uint32_t blue = grey ? red : wide(sample_of(pixel, 2, depth), depth);
    uint32_t opacity = alpha ? wide(sample_of(pixel, grey ? 1 : 3, depth), depth) : 255;
    return opacity << 24 | red << 16 | green << 8 | blue;
}

static void check_kind(int colour_type, int depth, unsigned channels)
{
    uint8_t rows[WIDTH * HEIGHT * 8];
    (void)pack_rows(rows, depth, channels);
    for (int interlaced = 0; interlaced < 2; interlaced++) {
        struct kit_png png = {.width = WIDTH,
                              .height = HEIGHT,
                              .bit_depth = depth,
                              .colour_type = colour_type,
                              .interlaced = interlaced != 0,
                              .rows = rows};
        struct writer_image image;
        struct base_findings findings;
        kit_png_write("kind.png", &png);
        CHECK(decode("kind.png", &image, &findings));
        CHECK_U64(findings.count, 0);
        CHECK_U64(image.width, WIDTH);
        CHECK_U64(image.height, HEIGHT);
        CHECK(!image.indexed);
        for (unsigned pixel = 0; pixel < PIXELS; pixel++) {
            CHECK_U64(colour_at(&image, pixel), expected_colour(pixel, depth, colour_type));
        }
        writer_image_free(&image);
        base_findings_free(&findings);
    }
}

UNIT_TEST(decodes_grey_of_every_depth)
{
    check_kind(PNG_COLOR_TYPE_GRAY, 1, 1);
    check_kind(PNG_COLOR_TYPE_GRAY, 2, 1);
    check_kind(PNG_COLOR_TYPE_GRAY, 4, 1);
    check_kind(PNG_COLOR_TYPE_GRAY, 8, 1);
    check_kind(PNG_COLOR_TYPE_GRAY, 16, 1);
}

UNIT_TEST(decodes_truecolour)
{
    check_kind(PNG_COLOR_TYPE_RGB, 8, 3);
    check_kind(PNG_COLOR_TYPE_RGB, 16, 3);
}

/* With 16 bits every alpha of the sample is v8 x 257, so it stays what it is. */
UNIT_TEST(decodes_alpha)
{
    check_kind(PNG_COLOR_TYPE_GRAY_ALPHA, 8, 2);
    check_kind(PNG_COLOR_TYPE_RGB_ALPHA, 8, 4);
    check_kind(PNG_COLOR_TYPE_GRAY_ALPHA, 16, 2);
    check_kind(PNG_COLOR_TYPE_RGB_ALPHA, 16, 4);
}

UNIT_TEST(decodes_indices_of_every_depth)
{
    uint32_t palette[256];
    static const uint8_t alpha[2] = {0, 128};
    for (uint32_t i = 0; i < 256; i++) {
        palette[i] = i * 0x010203;
    }
    for (int depth = 1; depth <= 8; depth *= 2) {
        uint8_t rows[WIDTH * HEIGHT];
        (void)pack_rows(rows, depth, 1);
        for (int interlaced = 0; interlaced < 2; interlaced++) {
            struct kit_png png = {.width = WIDTH,
                                  .height = HEIGHT,
                                  .bit_depth = depth,
                                  .colour_type = PNG_COLOR_TYPE_PALETTE,
                                  .interlaced = interlaced != 0,
                                  .palette = palette,
                                  .palette_count = 1 << depth,
                                  .alpha = alpha,
                                  .alpha_count = 2,
                                  .rows = rows};
            struct writer_image image;
            struct base_findings findings;
            kit_png_write("kind.png", &png);
            CHECK(decode("kind.png", &image, &findings));
            CHECK(image.indexed);
            CHECK_U64(image.palette_count, 1 << depth);
            for (unsigned pixel = 0; pixel < PIXELS && image.pixels != NULL; pixel++) {
                unsigned index = sample_of(pixel, 0, depth);
                uint32_t opacity = index == 0 ? 0 : index == 1 ? 128 : 255;
                CHECK_U64(image.pixels[pixel], index);
                CHECK_U64(colour_at(&image, pixel), opacity << 24 | palette[index]);
            }
            writer_image_free(&image);
            base_findings_free(&findings);
        }
    }
}

UNIT_TEST(a_transparent_colour_is_transparent)
{
    static const uint8_t grey[4] = {0, 7, 255, 7};
    static const uint8_t rgb[6] = {1, 2, 3, 1, 2, 4};
    static const uint16_t wanted[3] = {7, 0, 0};
    static const uint16_t wanted_rgb[3] = {1, 2, 3};
    struct kit_png png = {.width = 4,
                          .height = 1,
                          .bit_depth = 8,
                          .colour_type = PNG_COLOR_TYPE_GRAY,
                          .transparent = wanted,
                          .rows = grey};
    struct writer_image image;
    struct base_findings findings;
    kit_png_write("grey.png", &png);
    CHECK(decode("grey.png", &image, &findings));
    CHECK_U64(colour_at(&image, 0), 0xFF000000);
    CHECK_U64(colour_at(&image, 1) >> 24, 0);
    CHECK_U64(colour_at(&image, 2), 0xFFFFFFFF);
    CHECK_U64(colour_at(&image, 3) >> 24, 0);
    writer_image_free(&image);
    base_findings_free(&findings);
    png = (struct kit_png){.width = 2,
                           .height = 1,
                           .bit_depth = 8,
                           .colour_type = PNG_COLOR_TYPE_RGB,
                           .transparent = wanted_rgb,
                           .rows = rgb};
    kit_png_write("rgb.png", &png);
    CHECK(decode("rgb.png", &image, &findings));
    CHECK_U64(colour_at(&image, 0) >> 24, 0);
    CHECK_U64(colour_at(&image, 1), 0xFF010204);
    writer_image_free(&image);
    base_findings_free(&findings);
}

UNIT_TEST(samples_that_8_bits_cannot_hold_are_refused)
{
    uint8_t rows[2 * 3 * 2] = {0x11, 0x11, 0x22, 0x22, 0x33, 0x33, 0x11, 0x11, 0x22, 0x23, 0x33, 0x33};
    struct kit_png png = {.width = 1, .height = 2, .bit_depth = 16, .colour_type = PNG_COLOR_TYPE_RGB, .rows = rows};
    kit_png_write("fine.png", &png);
    check_refused("fine.png", DIAG_PIXEL_INEXPRESSIBLE, -1,
                  "pixel x 0, y 1: the picture has 16 bits per channel, and 8 bits do not hold the colour; #112233 has "
                  "the same RGB565; 1 pixel");
}

/* An invisible pixel needs no exact colour; a half visible one is not called inexact. */
UNIT_TEST(only_opaque_samples_have_to_be_exact)
{
    uint8_t rows[2 * 8] = {0x12, 0x34, 0, 0, 0, 0, 0, 0, 0x12, 0x34, 0, 0, 0, 0, 0xFF, 0xFE};
    struct kit_png png = {
        .width = 2, .height = 1, .bit_depth = 16, .colour_type = PNG_COLOR_TYPE_RGB_ALPHA, .rows = rows};
    struct writer_image image;
    struct base_findings findings;
    kit_png_write("alpha.png", &png);
    CHECK(decode("alpha.png", &image, &findings));
    CHECK_U64(findings.count, 0);
    CHECK_U64(colour_at(&image, 0) >> 24, 0);
    CHECK_U64(colour_at(&image, 1) >> 24, 128);
    writer_image_free(&image);
    base_findings_free(&findings);
}

UNIT_TEST(an_index_without_a_colour_is_refused)
{
    static const uint32_t palette[4] = {0, 1, 2, 3};
    static const uint8_t indices[6] = {0, 1, 2, 3, 4, 9};
    kit_png_indexed("index.png", 3, 2, palette, 4, indices);
    check_refused("index.png", DIAG_IMAGE_INVALID, -1,
                  "pixel x 1, y 1: the pixel has index 4, but the PNG's palette has 4 colours; 2 pixels");
}

UNIT_TEST(what_is_not_a_png_is_refused)
{
    unit_write_file("empty.png", "", 0);
    unit_write_file("gif.png", "GIF89a..........", 16);
    unit_write_file("short.png", "\x89PNG\r\n\x1A", 7);
    check_refused("empty.png", DIAG_IMAGE_INVALID, 0, "the file is empty");
    check_refused("gif.png", DIAG_IMAGE_INVALID, 0, "the file is a GIF picture, not a PNG");
    check_refused("short.png", DIAG_IMAGE_INVALID, 0,
                  "the file is damaged from its first bytes on: it begins like a PNG, but not as a whole one");
}

static void check_named(const char *begin, size_t size, const char *message)
{
    unit_write_file("named.png", begin, size);
    check_refused("named.png", DIAG_IMAGE_INVALID, 0, message);
}
#define CHECK_NAMED(begin, message) check_named(begin, sizeof(begin) - 1, message)

/* What a file is that has the name of a PNG, and what its user may do. */
UNIT_TEST(what_is_not_a_png_is_named)
{
    CHECK_NAMED("version https://git-lfs.github.com/spec/v1\noid sha256:0\n",
                "the file is a Git LFS pointer, not a PNG");
    CHECK_NAMED("\xFF\xD8\xFF\xE0", "the file is a JPEG picture, not a PNG");
    CHECK_NAMED("RIFF\4\0\0\0WEBPVP8L", "the file is a WebP picture, not a PNG");
    CHECK_NAMED("\xEF\xBB\xBFversion https://git-lfs.github.com/spec/v1\n", "the file is a Git LFS pointer, not a PNG");
    CHECK_NAMED("P6\n8 8\n255\n", "the file is a netpbm picture, not a PNG");
    CHECK_NAMED("\0\0\0\0\0\0\0\0\0\0\0\0", "the file begins with 12 bytes that are all 0: its content is lost");
    CHECK_NAMED("\xEF\xBB\xBF\x89PNG\r\n",
                "the file is a PNG after a byte-order mark of UTF-8, which a program put there");
    CHECK_NAMED("hello", "the file does not begin like a PNG");
    CHECK_NAMED("\x89PNG\r\n\x1A\n\0\0\0\4CgBI\x50\0\x20\6", "the file is a PNG that Xcode has changed for iOS (CgBI)");
    CHECK_NAMED("\x89PNG\n\x1A\n\0\0\0\rIHDR",
                "the file is a PNG whose line ends were converted as if it were text (CR LF to LF)");
    CHECK_NAMED("\x89PNG\r\r\n\x1A\r\n\0\0\0",
                "the file is a PNG whose line ends were converted as if it were text (LF to CR LF)");
    CHECK_NAMED("\xEF\xBF\xBDPNG\r\n", "the file is a PNG that was read and written as if it were text in UTF-8");
}

static void check_remedy(const char *begin, size_t size, const char *remedy)
{
    struct base_findings findings;
    struct writer_image image;
    unit_write_file("named.png", begin, size);
    CHECK(!decode("named.png", &image, &findings));
    REQUIRE(findings.count == 1);
    CHECK_STRING(findings.items[0].remedy != NULL ? findings.items[0].remedy : "", remedy);
    base_findings_free(&findings);
}
#define CHECK_REMEDY(begin, remedy) check_remedy(begin, sizeof(begin) - 1, remedy)

/* "": that of every damaged PNG. */
UNIT_TEST(what_is_not_a_png_may_have_a_remedy_of_its_own)
{
    CHECK_REMEDY("version https://git-lfs.github.com/spec/v1\n",
                 "Run `git lfs pull`: it puts the file itself in its place.");
    CHECK_REMEDY("\x89PNG\r\r\n\x1A\r\n\0\0\0", "Mark *.png as binary for version control, and fetch the file again.");
    CHECK_REMEDY("\xFF\xD8\xFF\xE0", "");
    CHECK_REMEDY("hello", "");
}

static struct base_text small_png(void)
{
    static const uint32_t palette[2] = {0x000000, 0xFFFFFF};
    static const uint8_t indices[64] = {0, 1, 1};
    struct kit_png png = {.width = 8,
                          .height = 8,
                          .bit_depth = 8,
                          .colour_type = PNG_COLOR_TYPE_PALETTE,
                          .palette = palette,
                          .palette_count = 2,
                          .rows = indices};
    return kit_png_make(&png);
}

/* A PNG that ends anywhere too early is damaged, and nothing else. */
UNIT_TEST(every_truncation_is_refused)
{
    struct base_text png = small_png();
    for (size_t size = 8; size < png.size; size++) {
        struct base_findings findings;
        struct writer_image image;
        unit_write_file("cut.png", png.data, size);
        CHECK(!decode("cut.png", &image, &findings));
        CHECK_U64(findings.count, 1);
        CHECK_FINDING(&findings, 0, DIAG_IMAGE_INVALID, "input", (int64_t)size,
                      "the PNG is damaged: the file ends too early");
        base_findings_free(&findings);
    }
    base_text_free(&png);
}

/* Each bit of the file is covered: by the signature, by a checksum, or because it is one. */
UNIT_TEST(every_flipped_bit_is_refused)
{
    struct base_text png = small_png();
    for (size_t bit = 0; bit < png.size * 8; bit++) {
        struct base_findings findings;
        struct writer_image image;
        png.data[bit / 8] = (char)(png.data[bit / 8] ^ (1 << bit % 8));
        unit_write_file("flip.png", png.data, png.size);
        png.data[bit / 8] = (char)(png.data[bit / 8] ^ (1 << bit % 8));
        CHECK(!decode("flip.png", &image, &findings));
        CHECK_U64(findings.count, 1);
        CHECK_FINDING(&findings, 0, DIAG_IMAGE_INVALID, "input", place_byte(&findings.items[0]), NULL);
        writer_image_free(&image);
        base_findings_free(&findings);
    }
    base_text_free(&png);
}

/* CRC-32 as PNG has it, bit by bit. */
static uint32_t crc_of(const uint8_t *bytes, size_t size)
{
    uint32_t crc = 0xFFFFFFFF;
    for (size_t i = 0; i < size; i++) {
        crc ^= bytes[i];
        for (int bit = 0; bit < 8; bit++) {
            crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xEDB88320 : 0);
        }
    }
    return ~crc;
}

static void store_be32(uint8_t *at, uint32_t value)
{
    at[0] = (uint8_t)(value >> 24);
    at[1] = (uint8_t)((value >> 16) & 0xFF);
    at[2] = (uint8_t)((value >> 8) & 0xFF);
    at[3] = (uint8_t)(value & 0xFF);
}

/* Writes a PNG of nothing but an IHDR with these sides and the given tail. */
static void write_header_only(const char *relative, uint32_t width, uint32_t height)
{
    static const uint8_t idat[4] = {'I', 'D', 'A', 'T'};
    uint8_t bytes[45] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R'};
    store_be32(bytes + 16, width);
    store_be32(bytes + 20, height);
    bytes[24] = 8; /* truecolour with alpha, 8 bits */
    bytes[25] = 6;
    store_be32(bytes + 29, crc_of(bytes + 12, 17));
    memcpy(bytes + 37, idat, sizeof idat); /* empty */
    store_be32(bytes + 41, crc_of(bytes + 37, 4));
    unit_write_file(relative, bytes, sizeof bytes);
}

/* The size is told, for the caller to refuse, and nothing of that size is taken from memory. */
UNIT_TEST(a_giant_is_known_from_its_header)
{
    enum { GIANT = 0x1FFFFF00 }; /* about the most that libpng takes where pointers have 32 bits */
    struct base_findings findings;
    struct writer_reporter report = kit_report(&findings);
    struct writer_png png;
    write_header_only("giant.png", GIANT, GIANT);
    struct writer_source source = kit_source("giant.png");
    CHECK(writer_png_open(&png, &source, &report));
    CHECK_U64(findings.count, 0);
    CHECK_U64(png.width, GIANT);
    CHECK_U64(png.height, GIANT);
    writer_png_close(&png);
    writer_source_end(&source);
}

UNIT_TEST(impossible_sides_are_refused)
{
    write_header_only("wide.png", 0x80000000, 8);
    write_header_only("none.png", 0, 8);
    write_header_only("flat.png", 8, 0);
    check_refused("wide.png", DIAG_IMAGE_INVALID, 33, NULL);
    check_refused("none.png", DIAG_IMAGE_INVALID, 33, "the PNG is damaged: Invalid IHDR data");
    check_refused("flat.png", DIAG_IMAGE_INVALID, 33, "the PNG is damaged: Invalid IHDR data");
}

UNIT_TEST(missing_pixels_are_refused)
{
    write_header_only("hollow.png", 8, 8);
    check_refused("hollow.png", DIAG_IMAGE_INVALID, 45, "the PNG is damaged: the file ends too early");
}

/* Inserts a chunk after IHDR; a wrong checksum when `broken`. */
static void write_with_chunk(const char *relative, const char *type, const char *data, size_t size, bool broken)
{
    struct base_text png = small_png();
    struct base_text text = BASE_TEXT_EMPTY;
    uint8_t chunk[256] = {0};
    store_be32(chunk, (uint32_t)size);
    memcpy(chunk + 4, type, 4);
    memcpy(chunk + 8, data, size);
    store_be32(chunk + 8 + size, crc_of(chunk + 4, size + 4) ^ (broken ? 1 : 0));
    base_text_add(&text, base_bytes_make(png.data, 33));
    base_text_add(&text, base_bytes_make(chunk, size + 12));
    base_text_add(&text, base_bytes_make(png.data + 33, png.size - 33));
    unit_write_file(relative, text.data, text.size);
    base_text_free(&text);
    base_text_free(&png);
}

/* What changes no pixel is not interpreted, however odd, but its checksum counts. */
UNIT_TEST(other_chunks_are_skipped_but_checked)
{
    static const struct {
        const char *type;
        const char *data;
        size_t size;
    } chunks[] = {
        {"tEXt", "Author\0nobody", 13},
        {"zTXt", "k\0\0not deflated", 15},
        {"iCCP", "x\0\0broken profile", 17},
        {"gAMA", "\0\0\0\1", 4},
        {"sRGB", "\7", 1},
        {"prIV", "anything", 8},
        {"pHYs", "short", 5},
        {"eXIf", "", 0},
    };
    for (size_t i = 0; i < sizeof chunks / sizeof chunks[0]; i++) {
        struct base_findings findings;
        struct writer_image image;
        write_with_chunk("chunk.png", chunks[i].type, chunks[i].data, chunks[i].size, false);
        CHECK(decode("chunk.png", &image, &findings));
        CHECK_U64(findings.count, 0);
        CHECK_U64(colour_at(&image, 1), 0xFFFFFFFF);
        writer_image_free(&image);
        base_findings_free(&findings);
        write_with_chunk("chunk.png", chunks[i].type, chunks[i].data, chunks[i].size, true);
        check_refused("chunk.png", DIAG_IMAGE_INVALID, 33 + 12 + (int64_t)chunks[i].size, NULL);
    }
}

UNIT_TEST(unknown_critical_chunks_are_refused)
{
    write_with_chunk("critical.png", "ABCD", "x", 1, false);
    check_refused("critical.png", DIAG_IMAGE_INVALID, 46, NULL);
}

UNIT_TEST(a_huge_file_is_not_read)
{
    static const char signature[] = "\x89PNG\r\n\x1A\n";
    struct base_findings findings;
    struct writer_reporter report = kit_report(&findings);
    unit_write_file("huge.png", signature, 8);
    struct writer_source source = kit_source("huge.png");
    struct writer_png png;
    source.file.size = WRITER_PNG_BYTES_MAX + 1;
    CHECK(!writer_png_open(&png, &source, &report));
    CHECK_FINDING(&findings, 0, DIAG_INPUT_TOO_LARGE, "input", -1, "the PNG is larger than 64 MiB");
    writer_png_close(&png);
    writer_source_end(&source);
    base_findings_free(&findings);
}

/* A file that shrinks while it is read is not a damaged one. */
UNIT_TEST(a_shrinking_file_has_changed)
{
    struct base_text text = small_png();
    struct base_findings findings;
    struct writer_reporter report = kit_report(&findings);
    unit_write_file("shrink.png", text.data, text.size);
    struct writer_source source = kit_source("shrink.png");
    struct writer_png png;
    unit_write_file("shrink.png", text.data, 20);
    CHECK(!writer_png_open(&png, &source, &report));
    CHECK_FINDING(&findings, 0, DIAG_INPUT_CHANGED, "input", -1, "the file became shorter while it was read");
    writer_png_close(&png);
    writer_source_end(&source);
    base_findings_free(&findings);
    base_text_free(&text);
}
