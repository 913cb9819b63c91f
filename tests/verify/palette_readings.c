/* The writer and the verifier read palette files apart from each other. Generated files, valid, odd and broken, must be
 * accepted by both or by none, with the same colours. */
#include "verify/sources/palette_read.h"
#include "writer/image/palette_text.h"

#include "tests/lib/unit.h"

#include <stdio.h>

enum { FILES = 40000, LONGEST = 1024 };

/* A file while it is generated. */
struct made {
    uint64_t chance; /* state of the generator */
    char text[LONGEST];
    size_t size;
};

static uint32_t draw(struct made *made, uint32_t below)
{
    made->chance = made->chance * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(made->chance >> 33) % below;
}

static void add(struct made *made, const char *text)
{
    size_t size = strlen(text);
    if (size <= LONGEST - made->size) {
        memcpy(made->text + made->size, text, size);
        made->size += size;
    }
}

#define ADD_ONE_OF(made, ...)                                                                                          \
    do {                                                                                                               \
        static const char *const texts_[] = {__VA_ARGS__};                                                             \
        add((made), texts_[draw((made), sizeof texts_ / sizeof texts_[0])]);                                           \
    } while (0)

/* Mostly the first of two texts. */
static void add_usual(struct made *made, const char *usual, const char *odd)
{
    add(made, draw(made, 24) > 0 ? usual : odd);
}

static void add_number(struct made *made)
{
    char digits[16];
    (void)snprintf(digits, sizeof digits, draw(made, 8) > 0 ? "%u" : "%03u",
                   draw(made, 64) > 0 ? draw(made, 256) : 256);
    add(made, digits);
}

static void add_decimal_colour(struct made *made)
{
    for (uint32_t numbers = draw(made, 32) > 0 ? 3 : 2; numbers > 0; numbers--) {
        add_usual(made, numbers < 3 ? " " : "", " \t ");
        add_number(made);
    }
    if (draw(made, 6) == 0) {
        ADD_ONE_OF(made, " 255", " 0 ", " 256", " 1 2", "\tname", "name", " # x", " ", "\t", "\r", ",");
    }
}

static void add_hex_colour(struct made *made, bool opacity)
{
    char digits[16];
    (void)snprintf(digits, sizeof digits, draw(made, 2) > 0 ? "%06x" : "%06X", draw(made, 1 << 24));
    add_usual(made, "", "#");
    if (opacity != (draw(made, 32) == 0)) {
        ADD_ONE_OF(made, "FF", "7f", "00");
    }
    digits[draw(made, 32) > 0 ? 6 : 5] = '\0';
    add(made, digits);
    if (draw(made, 12) == 0) {
        ADD_ONE_OF(made, " ", "\t", " x", "0", "\r", "ff", ";");
    }
}

static void add_other_line(struct made *made)
{
    ADD_ONE_OF(made, "", " ", "\t\t", "#", "# remark", "#remark", " # x", ";", "; x", "Name: x", "Name:", " Columns: 4",
               "Channels: RGBA", "name: x", "Name : x", "x", "-1 0 0", "1,2,3", "\x1A", "##", "#\t123456",
               "GIMP Palette", "JASC-PAL", "0100", "16", "\xFF", "; paint.net Palette File");
}

/* The kinds of files. */
enum { GIMP, JASC, HEX, PAINT_NET, KINDS };

/* end: what ends the lines; NULL: chosen here. */
static void add_lines(struct made *made, uint32_t kind, uint32_t colours, const char *end)
{
    static const char *const ends[] = {"\n", "\r\n", "\r", "\n\n"};
    end = end != NULL ? end : ends[draw(made, 16) > 0 ? draw(made, 2) : draw(made, 4)];
    for (uint32_t i = 0; i < colours; i++) {
        if (draw(made, 24) == 0) {
            add_other_line(made);
            add(made, end);
        }
        if (kind >= HEX) {
            add_hex_colour(made, kind == PAINT_NET);
        } else {
            add_decimal_colour(made);
        }
        add(made, i + 1 < colours || draw(made, 4) > 0 ? end : "");
    }
}

