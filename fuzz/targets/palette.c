/* Palette files: what is taken has 1 to 16 colours, the same when it is read from a file, with other line ends, or
 * written again in another kind. The verifier's own reading takes the same texts, with the same colours. */
#include "fuzz/lib/findings.h"
#include "fuzz/lib/harness.h"
#include "fuzz/lib/scratch.h"
#include "fuzz/naive/json.h"
#include "verify/sources/palette_read.h"
#include "writer/image/palette_file.h"
#include "writer/image/palette_text.h"

#include <stdio.h>
#include <string.h>

static void init(struct writer_reporter *report, struct base_findings *findings)
{
    base_findings_init(findings);
    *report = (struct writer_reporter){.findings = findings, .place = BASE_NOWHERE};
    report->place.file = "palette";
}

static void check_same(const struct writer_palette *a, const struct writer_palette *b)
{
    FUZZ_CHECK_U64(a->count, b->count);
    for (uint32_t i = 0; i < a->count; i++) {
        FUZZ_CHECK_U64(a->colours[i], b->colours[i]);
    }
}

/* Parses a text; *palette stays as it was when it is refused. */
static bool parse(struct base_bytes text, struct writer_palette *palette)
{
    const struct writer_palette before = {.count = 3, .colours = {1, 2, 3}};
    struct base_findings findings;
    struct writer_reporter report;
    init(&report, &findings);
    *palette = before;
    bool taken = writer_palette_parse(text, palette, &report);
    FUZZ_CHECK(taken == (base_findings_errors(&findings) == 0));
    if (!taken) {
        check_same(palette, &before);
        FUZZ_CHECK(findings.total[DIAG_PALETTE_INVALID] > 0);
    }
    fuzz_check_findings(&findings, text.size);
    fuzz_check_lines(&findings, text);
    base_findings_free(&findings);
    return taken;
}

static void check_colours(const struct writer_palette *palette)
{
    FUZZ_CHECK(palette->count >= 1 && palette->count <= WRITER_PALETTE_COLOURS);
    for (uint32_t i = 0; i < palette->count; i++) {
        FUZZ_CHECK(palette->colours[i] <= 0xFFFFFF);
    }
}

static void add_colour(struct fuzz_text *text, uint32_t colour, bool hex)
{
    char line[64];
    unsigned red = colour >> 16;
    unsigned green = colour >> 8 & 255;
    unsigned blue = colour & 255;
    int length = hex ? snprintf(line, sizeof line, "%02x%02x%02x\n", red, green, blue)
                     : snprintf(line, sizeof line, "%u %u %u\n", red, green, blue);
    fuzz_text_add(text, line, (size_t)length);
}

/* The palette in each of the three kinds, read again. */
static void check_written(const struct writer_palette *palette)
{
    static const char *const heads[] = {"", "GIMP Palette\nName: x\nColumns: 0\n#\n", "JASC-PAL\n0100\n"};
    for (int kind = 0; kind < 3; kind++) {
        struct fuzz_text text = {.data = NULL};
        struct writer_palette again;
        fuzz_text_add(&text, heads[kind], strlen(heads[kind]));
        if (kind == 2) {
            char count[16];
            int length = snprintf(count, sizeof count, "%u\n", palette->count);
            fuzz_text_add(&text, count, (size_t)length);
        }
        for (uint32_t i = 0; i < palette->count; i++) {
            add_colour(&text, palette->colours[i], kind == 0);
        }
        FUZZ_CHECK(parse(fuzz_text_bytes(&text), &again));
        check_same(&again, palette);
        fuzz_text_free(&text);
    }
}

/* CR LF instead of LF. */
static void check_line_ends(struct base_bytes text, const struct writer_palette *palette, bool taken)
{
    struct fuzz_text changed = {.data = NULL};
    struct writer_palette again;
    if (text.size > 0 && memchr(text.data, '\r', text.size) == NULL) {
        for (size_t i = 0; i < text.size; i++) {
            fuzz_text_add(&changed, "\r", text.data[i] == '\n' ? 1 : 0);
            fuzz_text_add(&changed, text.data + i, 1);
        }
        FUZZ_CHECK(parse(fuzz_text_bytes(&changed), &again) == taken);
        if (taken) {
            check_same(&again, palette);
        }
    }
    fuzz_text_free(&changed);
}

/* The same bytes as a file, which may be an image too. */
static void check_file(struct base_bytes bytes, const struct writer_palette *palette, bool taken)
{
    struct base_file file;
    struct writer_source source;
    struct base_findings findings;
    struct writer_reporter report;
    struct writer_palette again = {.count = 0};
    init(&report, &findings);
    scratch_memory_file(&file, bytes);
    FUZZ_CHECK(writer_source_begin(&source, &file));
    bool read = writer_palette_read(&source, &again, &report);
    FUZZ_CHECK(read == (base_findings_errors(&findings) == 0));
    FUZZ_CHECK(read || !taken);
    if (read) {
        check_colours(&again);
    }
    if (taken) {
        check_same(&again, palette);
    }
    fuzz_check_findings(&findings, bytes.size);
    writer_source_end(&source);
    base_findings_free(&findings);
}

/* What is an image or too long for a palette is not parsed as text. */
static void check_second_reading(struct base_bytes text, const struct writer_palette *palette, bool taken)
{
    struct verify_palette again = {.count = 0};
    struct verify_palette_fault fault = {.text = NULL};
    if (text.size > VERIFY_PALETTE_FILE_MAX || verify_palette_is_png(text)) {
        return;
    }
    FUZZ_CHECK(verify_palette_read(text, &again, &fault) == taken);
    FUZZ_CHECK(taken || (fault.text != NULL && fault.at <= text.size));
    FUZZ_CHECK_U64(again.count, taken ? palette->count : 0);
    for (size_t i = 0; i < again.count; i++) {
        struct verify_palette_colour colour = again.colours[i];
        FUZZ_CHECK_U64((uint32_t)colour.red << 16 | (uint32_t)colour.green << 8 | colour.blue, palette->colours[i]);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct base_bytes text = fuzz_guard(0, base_bytes_make(data, size));
    struct writer_palette palette;
    fuzz_memory_begin();
    bool taken = parse(text, &palette);
    if (taken) {
        check_colours(&palette);
        check_written(&palette);
    }
    check_line_ends(text, &palette, taken);
    check_second_reading(text, &palette, taken);
    check_file(text, &palette, taken);
    FUZZ_CHECK(fuzz_memory_live() == 0);
    return 0;
}
