#include "writer/encode.h"

void pp_writer_encode(const struct pp_work *work, const struct pp_region *region)
{
    switch (work->subject.asset->declaration.format) {
    case PP_FORMAT_GLYPH_INDEXED:
        (void)pp_writer_encode_glyph(work, region);
        break;
    case PP_FORMAT_SOUND_PCM16LE:
        (void)pp_writer_encode_sound(work, region);
        break;
    case PP_FORMAT_RAW:
        (void)pp_writer_encode_raw(work, region);
        break;
    }
    pp_writer_progress_add(region->progress, 0, 1);
}
