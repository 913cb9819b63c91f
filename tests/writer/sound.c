#include "writer/sound/input.h"

#include "tests/writer/kit.h"

#include <sndfile.h>
#include <stdlib.h>
#include <unistd.h>

enum { FRAMES = 1000 };

/* What decoding delivers. */
struct taken {
    struct base_text bytes;
    size_t stop_after; /* pieces; 0: never */
    size_t pieces;
};

static bool take(void *context, struct base_bytes bytes)
{
    struct taken *taken = context;
    base_text_add(&taken->bytes, bytes);
    taken->pieces++;
    return taken->pieces != taken->stop_after;
}

/* Probes and decodes a file, from the open file and from memory, which must not differ. */
static bool decode(const char *relative, struct writer_sound_facts *facts, struct taken *taken,
                   struct base_findings *findings)
{
    struct writer_reporter report = kit_report(findings);
    struct base_file file;
    *taken = (struct taken){.bytes = BASE_TEXT_EMPTY};
    REQUIRE(base_file_open(&file, unit_path(relative)) == 0);
    struct base_text all = kit_read(relative);
    bool done = writer_sound_probe(&(struct writer_sound_bytes){.file = &file}, facts, &report);
    if (done) {
        struct writer_sound_bytes bytes = {.file = &file};
        done = writer_sound_decode(&bytes, facts, WORKSPACE_CHANNELS_ALL, take, taken, &report);
    }
    if (done) {
        struct writer_sound_bytes bytes = {.file = &file, .memory = base_text_bytes(&all)};
        struct taken again = {.bytes = BASE_TEXT_EMPTY};
        CHECK(writer_sound_decode(&bytes, facts, WORKSPACE_CHANNELS_ALL, take, &again, &report));
        CHECK(base_bytes_equal(base_text_bytes(&again.bytes), base_text_bytes(&taken->bytes)));
        base_text_free(&again.bytes);
    }
    base_text_free(&all);
    base_file_close(&file);
    return done;
}

static void check_refused(const char *relative, enum diag diagnostic, int64_t byte_offset, const char *message)
{
    struct base_findings findings;
    struct writer_sound_facts facts;
    struct taken taken;
    CHECK(!decode(relative, &facts, &taken, &findings));
    CHECK_U64(findings.count, 1);
    CHECK_FINDING(&findings, 0, diagnostic, "input", byte_offset, message);
    base_text_free(&taken.bytes);
    base_findings_free(&findings);
}

/* Samples that `bits` bits hold, at the top of 32. */
static void make_samples(int *samples, size_t count, unsigned bits)
{
    for (size_t i = 0; i < count; i++) {
        uint32_t value = (uint32_t)((i * 2654435761U) & 0xFFFFFFFF) & ~((UINT32_C(1) << (32 - bits)) - 1);
        memcpy(&samples[i], &value, sizeof value);
    }
    samples[0] = INT32_MIN;
    samples[1] = -1 - (int)((UINT32_C(1) << (32 - bits)) - 1);
}

static void check_format(int format, unsigned bits, int rate, int channels)
{
    int samples[FRAMES * 2];
    struct base_findings findings;
    struct writer_sound_facts facts = {.frames = 0};
    struct taken taken;
    make_samples(samples, sizeof samples / sizeof samples[0], bits);
    kit_sound("sound", format, rate, channels, samples, FRAMES);
    CHECK(decode("sound", &facts, &taken, &findings));
    CHECK_U64(findings.count, 0);
    CHECK_U64(facts.sample_rate, rate);
    CHECK_U64(facts.channels, channels);
    CHECK_U64(facts.frames, FRAMES);
    CHECK_U64(taken.bytes.size, (size_t)FRAMES * (size_t)channels * 2);
    const uint8_t *bytes = (const uint8_t *)taken.bytes.data;
    for (size_t i = 0; i < (size_t)FRAMES * (size_t)channels && taken.bytes.size > 0; i++) {
        uint32_t value;
        memcpy(&value, &samples[i], sizeof value);
        CHECK_U64(bytes[2 * i] | (unsigned)bytes[2 * i + 1] << 8, value >> 16);
    }
    base_text_free(&taken.bytes);
    base_findings_free(&findings);
}

