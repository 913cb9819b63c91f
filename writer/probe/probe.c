#include "writer/probe/probe.h"

#include "writer/probe/glyph.h"
#include "writer/probe/metadata.h"
#include "writer/probe/raw.h"
#include "writer/probe/sound.h"
#include "writer/report.h"

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
        fine = has_source(work) && writer_probe_sound(work);
        break;
    case WORKSPACE_FORMAT_RAW:
        fine = has_source(work) && writer_probe_raw(work);
        break;
    }
    fine = writer_pipeline_print(work) && fine;
    work->planned->faulty = !fine;
}
