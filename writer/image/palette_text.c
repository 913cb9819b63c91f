#include "writer/image/palette_text.h"

#include "base/hex.h"
#include "base/text.h"
#include "writer/image/not_palette.h"

#include <string.h>

enum { SHOWN_BYTES = 40 };

/* One line of the text, without its end. number counts from 1; begin is its byte position. */
struct line {
    struct base_bytes bytes;
    size_t begin;
    unsigned number;
};

struct parser {
    struct base_bytes text;
    size_t at; /* begin of the next line */
    struct line line;
    struct writer_palette palette;
    struct base_lines lines; /* of the text, for findings */
    const struct writer_reporter *report;
};

/* Moves to the next line; false at the end of the text. LF, CR LF and CR end a line, each of them in every text. */
static bool next_line(struct parser *parser)
{
    if (parser->at >= parser->text.size) {
        return false;
    }
    const uint8_t *begin = parser->text.data + parser->at;
    size_t rest = parser->text.size - parser->at;
    size_t length = 0;
    while (length < rest && begin[length] != '\n' && begin[length] != '\r') {
        length++;
    }
    size_t end = length < rest ? 1 : 0;
    if (rest - length >= 2 && begin[length] == '\r' && begin[length + 1] == '\n') {
        end = 2;
    }
    parser->line.begin = parser->at;
    parser->line.number++;
    parser->at += length + end;
    parser->line.bytes = base_bytes_make(begin, length);
    return true;
}

static struct base_place place_of(struct parser *parser, size_t at, size_t length)
{
    return (struct base_place){BASE_AT_BYTE(at, length), .lines = &parser->lines};
}

/* Reports a fault of the present line, and shows the line. remedy: or NULL, that of palette-invalid. */
static bool refuse_line_with(struct parser *parser, const char *expected, const char *what, const char *remedy)
{
    const struct line *line = &parser->line;
    struct base_text shown = BASE_TEXT_EMPTY;
    base_text_add_printable(&shown, line->bytes, SHOWN_BYTES);
    (void)writer_report(parser->report, DIAG_PALETTE_INVALID,
                        &(struct base_details){.place = place_of(parser, line->begin, line->bytes.size),
                                               .expected = expected,
                                               .actual = base_text_string(&shown),
                                               .remedy = remedy},
                        "%s", what);
    base_text_free(&shown);
    return false;
}

static bool refuse_line(struct parser *parser, const char *expected, const char *what)
{
    return refuse_line_with(parser, expected, what, NULL);
}

static bool is_blank(uint8_t byte)
{
    return byte == ' ' || byte == '\t';
}

static struct base_bytes trimmed(struct base_bytes bytes)
{
    while (bytes.size > 0 && is_blank(bytes.data[0])) {
        bytes = base_bytes_make(bytes.data + 1, bytes.size - 1);
    }
    while (bytes.size > 0 && is_blank(bytes.data[bytes.size - 1])) {
        bytes.size--;
    }
    return bytes;
}

static bool begins_with(struct base_bytes bytes, const char *prefix)
{
    size_t length = strlen(prefix);
    return bytes.size >= length && memcmp(bytes.data, prefix, length) == 0;
}

static bool line_is(const struct parser *parser, const char *wanted)
{
    return base_bytes_equal(trimmed(parser->line.bytes), base_bytes_of_string(wanted));
}

/* Takes a decimal number of at most `limit`, and the blanks after it, from the begin of *bytes. */
static bool take_number(struct base_bytes *bytes, uint32_t limit, uint32_t *number)
{
    uint32_t value = 0;
    size_t digits = 0;
    while (digits < bytes->size && bytes->data[digits] >= '0' && bytes->data[digits] <= '9') {
        value = value * 10 + (uint32_t)(bytes->data[digits] - '0');
        if (value > limit) {
            return false;
        }
        digits++;
    }
    bool ends = digits == bytes->size || is_blank(bytes->data[digits]);
    if (digits == 0 || !ends) {
        return false;
    }
    *number = value;
    *bytes = trimmed(base_bytes_make(bytes->data + digits, bytes->size - digits));
    return true;
}

