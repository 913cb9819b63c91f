#include "writer/probe/raw.h"

#include "writer/plan/input.h"
#include "writer/probe/metadata.h"

/* A size that the bank requires. */
static bool need_size(const struct writer_work *work, const char *what, uint64_t expected, uint64_t actual)
{
    return expected == actual ||
           writer_report_declaration(&work->subject, DIAG_DECLARATION_VALUE, "/inputs/sources",
                                     writer_decimal(expected).text, writer_decimal(actual).text,
                                     "the source does not have the %s that its bank requires", what);
}

static bool need_decoded_size(const struct writer_work *work, uint64_t expected)
{
    const struct workspace_declaration *declaration = &work->subject.asset->declaration;
    if (!declaration->has_decoded_size || declaration->decoded_size == expected) {
        return true;
    }
    return writer_report_declaration(&work->subject, DIAG_DECLARATION_VALUE, "/output", writer_decimal(expected).text,
                                     writer_decimal(declaration->decoded_size).text,
                                     "decoded_size is not the one that the bank requires");
}

static bool check_raw_glyph(const struct writer_work *work, bool sized)
{
    uint64_t value = 0;
    uint64_t authored = 0;
    bool fine = writer_metadata_require(work, "tile_size", WRITER_TILE_SIZE_MIN, WRITER_TILE_SIZE_MAX, &value);
    if (fine && !writer_is_tile_size(value)) {
        fine = writer_report_declaration(&work->subject, DIAG_DECLARATION_VALUE, "/output/metadata/tile_size",
                                         WRITER_TILE_SIZES_TEXT, writer_decimal(value).text,
                                         "tile_size has a value that the bank cannot have");
    }
    fine = writer_metadata_require(work, "width", WRITER_SHEET_WIDTH, WRITER_SHEET_WIDTH, &value) && fine;
    fine = writer_metadata_require(work, "height", WRITER_SHEET_HEIGHT, WRITER_SHEET_HEIGHT, &value) && fine;
    fine = writer_metadata_require(work, "palette_count", WRITER_PALETTES, WRITER_PALETTES, &value) && fine;
    fine = writer_metadata_require(work, "palette_authored", 1, WRITER_PALETTES, &authored) && fine;
    fine = need_decoded_size(work, WRITER_GLYPH_DECODED_SIZE) && fine;
    work->planned->palette_authored = (uint32_t)authored;
    work->planned->decoded_size = WRITER_GLYPH_DECODED_SIZE;
    return (!sized || need_size(work, "34816 bytes", WRITER_GLYPH_SIZE, work->planned->size)) && fine;
}

static bool check_raw_sound(const struct writer_work *work, bool sized)
{
    uint64_t rate;
    uint64_t channels = 0;
    uint64_t frames = 0;
    bool fine = writer_metadata_require(work, "sample_rate", WRITER_SAMPLE_RATE_MIN, WRITER_SAMPLE_RATE_MAX, &rate);
    bool counted = writer_metadata_require(work, "channels", WRITER_CHANNELS, WRITER_CHANNELS, &channels);
    counted = writer_metadata_require(work, "frames", 0, WRITER_INTEGER_MAX, &frames) && counted;
    if (!counted || !sized) {
        return false;
    }
    fine = writer_metadata_check_loop(work, frames) && fine;
    /* At most 2^54: no overflow. */
    uint64_t size = frames * WRITER_SAMPLE_BYTES;
    fine = need_size(work, "frames x 2 bytes", size, work->planned->size) && fine;
    return need_decoded_size(work, size) && fine;
}

/* A SCENE may decode to any size that the header can carry. */
static bool check_decoded_size(const struct writer_work *work)
{
    return work->planned->decoded_size <= WRITER_INTEGER_MAX || !work->subject.asset->declaration.has_decoded_size ||
           writer_report_declaration(&work->subject, DIAG_DECLARATION_VALUE, "/output", "0 to 9007199254740991",
                                     writer_decimal(work->planned->decoded_size).text, "decoded_size is beyond 2^53-1");
}

bool writer_probe_raw(const struct writer_work *work)
{
    const struct workspace_declaration *declaration = &work->subject.asset->declaration;
    struct writer_planned *planned = work->planned;
    struct writer_opened opened;
    bool sized = writer_input_open(work, 0, &opened);
    planned->size = sized ? opened.source.file.size : 0;
    planned->decoded_size = declaration->has_decoded_size ? declaration->decoded_size : planned->size;
    writer_input_close(&opened);
    bool fine = sized;
    switch (declaration->type) {
    case WORKSPACE_ASSET_GLYPH:
        fine = check_raw_glyph(work, sized) && fine;
        break;
    case WORKSPACE_ASSET_SOUND:
        fine = check_raw_sound(work, sized) && fine;
        break;
    case WORKSPACE_ASSET_SCENE:
        fine = check_decoded_size(work) && fine;
        break;
    }
    struct writer_members none = {.count = 0};
    return writer_metadata_print(work, &none) && fine;
}
