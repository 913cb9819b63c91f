/* What a declaration makes of a sound: channels, and loops. docs/contracts/workspace.md, 3.2.3 and 3.5. */
#include "tests/writer/kit.h"

#include <sndfile.h>
#include <stdio.h>
#include <string.h>

/* One sound that is packed. */
struct packed {
    struct kit kit;
    struct workspace_asset *asset;
    char out[16]; /* a directory of its own */
};

static struct packed begin(const char *metadata)
{
    static unsigned count;
    struct packed packed = {.asset = NULL};
    (void)snprintf(packed.out, sizeof packed.out, "out%u", count++);
    kit_begin(&packed.kit);
    packed.asset = kit_add(&packed.kit, 1, "s", WORKSPACE_ASSET_SOUND, WORKSPACE_FORMAT_SOUND_PCM16LE, metadata);
    kit_input(packed.asset, WORKSPACE_ROLE_SOURCES, "s.wav");
    return packed;
}

static struct base_text read_back(const struct packed *packed, const char *name)
{
    char path[64];
    (void)snprintf(path, sizeof path, "%s/%s", packed->out, name);
    return kit_read(path);
}

/* ---- Channels ---- */

static const int stereo[] = {
    65536 * 3,     65536 * 6,      65536 * -1,     0,         0,         65536 * -3, 65536 * 32767,
    65536 * 32767, -65536 * 32768, -65536 * 32768, 65536 * 5, 65536 * -5};

static void check_channels(enum workspace_channels channels, const int16_t *expected, unsigned line)
{
    enum { FRAMES = 6 };
    static const int formats[] = {SF_FORMAT_WAV | SF_FORMAT_PCM_16, SF_FORMAT_AIFF | SF_FORMAT_PCM_24,
                                  SF_FORMAT_FLAC | SF_FORMAT_PCM_16};
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        struct packed packed = begin("{}");
        packed.asset->declaration.channels = channels;
        kit_sound("assets/s/s.wav", formats[i], 48000, 2, stereo, FRAMES);
        bool done = kit_write(&packed.kit, packed.out, 1);
        struct base_text table = read_back(&packed, "asset_table.json");
        struct base_text pack = read_back(&packed, "assets.pa");
        bool same =
            done && strstr(base_text_string(&table), "{\"channels\":1,\"frames\":6,\"sample_rate\":48000}") != NULL;
        for (size_t k = 0; same && k < FRAMES; k++) {
            const uint8_t *at = (const uint8_t *)pack.data + pack.size - 2 * (FRAMES - k);
            same = base_load_le16(at) == (uint16_t)expected[k];
        }
        if (!same || packed.kit.findings.count != 0) {
            CU_assertImplementation(CU_FALSE, line, "channels", __FILE__, "", CU_FALSE);
        }
        base_text_free(&table);
        base_text_free(&pack);
        kit_end(&packed.kit);
    }
}

UNIT_TEST(a_stereo_sound_becomes_mono)
{
    static const int16_t left[] = {3, -1, 0, 32767, -32768, 5};
    static const int16_t right[] = {6, 0, -3, 32767, -32768, -5};
    static const int16_t mix[] = {4, -1, -2, 32767, -32768, 0};
    check_channels(WORKSPACE_CHANNELS_LEFT, left, __LINE__);
    check_channels(WORKSPACE_CHANNELS_RIGHT, right, __LINE__);
    check_channels(WORKSPACE_CHANNELS_MIX, mix, __LINE__);
}