/* Takes "R G B". */
static bool take_colour(struct base_bytes *bytes, uint32_t *colour)
{
    uint32_t red;
    uint32_t green;
    uint32_t blue;
    if (!take_number(bytes, 255, &red) || !take_number(bytes, 255, &green) || !take_number(bytes, 255, &blue)) {
        return false;
    }
    *colour = red << 16 | green << 8 | blue;
    return true;
}

static bool add_colour(struct parser *parser, uint32_t colour)
{
    if (parser->palette.count == WRITER_PALETTE_COLOURS) {
        return refuse_line(parser, "at most 16 colours", "a 17th colour");
    }
    parser->palette.colours[parser->palette.count++] = colour;
    return true;
}

/* What may come between the first line and the colours of a .gpl. */
static bool is_gimp_remark(struct base_bytes line)
{
    return line.size == 0 || line.data[0] == '#' || begins_with(line, "Name:") || begins_with(line, "Columns:") ||
           begins_with(line, "Channels:");
}

static bool parse_gimp(struct parser *parser)
{
    while (next_line(parser)) {
        struct base_bytes rest = trimmed(parser->line.bytes);
        if (is_gimp_remark(rest)) {
            continue;
        }
        uint32_t colour;
        /* The name of the colour, or its alpha, may follow. */
        if (!take_colour(&rest, &colour)) {
            return refuse_line(parser, "three numbers from 0 to 255", "not a colour of a GIMP palette");
        }
        if (!add_colour(parser, colour)) {
            return false;
        }
    }
    return true;
}

/* A line that has to be there. */
static bool need_line(struct parser *parser)
{
    return next_line(parser) || writer_report(parser->report, DIAG_PALETTE_INVALID,
                                              &(struct base_details){.place = place_of(parser, parser->at, 0)},
                                              "the palette ends after line %u", parser->line.number);
}

static bool parse_jasc_count(struct parser *parser, uint32_t *count)
{
    if (!need_line(parser)) {
        return false;
    }
    if (!line_is(parser, "0100")) {
        return refuse_line(parser, "0100", "not the version of a JASC palette");
    }
    if (!need_line(parser)) {
        return false;
    }
    struct base_bytes rest = trimmed(parser->line.bytes);
    if (!take_number(&rest, 65536, count) || rest.size > 0) {
        return refuse_line(parser, "a number of colours", "not the number of colours of a JASC palette");
    }
    if (*count > WRITER_PALETTE_COLOURS) {
        return refuse_line(parser, "at most 16 colours", "more than 16 colours");
    }
    return true;
}

static bool parse_jasc(struct parser *parser)
{
    uint32_t announced;
    if (!parse_jasc_count(parser, &announced)) {
        return false;
    }
    while (next_line(parser)) {
        struct base_bytes rest = trimmed(parser->line.bytes);
        uint32_t colour;
        uint32_t alpha;
        if (rest.size == 0) {
            continue;
        }
        /* Some programs append an alpha; a palette of the console has none. */
        if (!take_colour(&rest, &colour) || (rest.size > 0 && !take_number(&rest, 255, &alpha)) || rest.size > 0) {
            return refuse_line(parser, "three numbers from 0 to 255", "not a colour of a JASC palette");
        }
        if (!add_colour(parser, colour)) {
            return false;
        }
    }
    if (parser->palette.count != announced) {
        return writer_report(parser->report, DIAG_PALETTE_INVALID,
                             &(struct base_details){.expected = writer_decimal(announced).text,
                                                    .actual = writer_decimal(parser->palette.count).text},
                             "the palette does not have as many colours as its third line says");
    }
    return true;
}

/* Takes as many hexadecimal digits as there are to be, at most eight. */
static bool hex_number(struct base_bytes line, size_t digits, uint32_t *number)
{
    if (line.size != digits) {
        return false;
    }
    uint32_t value = 0;
    for (size_t i = 0; i < line.size; i++) {
        int digit = base_hex_value_any(line.data[i]);
        if (digit < 0) {
            return false;
        }
        value = value << 4 | (uint32_t)digit;
    }
    *number = value;
    return true;
}

/* "rrggbb" or "#rrggbb". */
static bool hex_colour(struct base_bytes line, uint32_t *colour)
{
    if (line.size == 7 && line.data[0] == '#') {
        line = base_bytes_make(line.data + 1, line.size - 1);
    }
    return hex_number(line, 6, colour);
}