static void add_jasc_head(struct made *made, uint32_t colours)
{
    char count[16];
    add_usual(made, "JASC-PAL", " JASC-PAL ");
    add_usual(made, "\n", "\r\n");
    add_usual(made, "0100\n", "100\n");
    (void)snprintf(count, sizeof count, "%u", draw(made, 16) > 0 ? colours : draw(made, 18));
    add_usual(made, "", " 0");
    add(made, count);
    add_usual(made, "\n", " \r\n");
}

/* Changes, drops or doubles a byte. */
static void damage(struct made *made)
{
    static const char bytes[] = " \t\r\n#;0123456789abcdefgX:\0\xFF-+";
    size_t at = draw(made, (uint32_t)made->size);
    switch (draw(made, 3)) {
    case 0:
        made->text[at] = bytes[draw(made, sizeof bytes - 1)];
        break;
    case 1:
        memmove(made->text + at, made->text + at + 1, made->size - at - 1);
        made->size--;
        break;
    default:
        if (made->size < LONGEST) {
            memmove(made->text + at + 1, made->text + at, made->size - at);
            made->size++;
        }
    }
}

static void make(struct made *made)
{
    made->size = 0;
    uint32_t colours = draw(made, 8) > 0 ? 1 + draw(made, 4) : draw(made, 19);
    uint32_t kind = draw(made, KINDS);
    const char *end = draw(made, 8) == 0 ? "\r" : NULL;
    add_usual(made, "", "\xEF\xBB\xBF");
    if (kind == GIMP) {
        add_usual(made, "GIMP Palette", "GIMP Palette\t");
        add(made, end != NULL ? end : draw(made, 8) > 0 ? "\n" : "\r\n");
    } else if (kind == JASC) {
        add_jasc_head(made, colours);
    } else if (kind == PAINT_NET) {
        ADD_ONE_OF(made, "; paint.net Palette File", ";paint.net Palette File", "; \tpaint.net Palette File ",
                   "; paint.net palette file");
        add(made, end != NULL ? end : draw(made, 8) > 0 ? "\n" : "\r\n");
    }
    add_lines(made, kind, colours, end);
    for (uint32_t faults = draw(made, 2); faults > 0 && made->size > 0; faults--) {
        damage(made);
    }
}

static bool read_by_writer(struct base_bytes text, struct writer_palette *palette)
{
    struct base_findings findings;
    base_findings_init(&findings);
    struct writer_reporter report = {.findings = &findings, .place = BASE_NOWHERE};
    report.place.file = "palette";
    bool read = writer_palette_parse(text, palette, &report);
    base_findings_free(&findings);
    return read;
}

static bool same_colours(const struct writer_palette *written, const struct verify_palette *palette)
{
    if (written->count != palette->count) {
        return false;
    }
    for (size_t i = 0; i < palette->count; i++) {
        struct verify_palette_colour colour = palette->colours[i];
        if (written->colours[i] != ((uint32_t)colour.red << 16 | (uint32_t)colour.green << 8 | colour.blue)) {
            return false;
        }
    }
    return true;
}

static void show(const struct made *made)
{
    (void)fprintf(stderr, "the two readings differ about: ");
    for (size_t i = 0; i < made->size; i++) {
        unsigned char byte = (unsigned char)made->text[i];
        (void)fprintf(stderr, byte >= ' ' && byte < 127 ? "%c" : "\\x%02x", byte);
    }
    (void)fputc('\n', stderr);
}

UNIT_TEST(writer_and_verifier_read_the_same_palettes)
{
    struct made made = {.chance = 1};
    size_t accepted = 0;
    for (size_t i = 0; i < FILES; i++) {
        struct writer_palette written = {.count = 0};
        struct verify_palette palette = {.count = 0};
        struct verify_palette_fault fault;
        make(&made);
        struct base_bytes text = base_bytes_make(made.text, made.size);
        bool read = verify_palette_read(text, &palette, &fault);
        bool same = read == read_by_writer(text, &written) && (!read || same_colours(&written, &palette));
        if (!same) {
            show(&made);
        }
        REQUIRE(same);
        accepted += read ? 1 : 0;
    }
    /* Enough of both kinds. */
    CHECK(accepted > FILES / 4);
    CHECK(accepted < FILES * 3 / 4);
}
