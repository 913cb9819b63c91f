#include "writer/encode/sound_warnings.h"

#include "writer/probe/metadata.h"

#include <inttypes.h>

static void warn_of_length(uint64_t frames, const struct writer_reporter *report)
{
    if (frames == 1) {
        writer_warn(report, DIAG_SOUND_LENGTH_UNKNOWN, NULL,
                    "the sound does not say how long it is: its one frame, up to the end of the file, is packed");
        return;
    }
    writer_warn(report, DIAG_SOUND_LENGTH_UNKNOWN, NULL,
                "the sound does not say how long it is: all %" PRIu64 " frames up to the end of the file are packed",
                frames);
}

/* Only a loop that "loop": "source" would take is offered to it. */
static void warn_of_loop(const struct writer_sound_facts *facts, const struct writer_reporter *report)
{
    const struct writer_sound_loop *loop = &facts->loop;
    if (loop->state == WRITER_LOOP_UNUSABLE) {
        writer_warn(report, DIAG_SOUND_LOOP_IGNORED, NULL, "the sound has a loop, which is not packed: %s",
                    loop->reason);
    } else if (loop->start < loop->end && loop->end <= facts->frames) {
        writer_warn(report, DIAG_SOUND_LOOP_IGNORED, NULL,
                    "the sound has a loop from frame %" PRIu64 " up to %" PRIu64
                    ", which is not packed: \"loop\": \"source\" in output.pipeline takes it",
                    loop->start, loop->end);
    } else {
        writer_warn(report, DIAG_SOUND_LOOP_IGNORED, NULL,
                    "the sound has a loop from frame %" PRIu64 " up to %" PRIu64
                    ", which is not packed: it does not lie in frames 0 to %" PRIu64,
                    loop->start, loop->end, facts->frames);
    }
}

void writer_warn_sound(const struct writer_work *work, const struct writer_reporter *report)
{
    const struct writer_sound_facts *facts = &work->planned->sound;
    if (!facts->length_given) {
        warn_of_length(facts->frames, report);
    }
    bool declared = work->subject.asset->declaration.loop_of_source || writer_metadata_declares(work, "loop_start") ||
                    writer_metadata_declares(work, "loop_end");
    if (facts->loop.state != WRITER_LOOP_NONE && !declared) {
        warn_of_loop(facts, report);
    }
}
