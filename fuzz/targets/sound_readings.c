/* The verifier's reading of sound files beside the writer's. Either both take a file, with the same facts, samples and
 * loop, or none does. What the verifier needs in memory does not depend on what the file claims. */
#include "fuzz/lib/harness.h"
#include "fuzz/lib/scratch.h"
#include "verify/sound/sound.h"
#include "writer/sound/input.h"

#include <string.h>

/* A block of a FLAC is the largest thing that is kept: 65,535 frames of 8 channels, 8 bytes each, and windows. */
enum { MOST_BYTES = 1 << 18, MOST_MEMORY = 5 << 20 };

/* What a reading gave, as far as it is looked at. */
struct heard {
    bool taken;
    bool cut; /* more than MOST_BYTES: only begun */
    uint64_t frames;
    uint32_t rate;
    uint32_t channels;
    bool has_loop;
    uint64_t loop_start;
    uint64_t loop_end;
    struct fuzz_text samples;
};

/* ---- The writer's ---- */

static bool take(void *context, struct base_bytes bytes)
{
    struct heard *heard = context;
    fuzz_text_add(&heard->samples, bytes.data, bytes.size);
    heard->cut = heard->samples.size >= MOST_BYTES;
    return !heard->cut;
}

static void hear_writer(const struct base_file *file, struct heard *heard)
{
    struct base_findings findings;
    base_findings_init(&findings);
    struct writer_reporter report = {.findings = &findings, .place = BASE_NOWHERE};
    const struct writer_sound_bytes bytes = {.file = file};
    struct writer_sound_facts facts;
    report.place.file = "sound";
    if (writer_sound_probe(&bytes, &facts, &report)) {
        heard->taken = writer_sound_decode(&bytes, &facts, WORKSPACE_CHANNELS_ALL, take, heard, &report) || heard->cut;
        heard->frames = facts.frames;
        heard->rate = facts.sample_rate;
        heard->channels = facts.channels;
        heard->has_loop = facts.loop.state == WRITER_LOOP_FOUND && facts.loop.start < facts.loop.end &&
                          facts.loop.end <= facts.frames;
        heard->loop_start = facts.loop.start;
        heard->loop_end = facts.loop.end;
    }
    base_findings_free(&findings);
}

/* ---- The verifier's ---- */

static bool add_samples(struct verify_sound *sound, struct heard *heard)
{
    static int16_t samples[VERIFY_SOUND_AT_ONCE * VERIFY_SOUND_SOURCE_CHANNELS_MAX];
    size_t got = 1;
    while (got > 0 && !heard->cut) {
        if (!verify_sound_read(sound, samples, VERIFY_SOUND_AT_ONCE, &got)) {
            return false;
        }
        for (size_t i = 0; i < got * sound->facts.channels; i++) {
            uint8_t bytes[2];
            base_store_le16(bytes, (uint16_t)samples[i]);
            fuzz_text_add(&heard->samples, bytes, sizeof bytes);
        }
        heard->cut = heard->samples.size >= MOST_BYTES;
    }
    return heard->cut || verify_sound_finish(sound);
}

static void hear_verifier(const struct base_file *file, struct heard *heard)
{
    struct verify_sound sound;
    struct verify_sound_loop loop;
    heard->taken = verify_sound_open(&sound, file, NULL) && add_samples(&sound, heard);
    FUZZ_CHECK(heard->taken != sound.fault.found);
    FUZZ_CHECK(!sound.fault.found || sound.fault.problem != 0 || sound.fault.text[0] != '\0');
    FUZZ_CHECK(sound.fault.at <= file->size);
    heard->frames = sound.facts.frames;
    heard->rate = sound.facts.rate;
    heard->channels = sound.facts.channels;
    if (heard->taken && !heard->cut && verify_sound_read_loop(&sound, &loop)) {
        heard->has_loop = true;
        heard->loop_start = loop.start;
        heard->loop_end = loop.end;
    }
    verify_sound_close(&sound);
}

/* ---- Both ---- */

static void compare(const struct heard *verifier, const struct heard *writer)
{
    FUZZ_CHECK(verifier->taken == writer->taken);
    if (!verifier->taken || verifier->cut || writer->cut) {
        return;
    }
    FUZZ_CHECK_U64(verifier->frames, writer->frames);
    FUZZ_CHECK_U64(verifier->rate, writer->rate);
    FUZZ_CHECK_U64(verifier->channels, writer->channels);
    FUZZ_CHECK_BYTES(fuzz_text_bytes(&verifier->samples), fuzz_text_bytes(&writer->samples));
    FUZZ_CHECK(verifier->has_loop == writer->has_loop);
    if (verifier->has_loop) {
        FUZZ_CHECK_U64(verifier->loop_start, writer->loop_start);
        FUZZ_CHECK_U64(verifier->loop_end, writer->loop_end);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct base_file file;
    struct heard verifier = {.taken = false};
    struct heard writer = {.taken = false};
    scratch_memory_file(&file, base_bytes_make(data, size));
    fuzz_memory_begin();
    hear_verifier(&file, &verifier);
    FUZZ_CHECK(fuzz_memory_peak() <= MOST_MEMORY);
    hear_writer(&file, &writer);
    compare(&verifier, &writer);
    fuzz_text_free(&verifier.samples);
    fuzz_text_free(&writer.samples);
    FUZZ_CHECK(fuzz_memory_live() == 0);
    base_file_close(&file);
    return 0;
}
