#include "verify/sources/palette_read.h"

#include "verify/sources/palette_text.h"

enum { BYTE_MAX = 255, HEX_DIGITS = 6, HEX_DIGITS_WITH_OPACITY = 8 };

/* One reading. Each line either changes the palette, or is skipped, or sets the fault. */
struct reading {
    struct verify_palette palette;
    struct verify_palette_lines lines;
    struct base_bytes line; /* the current one */
    size_t begins;          /* of the current line */
    struct verify_palette_fault fault;
};

static bool refuse(struct reading *reading, const char *text, size_t at)
{
    reading->fault = (struct verify_palette_fault){.text = text, .at = at};
    return false;
}

static bool next_line(struct reading *reading)
{
    return verify_palette_next_line(&reading->lines, &reading->line, &reading->begins);
}

static bool add_colour(struct reading *reading, struct verify_palette_colour colour)
{
    if (reading->palette.count == VERIFY_PALETTE_ENTRIES) {
        return refuse(reading, "it has more than 16 colours", reading->begins);
    }
    reading->palette.colours[reading->palette.count++] = colour;
    return true;
}

/* Removes red, green and blue from the front of the line. */
static bool take_colour(struct base_bytes *line, struct verify_palette_colour *colour)
{
    uint32_t red;
    uint32_t green;
    uint32_t blue;
    if (!verify_palette_take_number(line, BYTE_MAX, &red) || !verify_palette_take_number(line, BYTE_MAX, &green) ||
        !verify_palette_take_number(line, BYTE_MAX, &blue)) {
        return false;
    }
    *colour = (struct verify_palette_colour){.red = (uint8_t)red, .green = (uint8_t)green, .blue = (uint8_t)blue};
    return true;
}

/* ---- The four kinds: each function reads the lines after the first ---- */

static bool read_gimp(struct reading *reading)
{
    while (next_line(reading)) {
        struct base_bytes rest = reading->line;
        struct verify_palette_colour colour;
        if (rest.size == 0 || rest.data[0] == '#' || verify_palette_begins(rest, "Name:") ||
            verify_palette_begins(rest, "Columns:") || verify_palette_begins(rest, "Channels:")) {
            continue;
        }
        if (!take_colour(&rest, &colour)) {
            return refuse(reading, "a line of the GIMP palette is not a colour", reading->begins);
        }
        if (!add_colour(reading, colour)) {
            return false;
        }
    }
    return true;
}

/* The version and the number of colours. */
static bool read_jasc_head(struct reading *reading, uint32_t *announced)
{
    if (!next_line(reading)) {
        return refuse(reading, "the JASC palette ends before its version", reading->lines.file.size);
    }
    if (!verify_palette_is(reading->line, "0100")) {
        return refuse(reading, "the version of the JASC palette is not 0100", reading->begins);
    }
    if (!next_line(reading)) {
        return refuse(reading, "the JASC palette ends before its number of colours", reading->lines.file.size);
    }
    if (!verify_palette_take_number(&reading->line, VERIFY_PALETTE_ENTRIES, announced) || reading->line.size > 0) {
        return refuse(reading, "the number of colours of the JASC palette is not 1 to 16", reading->begins);
    }
    return true;
}

/* A fourth number is an opacity. */
static bool take_jasc_colour(struct base_bytes line, struct verify_palette_colour *colour)
{
    uint32_t opacity;
    return take_colour(&line, colour) &&
           (line.size == 0 || (verify_palette_take_number(&line, BYTE_MAX, &opacity) && line.size == 0));
}

static bool read_jasc(struct reading *reading)
{
    uint32_t announced;
    if (!read_jasc_head(reading, &announced)) {
        return false;
    }
    while (next_line(reading)) {
        struct verify_palette_colour colour;
        if (reading->line.size == 0) {
            continue;
        }
        if (!take_jasc_colour(reading->line, &colour)) {
            return refuse(reading, "a line of the JASC palette is not a colour", reading->begins);
        }
        if (!add_colour(reading, colour)) {
            return false;
        }
    }
    if (reading->palette.count != announced) {
        return refuse(reading, "the JASC palette has another number of colours than it says", reading->lines.file.size);
    }
    return true;
}

static int hex_digit(uint8_t byte)
{
    if (byte >= '0' && byte <= '9') {
        return byte - '0';
    }
    if (byte >= 'a' && byte <= 'f') {
        return byte - 'a' + 10;
    }
    return byte >= 'A' && byte <= 'F' ? byte - 'A' + 10 : -1;
}