/* The first line is "; paint.net Palette File", or the same without the blank. */
static bool is_paint_net(const struct parser *parser)
{
    struct base_bytes line = trimmed(parser->line.bytes);
    return begins_with(line, ";") && base_bytes_equal(trimmed(base_bytes_make(line.data + 1, line.size - 1)),
                                                      base_bytes_of_string("paint.net Palette File"));
}

/* Colours are "aarrggbb". */
static bool parse_paint_net(struct parser *parser)
{
    while (next_line(parser)) {
        struct base_bytes line = trimmed(parser->line.bytes);
        uint32_t colour;
        if (line.size == 0 || line.data[0] == ';') {
            continue;
        }
        if (!hex_number(line, 8, &colour)) {
            return refuse_line(parser, "eight hexadecimal digits: opacity, red, green, blue",
                               "not a colour of a paint.net palette");
        }
        if (!add_colour(parser, colour & 0xFFFFFF)) {
            return false;
        }
    }
    return true;
}

/* Comments begin with ';', or with '#' and a blank. */
static bool is_hex_remark(struct base_bytes line)
{
    return line.size == 0 || line.data[0] == ';' || (line.data[0] == '#' && (line.size == 1 || is_blank(line.data[1])));
}

/* The file may be of another kind altogether, when it has no colour before this line. */
static bool refuse_hex(struct parser *parser, struct base_bytes line)
{
    static const char expected[] = "six hexadecimal digits";
    struct base_text what = BASE_TEXT_EMPTY;
    const char *remedy;
    uint32_t colour;
    if (line.size == 9 && line.data[0] == '#') {
        line = base_bytes_make(line.data + 1, line.size - 1);
    }
    if (hex_number(line, 8, &colour)) {
        return refuse_line_with(parser, expected, "a colour has eight digits, and the head of paint.net is missing",
                                "Write \"; paint.net Palette File\" as the first line, if the first two digits are the "
                                "opacity, as paint.net writes them.");
    }
    if (parser->palette.count > 0) {
        return refuse_line(parser, expected, "not a colour of a .hex palette");
    }
    if (!writer_not_palette(parser->text, &what, &remedy)) {
        return refuse_line(parser, expected,
                           "neither a .gpl, a JASC .pal, a .hex, a paint.net .txt nor an indexed PNG");
    }
    (void)writer_report(parser->report, DIAG_PALETTE_INVALID,
                        &(struct base_details){.place = place_of(parser, 0, 0), .remedy = remedy}, "%s",
                        base_text_string(&what));
    base_text_release(&what, &parser->report->findings->out_of_memory);
    return false;
}

/* The present line is the first of the text. */
static bool parse_hex(struct parser *parser)
{
    do {
        struct base_bytes line = trimmed(parser->line.bytes);
        uint32_t colour;
        if (is_hex_remark(line)) {
            continue;
        }
        if (!hex_colour(line, &colour)) {
            return refuse_hex(parser, line);
        }
        if (!add_colour(parser, colour)) {
            return false;
        }
    } while (next_line(parser));
    return true;
}

static bool parse(struct parser *parser)
{
    if (!next_line(parser)) {
        return true;
    }
    if (line_is(parser, "GIMP Palette")) {
        return parse_gimp(parser);
    }
    if (line_is(parser, "JASC-PAL")) {
        return parse_jasc(parser);
    }
    if (begins_with(parser->line.bytes, "RIFF")) {
        return writer_report(parser->report, DIAG_PALETTE_INVALID,
                             &(struct base_details){.place = place_of(parser, 0, 4)},
                             "a binary RIFF palette; save it as JASC .pal");
    }
    if (is_paint_net(parser)) {
        return parse_paint_net(parser);
    }
    return parse_hex(parser);
}

bool writer_palette_parse(struct base_bytes text, struct writer_palette *palette, const struct writer_reporter *report)
{
    struct parser parser = {.text = text, .lines = base_lines_of(text), .report = report};
    /* A byte-order mark changes no colour. */
    if (begins_with(text, "\xEF\xBB\xBF")) {
        parser.at = 3;
    }
    if (!parse(&parser)) {
        return false;
    }
    if (parser.palette.count == 0) {
        return writer_report(report, DIAG_PALETTE_INVALID,
                             &(struct base_details){.expected = "1 to 16 colours", .actual = "0"},
                             "the palette has no colour");
    }
    *palette = parser.palette;
    return true;
}
