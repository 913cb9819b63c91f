#include "writer/probe.h"

#include "writer/input.h"
#include "writer/metadata.h"
#include "writer/sound_input.h"

static bool probe_sound(const struct pp_work *work)
{
    struct pp_planned *planned = work->planned;
    struct pp_opened opened;
    bool fine =
        pp_writer_input_open(work, 0, &opened) &&
        (pp_writer_sound_probe(&opened.source.file, &planned->sound, &opened.report) || pp_writer_input_spoil(&opened));
    pp_writer_input_close(&opened);
    struct pp_members members = {.count = 0};
    if (fine) {
        /* Bounded by the size of the file: sound_input.c. */
        planned->size = planned->sound.frames * planned->sound.channels * PP_LAYOUT_SAMPLE_BYTES;
        planned->decoded_size = planned->size;
        pp_writer_members_add(&members, "sample_rate", planned->sound.sample_rate);
        pp_writer_members_add(&members, "channels", planned->sound.channels);
        pp_writer_members_add(&members, "frames", planned->sound.frames);
    }
    return pp_writer_metadata_print(work, &members) && fine;
}

/* Formats with sources take exactly one. */
static bool has_source(const struct pp_work *work)
{
    return work->subject.asset->declaration.input_count == 1 ||
           pp_writer_report_declaration(&work->subject, PP_DECLARATION_VALUE, "/inputs/sources", "1",
                                        pp_writer_decimal(work->subject.asset->declaration.input_count).text,
                                        "this format takes exactly one source");
}

void pp_writer_probe(const struct pp_work *work)
{
    bool fine = false;
    switch (work->subject.asset->declaration.format) {
    case PP_FORMAT_GLYPH_INDEXED:
        fine = pp_writer_probe_glyph(work);
        break;
    case PP_FORMAT_SOUND_PCM16LE:
        fine = has_source(work) && probe_sound(work);
        break;
    case PP_FORMAT_RAW:
        fine = has_source(work) && pp_writer_probe_raw(work);
        break;
    }
    fine = pp_writer_pipeline_print(work) && fine;
    work->planned->faulty = !fine;
}