UNIT_TEST(a_stereo_sound_without_a_channel_is_refused)
{
    struct packed packed = begin("{}");
    kit_sound("assets/s/s.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, 48000, 2, stereo, 6);
    CHECK(!kit_write(&packed.kit, packed.out, 1));
    CHECK_U64(packed.kit.findings.count, 1);
    CHECK_FINDING(&packed.kit.findings, 0, DIAG_SOUND_FORMAT, "assets/s/s.wav", -1,
                  "the sound is stereo, and asset.json does not say which channel is packed");
    kit_end(&packed.kit);
}

UNIT_TEST(a_mono_sound_is_packed_with_any_channels)
{
    for (unsigned channels = WORKSPACE_CHANNELS_ALL; channels <= WORKSPACE_CHANNELS_MIX; channels++) {
        struct packed packed = begin("{}");
        packed.asset->declaration.channels = (enum workspace_channels)channels;
        kit_sound("assets/s/s.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, 48000, 1, stereo, 2);
        CHECK(kit_write(&packed.kit, packed.out, 1));
        struct base_text pack = read_back(&packed, "assets.pa");
        CHECK_U64(base_load_le16((const uint8_t *)pack.data + pack.size - 4), 3);
        CHECK_U64(base_load_le16((const uint8_t *)pack.data + pack.size - 2), 6);
        base_text_free(&pack);
        kit_end(&packed.kit);
    }
}

/* A channel that is dropped must fit 16 bits, too. */
UNIT_TEST(every_sample_of_a_stereo_sound_counts)
{
    static const int deep[] = {0, 256};
    struct packed packed = begin("{}");
    packed.asset->declaration.channels = WORKSPACE_CHANNELS_LEFT;
    kit_sound("assets/s/s.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_24, 48000, 2, deep, 1);
    CHECK(!kit_write(&packed.kit, packed.out, 1));
    CHECK_FINDING(&packed.kit.findings, 0, DIAG_SOUND_FORMAT, "assets/s/s.wav", 47,
                  "16 bits do not hold the sample of 24 bits in frame 0, channel 1");
    kit_end(&packed.kit);
}

/* ---- Loops ---- */

/* A WAV of four frames and one loop, from `first` up to `last`. */
static void put_looped(uint32_t type, uint32_t first, uint32_t last)
{
    static const uint8_t smpl[] = {'s', 'm', 'p', 'l', 60};
    uint8_t wav[44 + 8 + 8 + 60] = "RIFF\0\0\0\0WAVEfmt \x10\0\0\0\1\0\1\0\x40\x1F\0\0\0\0\0\0\2\0\x10\0data\x8";
    memcpy(wav + 52, smpl, sizeof smpl);
    wav[60 + 28] = 1;
    base_store_le32(wav + 96 + 4, type);
    base_store_le32(wav + 96 + 8, first);
    base_store_le32(wav + 96 + 12, last);
    unit_write_file("assets/s/s.wav", wav, sizeof wav);
}

/* The metadata of the table, or NULL when nothing was written. */
static void check_loop(const char *metadata, bool of_source, const char *expected, enum diag diagnostic,
                       const char *message, unsigned line)
{
    struct packed packed = begin(metadata);
    packed.asset->declaration.loop_of_source = of_source;
    bool done = kit_write(&packed.kit, packed.out, 1);
    struct base_text table = done ? read_back(&packed, "asset_table.json") : BASE_TEXT_EMPTY;
    if (done != (expected != NULL) || (done && strstr(base_text_string(&table), expected) == NULL) ||
        packed.kit.findings.count != (message != NULL ? 1 : 0)) {
        CU_assertImplementation(CU_FALSE, line, done ? base_text_string(&table) : "refused", __FILE__, "", CU_FALSE);
    }
    if (message != NULL) {
        kit_check_finding(&packed.kit.findings, 0, diagnostic, NULL, -1, message, __FILE__, line);
        CHECK(packed.kit.findings.count > 0 && (packed.kit.findings.items[0].severity == BASE_WARNING) == done);
    }
    base_text_free(&table);
    kit_end(&packed.kit);
}

#define TAKEN(metadata, of_source, expected) check_loop((metadata), (of_source), (expected), DIAG_NONE, NULL, __LINE__)
#define WARNED(metadata, message)                                                                                      \
    check_loop((metadata), false, "{\"channels\":1,\"frames\":4,\"sample_rate\":8000}", DIAG_SOUND_LOOP_IGNORED,       \
               (message), __LINE__)
#define REFUSED(metadata, diagnostic, message) check_loop((metadata), true, NULL, (diagnostic), (message), __LINE__)

UNIT_TEST(the_loop_of_the_source_is_packed_when_it_is_asked_for)
{
    static const char all[] = "{\"channels\":1,\"frames\":4,\"loop_end\":4,\"loop_start\":1,\"sample_rate\":8000}";
    put_looped(0, 1, 3);
    TAKEN("{}", true, all);
    TAKEN("{\"loop_start\":1}", true, all);
    TAKEN("{\"loop_start\":1,\"loop_end\":4}", true, all);
    TAKEN("{\"loop_start\":0,\"loop_end\":2}", false, "\"loop_end\":2,\"loop_start\":0");
    WARNED("{}",
           "the sound has a loop from frame 1 up to 4, which is not packed: \"loop\": \"source\" in output.pipeline "
           "takes it");
    REFUSED("{\"loop_start\":0}", DIAG_DECLARATION_VALUE,
            "the declared loop_start is not that of the sources: leave it out or correct it");
}

UNIT_TEST(a_loop_that_cannot_be_packed_is_refused)
{
    put_looped(0, 1, 4);
    REFUSED("{}", DIAG_SOUND_LOOP, "the loop of the sound ends after its last frame");
    WARNED("{}", "the sound has a loop from frame 1 up to 5, which is not packed: it does not lie in frames 0 to 4");
    put_looped(0, 3, 1);
    WARNED("{}", "the sound has a loop from frame 3 up to 2, which is not packed: it does not lie in frames 0 to 4");
    REFUSED("{}", DIAG_SOUND_LOOP, "the loop of the sound does not begin before its end");
    put_looped(1, 0, 3);
    REFUSED("{}", DIAG_SOUND_LOOP, "the loop of the sound cannot be packed: its loops do not run forward");
    WARNED("{}", "the sound has a loop, which is not packed: its loops do not run forward");
    kit_sound("assets/s/s.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, 8000, 1, stereo, 4);
    REFUSED("{}", DIAG_SOUND_LOOP, "the sound does not have a loop");
    TAKEN("{}", false, "{\"channels\":1,\"frames\":4,\"sample_rate\":8000}");
}

/* ---- Warnings ---- */

/* A sound whose samples cannot be packed has no length and no loop to warn of. */
UNIT_TEST(a_sound_with_a_fault_gets_no_warning)
{
    uint8_t wav[44 + 3 + 6] = "RIFF\0\0\0\0WAVEfmt \x10\0\0\0\1\0\1\0\x40\x1F\0\0\0\0\0\0\3\0\x18\0data";
    wav[44] = 1; /* in the low bits */
    unit_write_file("assets/s/s.wav", wav, 44 + 3);
    struct packed packed = begin("{}");
    CHECK(!kit_write(&packed.kit, packed.out, 1));
    CHECK_U64(packed.kit.findings.count, 1);
    CHECK_FINDING(&packed.kit.findings, 0, DIAG_SOUND_FORMAT, "assets/s/s.wav", 44, NULL);
    kit_end(&packed.kit);
}

UNIT_TEST(a_length_that_is_not_known_is_counted)
{
    static const struct {
        size_t frames;
        const char *message;
    } cases[] = {
        {1, "the sound does not say how long it is: its one frame, up to the end of the file, is packed"},
        {2, "the sound does not say how long it is: all 2 frames up to the end of the file are packed"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        uint8_t wav[44 + 4] = "RIFF\0\0\0\0WAVEfmt \x10\0\0\0\1\0\1\0\x40\x1F\0\0\0\0\0\0\2\0\x10\0data";
        unit_write_file("assets/s/s.wav", wav, 44 + 2 * cases[i].frames);
        struct packed packed = begin("{}");
        CHECK(kit_write(&packed.kit, packed.out, 1));
        CHECK_U64(packed.kit.findings.count, 1);
        CHECK_FINDING(&packed.kit.findings, 0, DIAG_SOUND_LENGTH_UNKNOWN, "assets/s/s.wav", -1, cases[i].message);
        kit_end(&packed.kit);
    }
}
