#include "writer/encode/encode.h"

#include "writer/encode/glyph.h"
#include "writer/encode/raw.h"
#include "writer/encode/sound.h"

void writer_encode(const struct writer_work *work, const struct writer_region *region)
{
    switch (work->subject.asset->declaration.format) {
    case WORKSPACE_FORMAT_GLYPH_INDEXED:
        (void)writer_encode_glyph(work, region);
        break;
    case WORKSPACE_FORMAT_SOUND_PCM16LE:
        (void)writer_encode_sound(work, region);
        break;
    case WORKSPACE_FORMAT_RAW:
        (void)writer_encode_raw(work, region);
        break;
    }
}
