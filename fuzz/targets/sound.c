/* The writer's reading of sound files: what is taken decodes to as many samples as the header says, the same from a
 * file and from memory, and of a plain 16-bit WAV to its very bytes. */
#include "fuzz/lib/findings.h"
#include "fuzz/lib/harness.h"
#include "fuzz/lib/scratch.h"
#include "fuzz/projects/media.h"
#include "writer/sound/input.h"

#include <string.h>

enum { MOST_BYTES = 1 << 20 };

/* Decoded samples, as far as they are looked at. */
struct heard {
    struct fuzz_text samples;
    uint64_t bytes;
};

static bool hear(void *context, struct base_bytes bytes)
{
    struct heard *heard = context;
    heard->bytes += bytes.size;
    fuzz_text_add(&heard->samples, bytes.data, bytes.size);
    return heard->bytes < MOST_BYTES;
}

static void init(struct writer_reporter *report, struct base_findings *findings)
{
    base_findings_init(findings);
    *report = (struct writer_reporter){.findings = findings, .place = BASE_NOWHERE};
    report->place.file = "sound";
}

/* Decodes from the file or from memory; returns whether all of it could be. */
static bool decode(const struct base_file *file, struct base_bytes memory, const struct writer_sound_facts *facts,
                   struct heard *heard)
{
    struct base_findings findings;
    struct writer_reporter report;
    const struct writer_sound_bytes bytes = {.file = file, .memory = memory};
    init(&report, &findings);
    bool done = writer_sound_decode(&bytes, facts, WORKSPACE_CHANNELS_ALL, hear, heard, &report);
    fuzz_check_findings(&findings, file->size);
    FUZZ_CHECK(done || base_findings_errors(&findings) > 0 || heard->bytes >= MOST_BYTES);
    FUZZ_CHECK(!done || base_findings_errors(&findings) == 0);
    if (done) {
        FUZZ_CHECK_U64(heard->bytes, facts->frames * facts->channels * 2);
    }
    base_findings_free(&findings);
    return done;
}

static void check_facts(const struct writer_sound_facts *facts)
{
    FUZZ_CHECK(facts->sample_rate >= 8000 && facts->sample_rate <= 48000);
    FUZZ_CHECK(facts->channels == 1 || facts->channels == 2);
    FUZZ_CHECK(facts->frames > 0);
}

static void check_sound(const struct base_file *file, struct base_bytes memory, const struct writer_sound_facts *facts,
                        struct base_bytes expected)
{
    struct heard first = {.bytes = 0};
    struct heard second = {.bytes = 0};
    check_facts(facts);
    bool done = decode(file, (struct base_bytes){.data = NULL}, facts, &first);
    FUZZ_CHECK(decode(file, memory, facts, &second) == done);
    FUZZ_CHECK_BYTES(fuzz_text_bytes(&first.samples), fuzz_text_bytes(&second.samples));
    if (expected.size > 0) {
        FUZZ_CHECK(done);
        FUZZ_CHECK_BYTES(fuzz_text_bytes(&first.samples), expected);
    }
    fuzz_text_free(&first.samples);
    fuzz_text_free(&second.samples);
}

/* libsndfile refuses a WAV whose samples begin like another format's stream, whatever its header says. */
static bool begins_like_a_stream(struct base_bytes samples)
{
    return samples.size >= 4 && (memcmp(samples.data, "OggS", 4) == 0 || memcmp(samples.data, "wvpk", 4) == 0);
}

/* A WAV of 16 bits whose frames are whole must be taken. Returns its samples, or nothing when it need not. */
static struct base_bytes make(struct fuzz_text *file, struct base_bytes input)
{
    uint16_t channels = (uint16_t)(1 + fuzz_take_below(&input, 2));
    uint32_t rate = 8000 + fuzz_take_u16(&input) % 40001U;
    size_t frame = (size_t)channels * 2;
    struct base_bytes samples = {.data = input.data, .size = input.size / frame * frame};
    media_wav(file, 1, channels, rate, 16, samples);
    return begins_like_a_stream(samples) ? (struct base_bytes){.data = NULL} : samples;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct base_bytes input = base_bytes_make(data, size);
    uint8_t way = fuzz_take_u8(&input);
    struct fuzz_text text = {.data = NULL};
    struct base_bytes expected = {.data = NULL};
    if (way % 4 == 1) {
        expected = make(&text, input);
    } else {
        fuzz_text_add(&text, input.data, input.size);
    }
    struct base_bytes memory = fuzz_text_bytes(&text);
    struct base_file file;
    struct base_findings findings;
    struct writer_reporter report;
    struct writer_sound_facts facts;
    scratch_memory_file(&file, memory);
    init(&report, &findings);
    fuzz_memory_begin();
    bool taken = writer_sound_probe(&(struct writer_sound_bytes){.file = &file}, &facts, &report);
    FUZZ_CHECK(taken == (base_findings_errors(&findings) == 0));
    FUZZ_CHECK(taken || expected.size == 0);
    fuzz_check_findings(&findings, memory.size);
    base_findings_free(&findings);
    if (taken && memory.size > 0) {
        check_sound(&file, memory, &facts, expected);
    }
    FUZZ_CHECK(fuzz_memory_live() == 0);
    base_file_close(&file);
    fuzz_text_free(&text);
    return 0;
}
