#include "writer/input.h"
#include "writer/metadata.h"
#include "writer/probe.h"

/* A size that the bank prescribes. */
static bool need_size(const struct pp_work *work, const char *what, uint64_t expected, uint64_t actual)
{
    return expected == actual ||
           pp_writer_report_declaration(&work->subject, PP_DECLARATION_VALUE, "/inputs/sources",
                                        pp_writer_decimal(expected).text, pp_writer_decimal(actual).text,
                                        "the source has not the %s that its bank prescribes", what);
}

static bool need_decoded_size(const struct pp_work *work, uint64_t expected)
{
    const struct pp_declaration *declaration = &work->subject.asset->declaration;
    if (!declaration->has_decoded_size || declaration->decoded_size == expected) {
        return true;
    }
    return pp_writer_report_declaration(
        &work->subject, PP_DECLARATION_VALUE, "/output", pp_writer_decimal(expected).text,
        pp_writer_decimal(declaration->decoded_size).text, "decoded_size is not the one that the bank prescribes");
}

static bool judge_raw_glyph(const struct pp_work *work, bool sized)
{
    uint64_t value = 0;
    uint64_t authored = 0;
    bool fine = pp_writer_metadata_need(work, "tile_size", 8, 32, &value);
    if (fine && value != 8 && value != 16 && value != 32) {
        fine = pp_writer_report_declaration(&work->subject, PP_DECLARATION_VALUE, "/output/metadata/tile_size",
                                            "8, 16 or 32", pp_writer_decimal(value).text,
                                            "tile_size has a value that the bank cannot have");
    }
    fine = pp_writer_metadata_need(work, "width", PP_LAYOUT_SHEET_WIDTH, PP_LAYOUT_SHEET_WIDTH, &value) && fine;
    fine = pp_writer_metadata_need(work, "height", PP_LAYOUT_SHEET_HEIGHT, PP_LAYOUT_SHEET_HEIGHT, &value) && fine;
    fine = pp_writer_metadata_need(work, "palette_count", PP_LAYOUT_PALETTES, PP_LAYOUT_PALETTES, &value) && fine;
    fine = pp_writer_metadata_need(work, "palette_authored", 1, PP_LAYOUT_PALETTES, &authored) && fine;
    fine = need_decoded_size(work, PP_LAYOUT_GLYPH_DECODED_SIZE) && fine;
    work->planned->palette_authored = (uint32_t)authored;
    work->planned->decoded_size = PP_LAYOUT_GLYPH_DECODED_SIZE;
    return (!sized || need_size(work, "34816 bytes", PP_LAYOUT_GLYPH_SIZE, work->planned->size)) && fine;
}

static bool judge_raw_sound(const struct pp_work *work, bool sized)
{
    uint64_t rate;
    uint64_t channels = 0;
    uint64_t frames = 0;
    bool fine =
        pp_writer_metadata_need(work, "sample_rate", PP_LAYOUT_SAMPLE_RATE_MIN, PP_LAYOUT_SAMPLE_RATE_MAX, &rate);
    bool counted = pp_writer_metadata_need(work, "channels", 1, PP_LAYOUT_CHANNELS_MAX, &channels);
    counted = pp_writer_metadata_need(work, "frames", 0, PP_LAYOUT_INTEGER_MAX, &frames) && counted;
    if (!counted || !sized) {
        return false;
    }
    /* At most 2^55: no overflow. */
    uint64_t size = frames * channels * PP_LAYOUT_SAMPLE_BYTES;
    fine = need_size(work, "frames x channels x 2 bytes", size, work->planned->size) && fine;
    return need_decoded_size(work, size) && fine;
}

/* A SCENE may decode to any size that the header can carry. */
static bool judge_decoded_size(const struct pp_work *work)
{
    return work->planned->decoded_size <= PP_LAYOUT_INTEGER_MAX || !work->subject.asset->declaration.has_decoded_size ||
           pp_writer_report_declaration(&work->subject, PP_DECLARATION_VALUE, "/output", "0 to 9007199254740991",
                                        pp_writer_decimal(work->planned->decoded_size).text,
                                        "decoded_size is beyond 2^53-1");
}

bool pp_writer_probe_raw(const struct pp_work *work)
{
    const struct pp_declaration *declaration = &work->subject.asset->declaration;
    struct pp_planned *planned = work->planned;
    struct pp_opened opened;
    bool sized = pp_writer_input_open(work, 0, &opened);
    planned->size = sized ? opened.source.file.size : 0;
    planned->decoded_size = declaration->has_decoded_size ? declaration->decoded_size : planned->size;
    pp_writer_input_close(&opened);
    bool fine = sized;
    switch (declaration->type) {
    case PP_ASSET_GLYPH:
        fine = judge_raw_glyph(work, sized) && fine;
        break;
    case PP_ASSET_SOUND:
        fine = judge_raw_sound(work, sized) && fine;
        break;
    case PP_ASSET_SCENE:
        fine = judge_decoded_size(work) && fine;
        break;
    }
    struct pp_members none = {.count = 0};
    return pp_writer_metadata_print(work, &none) && fine;
}