UNIT_TEST(decodes_wav)
{
    check_format(SF_FORMAT_WAV | SF_FORMAT_PCM_U8, 8, 8000, 1);
    check_format(SF_FORMAT_WAV | SF_FORMAT_PCM_16, 16, 22050, 1);
    check_format(SF_FORMAT_WAV | SF_FORMAT_PCM_16, 16, 48000, 2);
    check_format(SF_FORMAT_WAV | SF_FORMAT_PCM_24, 16, 44100, 2);
    check_format(SF_FORMAT_WAV | SF_FORMAT_PCM_32, 16, 11025, 1);
    check_format(SF_FORMAT_WAV | SF_ENDIAN_BIG | SF_FORMAT_PCM_16, 16, 32000, 2);
    check_format(SF_FORMAT_WAVEX | SF_FORMAT_PCM_16, 16, 44100, 2);
    check_format(SF_FORMAT_WAVEX | SF_FORMAT_PCM_24, 16, 44100, 1);
}

UNIT_TEST(decodes_aiff)
{
    check_format(SF_FORMAT_AIFF | SF_FORMAT_PCM_S8, 8, 22050, 1);
    check_format(SF_FORMAT_AIFF | SF_FORMAT_PCM_16, 16, 44100, 2);
    check_format(SF_FORMAT_AIFF | SF_FORMAT_PCM_24, 16, 44100, 1);
    check_format(SF_FORMAT_AIFF | SF_FORMAT_PCM_32, 16, 48000, 2);
    check_format(SF_FORMAT_AIFF | SF_ENDIAN_LITTLE | SF_FORMAT_PCM_16, 16, 44100, 2);
}

UNIT_TEST(decodes_flac)
{
    check_format(SF_FORMAT_FLAC | SF_FORMAT_PCM_S8, 8, 8000, 1);
    check_format(SF_FORMAT_FLAC | SF_FORMAT_PCM_16, 16, 44100, 2);
    check_format(SF_FORMAT_FLAC | SF_FORMAT_PCM_24, 16, 48000, 1);
}

