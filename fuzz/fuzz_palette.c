/* Palette files: what is taken has 1 to 16 colours, the same when it is read from a file, with other line ends, or written again in
 * another kind. */
#include "fuzz/findings.h"
#include "fuzz/harness.h"
#include "fuzz/naive_json.h"
#include "fuzz/scratch.h"
#include "writer/palette_file.h"

#include <stdio.h>
#include <string.h>

static void init(struct pp_report *report, struct pp_findings *findings)
{
    pp_findings_init(findings);
    *report = (struct pp_report){.findings = findings, .place = PP_NOWHERE};
    report->place.file = "palette";
}

static void check_same(const struct pp_palette *a, const struct pp_palette *b)
{
    FUZZ_CHECK_U64(a->count, b->count);
    for (uint32_t i = 0; i < a->count; i++) {
        FUZZ_CHECK_U64(a->colours[i], b->colours[i]);
    }
}

/* Parses a text; *palette stays as it was when it is refused. */
static bool parse(struct pp_bytes text, struct pp_palette *palette)
{
    const struct pp_palette before = {.count = 3, .colours = {1, 2, 3}};
    struct pp_findings findings;
    struct pp_report report;
    init(&report, &findings);
    *palette = before;
    bool taken = pp_writer_palette_parse(text, palette, &report);
    FUZZ_CHECK(taken == (pp_findings_errors(&findings) == 0));
    if (!taken) {
        check_same(palette, &before);
        FUZZ_CHECK(findings.total[PP_PALETTE_INVALID] > 0);
    }
    fuzz_check_findings(&findings, text.size);
    pp_findings_free(&findings);
    return taken;
}

static void check_colours(const struct pp_palette *palette)
{
    FUZZ_CHECK(palette->count >= 1 && palette->count <= PP_LAYOUT_PALETTE_COLOURS);
    for (uint32_t i = 0; i < palette->count; i++) {
        FUZZ_CHECK(palette->colours[i] <= 0xFFFFFF);
    }
}

static void add_colour(struct naive_text *text, uint32_t colour, bool hex)
{
    char line[64];
    unsigned red = colour >> 16;
    unsigned green = colour >> 8 & 255;
    unsigned blue = colour & 255;
    int length = hex ? snprintf(line, sizeof line, "%02x%02x%02x\n", red, green, blue)
                     : snprintf(line, sizeof line, "%u %u %u\n", red, green, blue);
    naive_text_add(text, line, (size_t)length);
}

/* The palette in each of the three kinds, read again. */
static void check_written(const struct pp_palette *palette)
{
    static const char *const heads[] = {"", "GIMP Palette\nName: x\nColumns: 0\n#\n", "JASC-PAL\n0100\n"};
    for (int kind = 0; kind < 3; kind++) {
        struct naive_text text = {.data = NULL};
        struct pp_palette again;
        naive_text_add(&text, heads[kind], strlen(heads[kind]));
        if (kind == 2) {
            char count[16];
            int length = snprintf(count, sizeof count, "%u\n", palette->count);
            naive_text_add(&text, count, (size_t)length);
        }
        for (uint32_t i = 0; i < palette->count; i++) {
            add_colour(&text, palette->colours[i], kind == 0);
        }
        FUZZ_CHECK(parse(naive_text_bytes(&text), &again));
        check_same(&again, palette);
        naive_text_free(&text);
    }
}

/* CR LF instead of LF. */
static void check_line_ends(struct pp_bytes text, const struct pp_palette *palette, bool taken)
{
    struct naive_text changed = {.data = NULL};
    struct pp_palette again;
    if (text.size > 0 && memchr(text.data, '\r', text.size) == NULL) {
        for (size_t i = 0; i < text.size; i++) {
            naive_text_add(&changed, "\r", text.data[i] == '\n' ? 1 : 0);
            naive_text_add(&changed, text.data + i, 1);
        }
        FUZZ_CHECK(parse(naive_text_bytes(&changed), &again) == taken);
        if (taken) {
            check_same(&again, palette);
        }
    }
    naive_text_free(&changed);
}

/* The same bytes as a file, which may be an image too. */
static void check_file(struct pp_bytes bytes, const struct pp_palette *palette, bool taken)
{
    struct pp_file file;
    struct pp_source source;
    struct pp_findings findings;
    struct pp_report report;
    struct pp_palette again = {.count = 0};
    init(&report, &findings);
    scratch_memory_file(&file, bytes);
    FUZZ_CHECK(pp_writer_source_begin(&source, &file));
    bool read = pp_writer_palette_read(&source, &again, &report);
    FUZZ_CHECK(read == (pp_findings_errors(&findings) == 0));
    FUZZ_CHECK(read || !taken);
    if (read) {
        check_colours(&again);
    }
    if (taken) {
        check_same(&again, palette);
    }
    fuzz_check_findings(&findings, bytes.size);
    pp_writer_source_end(&source);
    pp_findings_free(&findings);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct pp_bytes text = fuzz_guard(0, pp_bytes_make(data, size));
    struct pp_palette palette;
    fuzz_memory_begin();
    bool taken = parse(text, &palette);
    if (taken) {
        check_colours(&palette);
        check_written(&palette);
    }
    check_line_ends(text, &palette, taken);
    check_file(text, &palette, taken);
    FUZZ_CHECK(fuzz_memory_live() == 0);
    return 0;
}
