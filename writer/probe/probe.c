#include "writer/probe/probe.h"

#include "writer/plan/input.h"
#include "writer/probe/glyph.h"
#include "writer/probe/metadata.h"
#include "writer/probe/raw.h"
#include "writer/sound/input.h"

static bool probe_sound(const struct writer_work *work)
{
    struct writer_planned *planned = work->planned;
    struct writer_opened opened;
    bool fine =
        writer_input_open(work, 0, &opened) &&
        (writer_sound_probe(&opened.source.file, &planned->sound, &opened.report) || writer_input_mark_faulty(&opened));
    writer_input_close(&opened);
    struct writer_members members = {.count = 0};
    if (fine) {
        /* Bounded by the size of the file: sound/input.c. */
        planned->size = planned->sound.frames * planned->sound.channels * WRITER_SAMPLE_BYTES;
        planned->decoded_size = planned->size;
        writer_members_add(&members, "sample_rate", planned->sound.sample_rate);
        writer_members_add(&members, "channels", planned->sound.channels);
        writer_members_add(&members, "frames", planned->sound.frames);
    }
    return writer_metadata_print(work, &members) && fine;
}

/* Formats with sources take exactly one. */
static bool has_source(const struct writer_work *work)
{
    return work->subject.asset->declaration.input_count == 1 ||
           writer_report_declaration(&work->subject, DIAG_DECLARATION_VALUE, "/inputs/sources", "1",
                                     writer_decimal(work->subject.asset->declaration.input_count).text,
                                     "this format takes exactly one source");
}

void writer_probe(const struct writer_work *work)
{
    bool fine = false;
    switch (work->subject.asset->declaration.format) {
    case WORKSPACE_FORMAT_GLYPH_INDEXED:
        fine = writer_probe_glyph(work);
        break;
    case WORKSPACE_FORMAT_SOUND_PCM16LE:
        fine = has_source(work) && probe_sound(work);
        break;
    case WORKSPACE_FORMAT_RAW:
        fine = has_source(work) && writer_probe_raw(work);
        break;
    }
    fine = writer_pipeline_print(work) && fine;
    work->planned->faulty = !fine;
}
