#include "writer/probe/sound.h"

#include "writer/layout.h"
#include "writer/plan/input.h"
#include "writer/probe/metadata.h"
#include "writer/sound/input.h"

#include <inttypes.h>
#include <stdio.h>

/* ---- Channels ---- */

static bool check_channels(const struct writer_work *work, const struct writer_sound_facts *facts,
                           const struct writer_reporter *report)
{
    return facts->channels == WRITER_CHANNELS || work->subject.asset->declaration.channels != WORKSPACE_CHANNELS_ALL ||
           writer_report(report, DIAG_SOUND_FORMAT, &(struct base_details){.cause = DIAG_CAUSE_SOUND_STEREO_DECLARE},
                         "the sound is stereo, and asset.json does not say which channel is packed");
}

/* ---- Loops ---- */

/* Whether the loop of the source can be packed. */
static bool check_loop(const struct writer_sound_facts *facts, const struct writer_reporter *report)
{
    const struct writer_sound_loop *loop = &facts->loop;
    char expected[64];
    char actual[64];
    if (loop->state == WRITER_LOOP_NONE) {
        return writer_report(report, DIAG_SOUND_LOOP, NULL, "the sound does not have a loop");
    }
    if (loop->state == WRITER_LOOP_UNUSABLE) {
        return writer_report(report, DIAG_SOUND_LOOP, NULL, "the loop of the sound cannot be packed: %s", loop->reason);
    }
    (void)snprintf(expected, sizeof expected, "a loop in frames 0 to %" PRIu64, facts->frames);
    (void)snprintf(actual, sizeof actual, "from %" PRIu64 " up to %" PRIu64, loop->start, loop->end);
    return (loop->start < loop->end && loop->end <= facts->frames) ||
           writer_report(report, DIAG_SOUND_LOOP, &(struct base_details){.expected = expected, .actual = actual},
                         loop->start < loop->end ? "the loop of the sound ends after its last frame"
                                                 : "the loop of the sound does not begin before its end");
}

/* ---- The source ---- */

static bool probe_source(const struct writer_work *work, const struct writer_opened *opened)
{
    const struct writer_sound_bytes bytes = {.file = &opened->source.file, .task = work->subject.task};
    struct writer_sound_facts *facts = &work->planned->sound;
    if (!writer_sound_probe(&bytes, facts, &opened->report)) {
        return false;
    }
    bool fine = check_channels(work, facts, &opened->report);
    return (!work->subject.asset->declaration.loop_of_source || check_loop(facts, &opened->report)) && fine;
}

static void take_facts(const struct writer_work *work, struct writer_members *members)
{
    struct writer_planned *planned = work->planned;
    /* Bounded by the size of the file: sound/input.c. */
    planned->size = planned->sound.frames * WRITER_SAMPLE_BYTES;
    planned->decoded_size = planned->size;
    writer_members_add(members, "sample_rate", planned->sound.sample_rate);
    writer_members_add(members, "channels", WRITER_CHANNELS);
    writer_members_add(members, "frames", planned->sound.frames);
    if (work->subject.asset->declaration.loop_of_source) {
        writer_members_add(members, "loop_start", planned->sound.loop.start);
        writer_members_add(members, "loop_end", planned->sound.loop.end);
    }
}

bool writer_probe_sound(const struct writer_work *work)
{
    struct writer_opened opened;
    bool fine =
        writer_input_open(work, 0, &opened) && (probe_source(work, &opened) || writer_input_mark_faulty(&opened));
    writer_input_close(&opened);
    struct writer_members members = {.count = 0};
    if (fine) {
        take_facts(work, &members);
        fine = work->subject.asset->declaration.loop_of_source ||
               writer_metadata_check_loop(work, work->planned->sound.frames);
    }
    return writer_metadata_print(work, &members) && fine;
}
