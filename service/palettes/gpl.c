#include "service/palettes/gpl.h"

#include "base/findings.h"
#include "writer/image/palette_text.h"

#include <string.h>

void service_gpl_print(const struct writer_palette *palette, uint32_t index, struct base_text *text)
{
    base_text_addf(text, "GIMP Palette\nName: palette %u\nColumns: 16\n#\n", (unsigned)index);
    for (uint32_t i = 0; i < palette->count; i++) {
        uint32_t rgb = palette->colours[i];
        base_text_addf(text, "%3u %3u %3u\t%u%s\n", (unsigned)(rgb >> 16 & 0xFF), (unsigned)(rgb >> 8 & 0xFF),
                       (unsigned)(rgb & 0xFF), (unsigned)i, i == 0 ? " (not drawn)" : "");
    }
}

/* ---- Files that are there ---- */

enum kind { GIMP, JASC, PAINT_NET, HEX };

static struct base_bytes without_mark(struct base_bytes file)
{
    bool marked = file.size >= 3 && memcmp(file.data, "\xEF\xBB\xBF", 3) == 0;
    return marked ? base_bytes_make(file.data + 3, file.size - 3) : file;
}

static bool begins_with(struct base_bytes text, const char *begin)
{
    size_t size = strlen(begin);
    while (text.size > 0 && (text.data[0] == ' ' || text.data[0] == '\t')) {
        text = base_bytes_make(text.data + 1, text.size - 1);
    }
    return text.size >= size && memcmp(text.data, begin, size) == 0;
}

static enum kind kind_of(struct base_bytes text)
{
    if (begins_with(text, "GIMP Palette")) {
        return GIMP;
    }
    if (begins_with(text, "JASC-PAL")) {
        return JASC;
    }
    /* The opacity is the first pair of each colour; a hex file has no colour of eight digits. */
    return begins_with(text, ";") && text.size > 0 && memmem(text.data, text.size, "paint.net Palette File", 22) != NULL
               ? PAINT_NET
               : HEX;
}

static const char *newline_of(struct base_bytes text)
{
    const uint8_t *end = text.size > 0 ? memchr(text.data, '\n', text.size) : NULL;
    if (end == NULL) {
        return text.size > 0 && memchr(text.data, '\r', text.size) != NULL ? "\r" : "\n";
    }
    return end > text.data && end[-1] == '\r' ? "\r\n" : "\n";
}

static void add_colour(struct base_text *text, enum kind kind, uint32_t rgb)
{
    unsigned red = rgb >> 16 & 0xFF;
    unsigned green = rgb >> 8 & 0xFF;
    unsigned blue = rgb & 0xFF;
    switch (kind) {
    case GIMP:
        base_text_addf(text, "%3u %3u %3u", red, green, blue);
        return;
    case JASC:
        base_text_addf(text, "%u %u %u", red, green, blue);
        return;
    case PAINT_NET:
        base_text_addf(text, "FF%02X%02X%02X", red, green, blue);
        return;
    case HEX:
        base_text_addf(text, "%02x%02x%02x", red, green, blue);
        return;
    }
}

/* The third line of a JASC file, without its end. */
static struct base_bytes count_line(struct base_bytes text, const char *newline)
{
    char last = newline[strlen(newline) - 1];
    size_t begin = 0;
    for (unsigned line = 0; line < 2; line++) {
        const uint8_t *end = begin < text.size ? memchr(text.data + begin, last, text.size - begin) : NULL;
        begin = end != NULL ? (size_t)(end - text.data) + 1 : text.size;
    }
    size_t end = begin;
    while (end < text.size && text.data[end] != '\r' && text.data[end] != '\n') {
        end++;
    }
    return base_bytes_make(text.data + begin, end - begin);
}

static bool parse(struct base_bytes text, struct writer_palette *palette)
{
    struct base_findings findings;
    base_findings_init(&findings);
    const struct writer_reporter report = {.findings = &findings, .place = BASE_NOWHERE};
    bool fine = writer_palette_parse(text, palette, &report);
    base_findings_free(&findings);
    return fine;
}

/* Whether the text has the colours of the file and then the new ones. */
static bool is_right(struct base_bytes file, struct base_bytes text, const uint32_t *colours, uint32_t count)
{
    struct writer_palette before = {.count = 0};
    struct writer_palette after = {.count = 0};
    return parse(file, &before) && parse(text, &after) && after.count == before.count + count &&
           memcmp(before.colours, after.colours, before.count * sizeof *colours) == 0 &&
           memcmp(after.colours + before.count, colours, count * sizeof *colours) == 0;
}

bool service_palette_extend(struct base_bytes file, const uint32_t *colours, uint32_t count, struct base_text *text)
{
    struct base_bytes body = without_mark(file);
    const char *newline = newline_of(body);
    enum kind kind = kind_of(body);
    struct writer_palette before = {.count = 0};
    if (!parse(file, &before)) {
        return false;
    }
    size_t begin = text->size;
    base_text_add(text, base_bytes_make(file.data, (size_t)(body.data - file.data)));
    if (kind == JASC) {
        struct base_bytes line = count_line(body, newline);
        base_text_add(text, base_bytes_make(body.data, (size_t)(line.data - body.data)));
        base_text_addf(text, "%u", (unsigned)(before.count + count));
        body = base_bytes_make(line.data + line.size, (size_t)(body.data + body.size - line.data) - line.size);
    }
    base_text_add(text, body);
    char last = newline[strlen(newline) - 1];
    if (body.size == 0 || body.data[body.size - 1] != (uint8_t)last) {
        base_text_add_string(text, newline);
    }
    for (uint32_t i = 0; i < count; i++) {
        add_colour(text, kind, colours[i]);
        base_text_add_string(text, newline);
    }
    if (base_text_out_of_memory(text)) {
        return true;
    }
    return is_right(file, base_bytes_make(base_text_bytes(text).data + begin, text->size - begin), colours, count);
}
