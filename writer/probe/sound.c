#include "writer/probe/sound.h"

#include "writer/layout.h"
#include "writer/plan/input.h"
#include "writer/probe/metadata.h"
#include "writer/sound/input.h"

#include <inttypes.h>

static void warn_of_length(const struct writer_sound_facts *facts, const struct writer_reporter *report)
{
    const struct base_details details = {.severity = BASE_WARNING};
    if (!facts->length_given) {
        (void)writer_report(report, DIAG_SOUND_LENGTH_UNKNOWN, &details,
                            "the sound does not say how long it is: all %" PRIu64
                            " frames up to the end of the file are packed",
                            facts->frames);
    }
}

static bool probe_source(const struct writer_work *work, const struct writer_opened *opened)
{
    const struct writer_sound_bytes bytes = {.file = &opened->source.file, .task = work->subject.task};
    struct writer_sound_facts *facts = &work->planned->sound;
    if (!writer_sound_probe(&bytes, facts, &opened->report)) {
        return false;
    }
    warn_of_length(facts, &opened->report);
    return true;
}

bool writer_probe_sound(const struct writer_work *work)
{
    struct writer_planned *planned = work->planned;
    struct writer_opened opened;
    bool fine =
        writer_input_open(work, 0, &opened) && (probe_source(work, &opened) || writer_input_mark_faulty(&opened));
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
