/* Every allocation and every read refused in turn while payloads are compared with their sources. */
#include "tests/lib/unit.h"
#include "tests/verify/project.h"
#include "tests/verify/refusal.h"

#include <png.h>
#include <sndfile.h>

static void verify(struct verify_report *report)
{
    struct verify_options options = {.jobs = 1, .sources = unit_path("project")};
    verify_build(unit_path("build"), &options, report);
}

/* A library may take a refusal for a damaged file, but no source counts as equal for it. */
static void check(const struct verify_report *report)
{
    CHECK(!base_findings_any(&report->findings, DIAG_CLASS_L));
    CHECK_U64(report->findings.total[DIAG_INTERNAL], 0);
    if (base_findings_any(&report->findings, DIAG_CLASS_E) || base_findings_any(&report->findings, DIAG_CLASS_C)) {
        CHECK(report->conforms != VERIFY_VERDICT_YES);
    } else {
        CHECK(report->checked.sources >= 1);
        CHECK_U64(report->conforms, VERIFY_VERDICT_YES);
        CHECK_U64(report->matches, VERIFY_VERDICT_YES);
    }
}

static void check_alone(const struct verify_report *report)
{
    check(report);
    CHECK(!base_findings_any(&report->findings, DIAG_CLASS_C));
}

static void refuse_all(const struct project *project)
{
    struct build build = project_make(project);
    CHECK_SOURCES(&build, "");
    build_write(&build, "build");
    CHECK(refuse_each(REFUSE_ALLOCATION, false, verify, check_alone) > 40);
    CHECK(refuse_each(REFUSE_ALLOCATION, true, verify, check) > 40);
    CHECK(refuse_each(REFUSE_READ, false, verify, check_alone) >= 3);
    build_free(&build);
}

UNIT_TEST(a_raw_source)
{
    static const uint8_t bytes[] = {1, 2, 3, 4, 5, 6, 7, 8};
    refuse_all(&(const struct project){.header = HEADER(SCENE("1", "a", "0", "8"), ""),
                                       .payload = base_bytes_make(bytes, sizeof bytes),
                                       .declaration = DECLARATION("SCENE/raw_v1", "'sources':['one.bin']"),
                                       .sources = {{.path = "one.bin", .data = bytes, .size = sizeof bytes}},
                                       .source_count = 1});
}

UNIT_TEST(an_image)
{
    static const uint8_t blank[GLYPH_BYTES];
    static const uint8_t rows[64];
    static const uint8_t palette[3];
    struct base_text png = png_make(&(const struct image){.width = 8,
                                                          .height = 8,
                                                          .bit_depth = 8,
                                                          .color_type = PNG_COLOR_TYPE_PALETTE,
                                                          .rows = rows,
                                                          .row_size = 8,
                                                          .palette = palette,
                                                          .palette_size = 1});
    refuse_all(&(const struct project){.header = HEADER(GLYPH("1", "a", SHEET("1"), "0"), ""),
                                       .payload = base_bytes_make(blank, sizeof blank),
                                       .declaration = DECLARATION("GLYPH/indexed_v1", "'sprites':['a.png']"),
                                       .sources = {{.path = "a.png", .data = png.data, .size = png.size}},
                                       .source_count = 1});
    base_text_free(&png);
}

UNIT_TEST(an_image_with_a_palette_file)
{
    static const uint8_t rows[64];
    static uint8_t sheet[GLYPH_BYTES];
    static const char palette[] = "808080\n000000\n";
    for (unsigned i = 0; i < 8; i++) {
        memset(sheet + (size_t)i * 128, 0x11, 4);
    }
    base_store_le16(sheet + PLANE_BYTES, 0x8410);
    struct base_text png = png_make(&(const struct image){
        .width = 8, .height = 8, .bit_depth = 8, .color_type = PNG_COLOR_TYPE_GRAY, .rows = rows, .row_size = 8});
    refuse_all(&(const struct project){
        .header = HEADER(GLYPH("1", "a", SHEET("1"), "0"), ""),
        .payload = base_bytes_make(sheet, sizeof sheet),
        .declaration = DECLARED_AS("GLYPH/indexed_v1", "'palettes':[{'index':0,'path':'p.hex'}],'sprites':['a.png']",
                                   "a", "{'enabled':false}", ""),
        .sources = {{.path = "p.hex", .data = palette, .size = sizeof palette - 1},
                    {.path = "a.png", .data = png.data, .size = png.size}},
        .source_count = 2});
    base_text_free(&png);
}

UNIT_TEST(a_sound)
{
    static const uint8_t payload[] = {1, 0, 2, 0, 3, 0, 4, 0};
    const int samples[] = {65536, 131072, 196608, 262144};
    struct base_text file = sound_make(&(const struct sound){
        .format = SF_FORMAT_WAV | SF_FORMAT_PCM_16, .rate = 8000, .channels = 1, .samples = samples, .frames = 4});
    refuse_all(&(const struct project){.header = HEADER(SOUND("1", "a", TONE("1", "4"), "0", "8"), ""),
                                       .payload = base_bytes_make(payload, sizeof payload),
                                       .declaration = DECLARATION("SOUNDS/pcm16le_v1", "'sources':['a.wav']"),
                                       .sources = {{.path = "a.wav", .data = file.data, .size = file.size}},
                                       .source_count = 1});
    base_text_free(&file);
}