/* Several pieces, and a sink that has enough. */
UNIT_TEST(decodes_long_sounds_in_pieces)
{
    enum { LONG = 50000 };
    int *samples = calloc(LONG, sizeof *samples);
    struct base_findings findings;
    struct writer_reporter report = kit_report(&findings);
    struct writer_sound_facts facts;
    struct taken taken;
    struct base_file file;
    REQUIRE(samples != NULL);
    make_samples(samples, LONG, 16);
    kit_sound("long.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, 8000, 1, samples, LONG);
    CHECK(decode("long.wav", &facts, &taken, &findings));
    CHECK_U64(taken.bytes.size, LONG * 2);
    CHECK_U64(taken.pieces, 4);
    base_text_free(&taken.bytes);
    REQUIRE(base_file_open(&file, unit_path("long.wav")) == 0);
    taken = (struct taken){.bytes = BASE_TEXT_EMPTY, .stop_after = 2};
    CHECK(!writer_sound_decode(&(struct writer_sound_bytes){.file = &file}, &facts, WORKSPACE_CHANNELS_ALL, take,
                               &taken, &report));
    CHECK_U64(taken.pieces, 2);
    CHECK_U64(findings.count, 0);
    base_text_free(&taken.bytes);
    base_file_close(&file);
    free(samples);
}

UNIT_TEST(samples_that_16_bits_cannot_hold_are_refused)
{
    int samples[40] = {0};
    samples[2 * 17 + 1] = 0x12345600;
    kit_sound("deep.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_24, 44100, 2, samples, 20);
    check_refused("deep.wav", DIAG_SOUND_FORMAT, 44 + (17 * 2 + 1) * 3,
                  "16 bits do not hold the sample of 24 bits in frame 17, channel 1");
    samples[2 * 17 + 1] = 1;
    kit_sound("deep.aiff", SF_FORMAT_AIFF | SF_FORMAT_PCM_32, 44100, 2, samples, 20);
    check_refused("deep.aiff", DIAG_SOUND_FORMAT, 54 + (17 * 2 + 1) * 4,
                  "16 bits do not hold the sample of 32 bits in frame 17, channel 1");
    samples[2 * 17 + 1] = -256;
    kit_sound("deep.flac", SF_FORMAT_FLAC | SF_FORMAT_PCM_24, 44100, 1, samples, 40);
    check_refused("deep.flac", DIAG_SOUND_FORMAT, -1,
                  "16 bits do not hold the sample of 24 bits in frame 35, channel 0");
}

UNIT_TEST(floating_point_samples_are_refused)
{
    static const int samples[8] = {0};
    kit_sound("float.wav", SF_FORMAT_WAV | SF_FORMAT_FLOAT, 44100, 1, samples, 8);
    check_refused("float.wav", DIAG_SOUND_FORMAT, 20, "the samples are floating-point numbers");
    kit_sound("double.aiff", SF_FORMAT_AIFF | SF_FORMAT_DOUBLE, 44100, 1, samples, 8);
    check_refused("double.aiff", DIAG_SOUND_FORMAT, 50, "the samples are floating-point numbers");
}

UNIT_TEST(lossy_codecs_are_refused)
{
    static const int samples[4096] = {0};
    static const struct {
        int format;
        int64_t at;
        const char *message;
    } cases[] = {
        {SF_FORMAT_WAV | SF_FORMAT_ULAW, 20, "the samples are coded as mu-law"},
        {SF_FORMAT_WAV | SF_FORMAT_ALAW, 20, "the samples are coded as A-law"},
        {SF_FORMAT_WAV | SF_FORMAT_IMA_ADPCM, 20, "the samples are coded as IMA ADPCM"},
        {SF_FORMAT_WAV | SF_FORMAT_MS_ADPCM, 20, "the samples are coded as MS ADPCM"},
        {SF_FORMAT_WAV | SF_FORMAT_GSM610, 20, "the samples are coded as GSM 6.10"},
        {SF_FORMAT_WAV | SF_FORMAT_G721_32, 20, "the samples are coded as G.721 ADPCM"},
        {SF_FORMAT_W64 | SF_FORMAT_ULAW, 64, "the samples are coded as mu-law"},
        {SF_FORMAT_AIFF | SF_FORMAT_ULAW, 50, "the samples are not coded as integers"},
        {SF_FORMAT_AIFF | SF_FORMAT_IMA_ADPCM, 50, "the samples are not coded as integers"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        kit_sound("lossy", cases[i].format, 8000, 1, samples, 4096);
        check_refused("lossy", DIAG_SOUND_LOSSY, cases[i].at, cases[i].message);
    }
    kit_sound("vorbis", SF_FORMAT_OGG | SF_FORMAT_VORBIS, 44100, 1, samples, 4096);
    check_refused("vorbis", DIAG_SOUND_LOSSY, 0, "the file is an Ogg sound");
    kit_sound("mp3", SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III, 44100, 1, samples, 4096);
    check_refused("mp3", DIAG_SOUND_LOSSY, 0, NULL);
    unit_write_file("id3", "ID3\4\0\0\0\0\0\0\0\0", 12);
    check_refused("id3", DIAG_SOUND_LOSSY, 10, "the file is an MP3 sound");
    unit_write_file("m4a",
                    "\0\0\0\x20"
                    "ftypM4A ",
                    12);
    check_refused("m4a", DIAG_SOUND_LOSSY, 0, "the file is an MPEG-4 file");
}

UNIT_TEST(other_files_are_refused)
{
    static const int samples[8] = {0};
    unit_write_file("empty", "", 0);
    unit_write_file("text", "hello, world", 12);
    unit_write_file("avi", "RIFF\4\0\0\0AVI ", 12);
    unit_write_file("iff",
                    "FORM\0\0\0\4"
                    "8SVX",
                    12);
    check_refused("empty", DIAG_SOUND_INVALID, 0, "the file is empty");
    check_refused("text", DIAG_SOUND_INVALID, 0, "the file is not a WAV, AIFF or FLAC");
    check_refused("avi", DIAG_SOUND_LOSSY, 0, "the file is an AVI film");
    check_refused("iff", DIAG_SOUND_INVALID, 0, "the file is an 8SVX sound");
    kit_sound("au", SF_FORMAT_AU | SF_FORMAT_PCM_16, 44100, 1, samples, 8);
    check_refused("au", DIAG_SOUND_INVALID, 0, "the file is an AU sound");
    kit_sound("caf", SF_FORMAT_CAF | SF_FORMAT_PCM_16, 44100, 1, samples, 8);
    check_refused("caf", DIAG_SOUND_INVALID, 0, "the file is a Core Audio sound");
}

UNIT_TEST(rates_and_channels_have_their_range)
{
    static const int samples[24] = {0};
    kit_sound("slow.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, 7999, 1, samples, 8);
    check_refused("slow.wav", DIAG_SOUND_FORMAT, 24, "the sample rate is out of range");
    kit_sound("fast.flac", SF_FORMAT_FLAC | SF_FORMAT_PCM_16, 48001, 1, samples, 8);
    check_refused("fast.flac", DIAG_SOUND_FORMAT, 18, "the sample rate is out of range");
    kit_sound("three.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, 44100, 3, samples, 8);
    check_refused("three.wav", DIAG_SOUND_FORMAT, 22, "the number of channels is out of range");
}

UNIT_TEST(every_fault_of_a_header_is_reported)
{
    static const int samples[24] = {0};
    struct base_findings findings;
    struct writer_sound_facts facts = {.frames = 99};
    struct taken taken;
    kit_sound("all.wav", SF_FORMAT_WAV | SF_FORMAT_FLOAT, 96000, 3, samples, 8);
    CHECK(!decode("all.wav", &facts, &taken, &findings));
    CHECK_U64(findings.count, 3);
    CHECK_FINDING(&findings, 0, DIAG_SOUND_FORMAT, "input", 20, "the samples are floating-point numbers");
    CHECK_FINDING(&findings, 1, DIAG_SOUND_FORMAT, "input", 22, "the number of channels is out of range");
    CHECK_FINDING(&findings, 2, DIAG_SOUND_FORMAT, "input", 24, "the sample rate is out of range");
    CHECK_U64(facts.frames, 99);
    base_findings_free(&findings);
}

UNIT_TEST(silence_without_samples_is_refused)
{
    static const int samples[1] = {0};
    kit_sound("none.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, 44100, 1, samples, 0);
    check_refused("none.wav", DIAG_SOUND_INVALID, 44, "the sound has no samples");
}

/* libsndfile would shorten the sound without a word. */
UNIT_TEST(a_cut_off_file_is_refused)
{
    int samples[100];
    make_samples(samples, 100, 16);
    kit_sound("whole.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, 44100, 1, samples, 100);
    kit_sound("whole.aiff", SF_FORMAT_AIFF | SF_FORMAT_PCM_16, 44100, 1, samples, 100);
    struct base_text wav = kit_read("whole.wav");
    struct base_text aiff = kit_read("whole.aiff");
    CHECK_U64(wav.size, 44 + 200);
    for (size_t size = 44; size < wav.size; size++) {
        unit_write_file("cut.wav", wav.data, size);
        check_refused("cut.wav", DIAG_SOUND_INVALID, 40,
                      "the file is cut off: fewer bytes of samples than it announces");
    }
    for (size_t size = 12; size < 44; size++) {
        bool in_format = size >= 20 && size < 36;
        unit_write_file("cut.wav", wav.data, size);
        check_refused("cut.wav", DIAG_SOUND_INVALID, in_format ? 16 : (int64_t)size,
                      in_format ? "the chunk \"fmt \" passes the end of the file"
                                : "the file ends before the chunk \"data\"");
    }
    for (size_t size = 12; size < aiff.size; size++) {
        struct base_findings findings;
        struct writer_sound_facts facts;
        struct taken taken;
        unit_write_file("cut.aiff", aiff.data, size);
        CHECK(!decode("cut.aiff", &facts, &taken, &findings));
        CHECK_U64(findings.count, 1);
        CHECK_U64(findings.total[DIAG_SOUND_INVALID], 1);
        base_findings_free(&findings);
    }
    base_text_free(&wav);
    base_text_free(&aiff);
}

UNIT_TEST(a_cut_off_flac_is_refused)
{
    int *samples = calloc(20000, sizeof *samples);
    REQUIRE(samples != NULL);
    make_samples(samples, 20000, 16);
    kit_sound("whole.flac", SF_FORMAT_FLAC | SF_FORMAT_PCM_16, 44100, 1, samples, 20000);
    struct base_text flac = kit_read("whole.flac");
    for (size_t size = 0; size < flac.size; size += 997) {
        struct base_findings findings;
        struct writer_sound_facts facts;
        struct taken taken;
        unit_write_file("cut.flac", flac.data, size);
        CHECK(!decode("cut.flac", &facts, &taken, &findings));
        CHECK_U64(findings.count, 1);
        CHECK_U64(findings.total[DIAG_SOUND_INVALID], 1);
        base_text_free(&taken.bytes);
        base_findings_free(&findings);
    }
    base_text_free(&flac);
    free(samples);
}

/* A FLAC frame carries a checksum: damage inside must not become other samples. The frames begin after the metadata
 * blocks, of which the last has its first bit set. */
UNIT_TEST(a_damaged_flac_is_refused)
{
    enum { COUNT = 9000 };
    int *samples = calloc(COUNT, sizeof *samples);
    REQUIRE(samples != NULL);
    for (int i = 0; i < COUNT; i++) {
        samples[i] = (i % 50) * 65536;
    }
    kit_sound("whole.flac", SF_FORMAT_FLAC | SF_FORMAT_PCM_16, 44100, 1, samples, COUNT);
    struct base_text flac = kit_read("whole.flac");
    uint8_t *bytes = (uint8_t *)flac.data;
    size_t at = 4;
    bool last = false;
    while (!last && at + 4 < flac.size) {
        last = (bytes[at] & 0x80) != 0;
        at += 4 + ((size_t)bytes[at + 1] << 16 | (size_t)bytes[at + 2] << 8 | bytes[at + 3]);
    }
    CHECK(at + 100 < flac.size);
    for (; at < flac.size; at++) {
        struct base_findings findings;
        struct writer_sound_facts facts;
        struct taken taken;
        bytes[at] ^= 0x10;
        unit_write_file("damaged.flac", flac.data, flac.size);
        bytes[at] ^= 0x10;
        CHECK(!decode("damaged.flac", &facts, &taken, &findings));
        CHECK_U64(findings.count, 1);
        CHECK_U64(findings.total[DIAG_SOUND_INVALID], 1);
        base_text_free(&taken.bytes);
        base_findings_free(&findings);
    }
    base_text_free(&flac);
    free(samples);
}

/* STREAMINFO: 36 bits of total samples end at byte 26 of the file. */
UNIT_TEST(a_flac_that_claims_the_impossible_is_refused)
{
    static const int samples[100] = {0};
    kit_sound("whole.flac", SF_FORMAT_FLAC | SF_FORMAT_PCM_16, 44100, 1, samples, 100);
    struct base_text flac = kit_read("whole.flac");
    CHECK_U64((uint8_t)flac.data[25], 100);
    memset(flac.data + 22, 0xFF, 4);
    unit_write_file("claims.flac", flac.data, flac.size);
    check_refused("claims.flac", DIAG_SOUND_INVALID, -1, "the header claims more frames than the file can hold");
    memset(flac.data + 22, 0, 4);
    flac.data[25] = 120; /* 20 more than there are */
    unit_write_file("more.flac", flac.data, flac.size);
    check_refused("more.flac", DIAG_SOUND_INVALID, 21, "STREAMINFO says 120 frames; the blocks have 100");
    base_text_free(&flac);
}

UNIT_TEST(part_of_a_frame_is_refused)
{
    int samples[20];
    make_samples(samples, 20, 16);
    kit_sound("whole.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, 44100, 2, samples, 10);
    struct base_text wav = kit_read("whole.wav");
    wav.data[40] = 38; /* of 40 bytes */
    unit_write_file("part.wav", wav.data, wav.size);
    check_refused("part.wav", DIAG_SOUND_INVALID, 44 + 36, "2 bytes are left after 9 frames of 4 bytes");
    base_text_free(&wav);
}

/* Chunks of odd size are padded to an even one. */
UNIT_TEST(chunks_are_padded)
{
    static const int samples[2] = {65536, 131072};
    struct base_findings findings;
    struct writer_sound_facts facts;
    struct taken taken;
    kit_sound("whole.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, 44100, 1, samples, 2);
    struct base_text wav = kit_read("whole.wav");
    struct base_text text = BASE_TEXT_EMPTY;
    base_text_add(&text, base_bytes_make(wav.data, 36));
    base_text_add(&text, base_bytes_make("odd \3\0\0\0abc\0", 12));
    base_text_add(&text, base_bytes_make(wav.data + 36, wav.size - 36));
    unit_write_file("odd.wav", text.data, text.size);
    CHECK(decode("odd.wav", &facts, &taken, &findings));
    CHECK_U64(taken.bytes.size, 4);
    CHECK_U64(findings.count, 0);
    base_text_free(&taken.bytes);
    base_text_free(&text);
    base_text_free(&wav);
}

UNIT_TEST(endless_chunks_come_to_an_end)
{
    struct base_text text = BASE_TEXT_EMPTY;
    base_text_add(&text, base_bytes_make("RIFF\0\0\0\0WAVE", 12));
    for (unsigned i = 0; i < 5000; i++) {
        base_text_add(&text, base_bytes_make("junk\0\0\0\0", 8));
    }
    unit_write_file("junk.wav", text.data, text.size);
    check_refused("junk.wav", DIAG_SOUND_INVALID, 12 + 4096 * 8, "more than 4096 chunks come before the samples");
    base_text_clear(&text);
    base_text_add(&text, base_bytes_make("RIFF\0\0\0\0WAVEjunk\xFF\xFF\xFF\xFF", 20));
    unit_write_file("far.wav", text.data, text.size);
    check_refused("far.wav", DIAG_SOUND_INVALID, 16, "the chunk \"junk\" passes the end of the file");
    base_text_free(&text);
}

UNIT_TEST(samples_of_an_aiff_begin_inside_their_chunk)
{
    static const char head[] = "FORM\0\0\0\0AIFFSSND\0\0\0\x0C\0\0\0\5\0\0\0\0zzzz";
    static const char tiny[] = "FORM\0\0\0\0AIFFSSND\0\0\0\7\0\0\0\0\0\0\0";
    unit_write_file("offset.aiff", head, sizeof head - 1);
    check_refused("offset.aiff", DIAG_SOUND_INVALID, 20, "the samples begin beyond the end of their chunk \"SSND\"");
    unit_write_file("tiny.aiff", tiny, sizeof tiny - 1);
    check_refused("tiny.aiff", DIAG_SOUND_INVALID, 16, "the chunk \"SSND\" is too short");
}

UNIT_TEST(a_header_without_a_format_is_refused)
{
    static const char wav[] = "RIFF\x0C\0\0\0WAVEdata\4\0\0\0zzzz";
    unit_write_file("bare.wav", wav, sizeof wav - 1);
    check_refused("bare.wav", DIAG_SOUND_INVALID, 12,
                  "the chunk \"data\" comes before \"fmt \", which says what its samples are");
}

UNIT_TEST(a_sound_that_is_another_one_now_has_changed)
{
    static const int samples[20] = {0};
    struct base_findings findings;
    struct writer_reporter report = kit_report(&findings);
    static const struct writer_sound_facts others[] = {{.sample_rate = 44100, .channels = 1, .frames = 21},
                                                       {.sample_rate = 44100, .channels = 2, .frames = 20},
                                                       {.sample_rate = 48000, .channels = 1, .frames = 20}};
    struct taken taken = {.bytes = BASE_TEXT_EMPTY};
    struct base_file file;
    kit_sound("in.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, 44100, 1, samples, 20);
    REQUIRE(base_file_open(&file, unit_path("in.wav")) == 0);
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        CHECK(!writer_sound_decode(&(struct writer_sound_bytes){.file = &file}, &others[i], WORKSPACE_CHANNELS_ALL,
                                   take, &taken, &report));
        CHECK_FINDING(&findings, i, DIAG_INPUT_CHANGED, "input", -1, "the sound changed while the build ran");
    }
    CHECK_U64(taken.pieces, 0);
    base_file_close(&file);
    base_findings_free(&findings);
}

UNIT_TEST(a_shrinking_sound_has_changed)
{
    int samples[20000];
    struct base_findings findings;
    struct writer_reporter report = kit_report(&findings);
    struct writer_sound_facts facts;
    struct taken taken = {.bytes = BASE_TEXT_EMPTY};
    struct base_file file;
    make_samples(samples, 20000, 16);
    kit_sound("in.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, 44100, 1, samples, 20000);
    REQUIRE(base_file_open(&file, unit_path("in.wav")) == 0);
    CHECK(writer_sound_probe(&(struct writer_sound_bytes){.file = &file}, &facts, &report));
    CHECK(truncate(unit_path("in.wav"), 1000) == 0);
    CHECK(!writer_sound_decode(&(struct writer_sound_bytes){.file = &file}, &facts, WORKSPACE_CHANNELS_ALL, take,
                               &taken, &report));
    CHECK_U64(findings.count, 1);
    CHECK_FINDING(&findings, 0, DIAG_INPUT_CHANGED, "input", -1, "the file became shorter while it was read");
    unit_write_file("in.wav", "", 0);
    CHECK(!writer_sound_probe(&(struct writer_sound_bytes){.file = &file}, &facts, &report));
    CHECK_FINDING(&findings, 1, DIAG_INPUT_CHANGED, "input", -1, "the file became shorter while it was read");
    base_text_free(&taken.bytes);
    base_file_close(&file);
    base_findings_free(&findings);
}