/* Reads a line of so many digits, of which the last six are the colour. */
static bool take_digits(struct base_bytes line, size_t count, struct verify_palette_colour *colour)
{
    uint32_t value = 0;
    if (line.size != count) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        int digit = hex_digit(line.data[i]);
        if (digit < 0) {
            return false;
        }
        value = value << 4 | (uint32_t)digit;
    }
    *colour = (struct verify_palette_colour){
        .red = (uint8_t)(value >> 16), .green = (uint8_t)(value >> 8), .blue = (uint8_t)value};
    return true;
}

static bool take_hex_colour(struct base_bytes line, struct verify_palette_colour *colour)
{
    size_t at = line.data[0] == '#' ? 1 : 0;
    return take_digits(base_bytes_make(line.data + at, line.size - at), HEX_DIGITS, colour);
}

static bool is_hex_comment(struct base_bytes line)
{
    return line.data[0] == ';' || (line.data[0] == '#' && (line.size == 1 || verify_palette_is_blank(line.data[1])));
}

/* The first line of paint.net: a comment of a hex file, but for its words. */
static bool is_paint_net(struct base_bytes line)
{
    size_t at = 1;
    while (at < line.size && verify_palette_is_blank(line.data[at])) {
        at++;
    }
    return line.size > 0 && line.data[0] == ';' &&
           verify_palette_is(base_bytes_make(line.data + at, line.size - at), "paint.net Palette File");
}

static bool read_paint_net(struct reading *reading)
{
    while (next_line(reading)) {
        struct verify_palette_colour colour;
        if (reading->line.size == 0 || reading->line.data[0] == ';') {
            continue;
        }
        if (!take_digits(reading->line, HEX_DIGITS_WITH_OPACITY, &colour)) {
            return refuse(reading, "a line of the paint.net palette is not eight hexadecimal digits", reading->begins);
        }
        if (!add_colour(reading, colour)) {
            return false;
        }
    }
    return true;
}

/* This kind has no first line of its own. */
static bool read_hex(struct reading *reading)
{
    reading->lines = verify_palette_lines_begin(reading->lines.file);
    while (next_line(reading)) {
        struct verify_palette_colour colour;
        if (reading->line.size == 0 || is_hex_comment(reading->line)) {
            continue;
        }
        if (!take_hex_colour(reading->line, &colour)) {
            return refuse(reading, "a line is not six hexadecimal digits", reading->begins);
        }
        if (!add_colour(reading, colour)) {
            return false;
        }
    }
    return true;
}

static bool read_text(struct reading *reading)
{
    if (verify_palette_begins(reading->lines.file, "\xFF\xFE") ||
        verify_palette_begins(reading->lines.file, "\xFE\xFF")) {
        return refuse(reading, "it is UTF-16", 0);
    }
    if (verify_palette_begins(
            base_bytes_make(reading->lines.file.data + reading->lines.at, reading->lines.file.size - reading->lines.at),
            "RIFF")) {
        return refuse(reading, "it is a binary palette", 0);
    }
    bool has_line = next_line(reading);
    bool read = has_line && verify_palette_is(reading->line, "GIMP Palette") ? read_gimp(reading)
                : has_line && verify_palette_is(reading->line, "JASC-PAL")   ? read_jasc(reading)
                : has_line && is_paint_net(reading->line)                    ? read_paint_net(reading)
                                                                             : read_hex(reading);
    if (read && reading->palette.count == 0) {
        return refuse(reading, "it has no colour", reading->lines.file.size);
    }
    return read;
}

bool verify_palette_is_png(struct base_bytes file)
{
    return verify_palette_begins(file, "\x89PNG\r\n\x1A\n");
}

bool verify_palette_read(struct base_bytes file, struct verify_palette *palette, struct verify_palette_fault *fault)
{
    struct reading reading = {.lines = verify_palette_lines_begin(file)};
    if (file.size > VERIFY_PALETTE_FILE_MAX) {
        (void)refuse(&reading, "it is longer than 65,536 bytes", VERIFY_PALETTE_FILE_MAX);
    } else if (file.size == 0) {
        (void)refuse(&reading, "it has no colour", 0);
    } else if (verify_palette_is_png(file)) {
        (void)refuse(&reading, "it is a PNG", 0);
    } else if (read_text(&reading)) {
        *palette = reading.palette;
        return true;
    }
    *fault = reading.fault;
    return false;
}
