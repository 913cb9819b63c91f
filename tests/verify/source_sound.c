#include "tests/lib/flac.h"
#include "tests/lib/unit.h"
#include "tests/verify/project.h"

#include <inttypes.h>
#include <sndfile.h>
#include <stdio.h>
#include <stdlib.h>

/* Frames of a sound that visits every corner of 16 bits. */
static int16_t sample_at(size_t i)
{
    static const int16_t corners[] = {0, 1, -1, 32767, -32768, 256, -256, 12345};
    return (int16_t)(i < 8 ? corners[i] : (int)(i * 7919 % 65536) - 32768);
}

struct case_of_sound {
    int format;
    int channels;
    size_t frames;
    int shift; /* bits that the samples lack at their low end: 8 for files of 8 bits */
};

struct header {
    char pattern[512];
};

/* The header of a pack of one sound. */
static struct header header_of(unsigned channels, uint64_t frames, unsigned rate)
{
    struct header header;
    uint64_t size = frames * channels * 2;
    (void)snprintf(header.pattern, sizeof header.pattern,
                   "{'asset_table':[{'asset_id':1,'asset_name':'a','bank_type':'SOUNDS','codec':'NONE',"
                   "'decoded_size':%" PRIu64 ",'metadata':{'channels':%u,'frames':%" PRIu64
                   ",'sample_rate':%u},'offset':0,'size':%" PRIu64 "}],'preload':[]}",
                   size, channels, frames, rate, size);
    return header;
}

/* Encodes, verifies, and verifies again with each kind of damage. */
static void check_sound(const struct case_of_sound *given, unsigned line)
{
    size_t count = given->frames * (size_t)given->channels;
    int *samples = calloc(count, sizeof *samples);
    uint8_t *payload = calloc(count, 2);
    REQUIRE(samples != NULL && payload != NULL);
    for (size_t i = 0; i < count; i++) {
        int sample = sample_at(i) / (1 << given->shift) * (1 << given->shift);
        samples[i] = sample * 65536;
        base_store_le16(payload + 2 * i, (uint16_t)sample);
    }
    struct base_text file = sound_make(&(const struct sound){.format = given->format,
                                                             .rate = 8000,
                                                             .channels = given->channels,
                                                             .samples = samples,
                                                             .frames = given->frames});
    struct header header = header_of((unsigned)given->channels, given->frames, 8000);
    struct project project = {.header = header.pattern,
                              .payload = base_bytes_make(payload, count * 2),
                              .declaration = DECLARATION("SOUNDS/pcm16le_v1", "'sources':['a.wav']"),
                              .sources = {{.path = "a.wav", .data = file.data, .size = file.size}},
                              .source_count = 1};
    check_project(&project, "", __FILE__, line);
    payload[count * 2 - 1] ^= 0x40;
    check_project(&project, "a.wav: source-mismatch:C - #1", __FILE__, line);
    payload[count * 2 - 1] ^= 0x40;
    payload[0] ^= 0x01;
    check_project(&project, "a.wav: source-mismatch:C - #1", __FILE__, line);
    base_text_free(&file);
    free(samples);
    free(payload);
}
#define CHECK_SOUND(...) check_sound(&(const struct case_of_sound){__VA_ARGS__}, __LINE__)

UNIT_TEST(lossless_files_give_back_their_samples)
{
    CHECK_SOUND(.format = SF_FORMAT_WAV | SF_FORMAT_PCM_16, .channels = 1, .frames = 100);
    CHECK_SOUND(.format = SF_FORMAT_WAV | SF_FORMAT_PCM_16, .channels = 2, .frames = 20000);
    CHECK_SOUND(.format = SF_FORMAT_WAV | SF_FORMAT_PCM_24, .channels = 2, .frames = 50);
    CHECK_SOUND(.format = SF_FORMAT_WAV | SF_FORMAT_PCM_32, .channels = 1, .frames = 50);
    CHECK_SOUND(.format = SF_FORMAT_WAV | SF_FORMAT_PCM_U8, .channels = 1, .frames = 50, .shift = 8);
    CHECK_SOUND(.format = SF_FORMAT_AIFF | SF_FORMAT_PCM_16, .channels = 2, .frames = 50);
    CHECK_SOUND(.format = SF_FORMAT_FLAC | SF_FORMAT_PCM_16, .channels = 2, .frames = 9000);
    CHECK_SOUND(.format = SF_FORMAT_WAV | SF_FORMAT_FLOAT, .channels = 1, .frames = 50);
    CHECK_SOUND(.format = SF_FORMAT_WAV | SF_FORMAT_DOUBLE, .channels = 2, .frames = 50);
    CHECK_SOUND(.format = SF_FORMAT_WAV | SF_FORMAT_DOUBLE, .channels = 2, .frames = 20000);
}

/* A WAV of 16 bits, byte by byte. */
static struct base_text wav(uint32_t rate, uint16_t channels, uint16_t bits, struct base_bytes samples)
{
    uint8_t head[44] = "RIFF....WAVEfmt ";
    struct base_text text = BASE_TEXT_EMPTY;
    base_store_le32(head + 4, (uint32_t)(36 + samples.size));
    base_store_le32(head + 16, 16);
    base_store_le16(head + 20, 1);
    base_store_le16(head + 22, channels);
    base_store_le32(head + 24, rate);
    base_store_le32(head + 28, rate * channels * bits / 8);
    base_store_le16(head + 32, (uint16_t)(channels * bits / 8));
    base_store_le16(head + 34, bits);
    head[36] = 'd';
    head[37] = 'a';
    head[38] = 't';
    head[39] = 'a';
    base_store_le32(head + 40, (uint32_t)samples.size);
    base_text_add(&text, base_bytes_make(head, sizeof head));
    base_text_add(&text, samples);
    return text;
}

static void check_wav(struct base_text text, const char *expected, unsigned line)
{
    static const uint8_t payload[] = {1, 0, 2, 0, 3, 0, 4, 0};
    struct project project = {.header = HEADER(SOUND("1", "a", TONE("1", "4"), "0", "8"), ""),
                              .payload = base_bytes_make(payload, sizeof payload),
                              .declaration = DECLARATION("SOUNDS/pcm16le_v1", "'sources':['a.wav']"),
                              .sources = {{.path = "a.wav", .data = text.data, .size = text.size}},
                              .source_count = 1};
    check_project(&project, expected, __FILE__, line);
    base_text_free(&text);
}

UNIT_TEST(rate_channels_and_frames_are_compared)
{
    struct base_bytes samples = base_bytes_make("\1\0\2\0\3\0\4\0\5\0", 10);
    check_wav(wav(8000, 1, 16, base_bytes_make(samples.data, 8)), "", __LINE__);
    check_wav(wav(8001, 1, 16, base_bytes_make(samples.data, 8)), "a.wav: source-mismatch:C - #1", __LINE__);
    check_wav(wav(8000, 2, 16, base_bytes_make(samples.data, 8)), "a.wav: source-mismatch:C - #1", __LINE__);
    check_wav(wav(8000, 1, 16, base_bytes_make(samples.data, 6)), "a.wav: source-mismatch:C - #1", __LINE__);
    check_wav(wav(8000, 1, 16, samples), "a.wav: source-mismatch:C - #1", __LINE__);
}

UNIT_TEST(samples_of_more_than_16_bits_have_no_place)
{
    check_wav(wav(8000, 1, 24, base_bytes_make("\0\1\0\0\2\0\0\3\0\0\4\0", 12)), "", __LINE__);
    check_wav(wav(8000, 1, 24, base_bytes_make("\0\1\0\0\2\0\0\3\0\1\4\0", 12)), "a.wav: source-mismatch:C - #1",
              __LINE__);
}

UNIT_TEST(fractions_of_a_sample_have_no_place)
{
    /* 0.5 of the smallest step, in a file of doubles. */
    const int samples[] = {65536, 131072, 196608, 32768};
    struct base_text file = sound_make(&(const struct sound){
        .format = SF_FORMAT_WAV | SF_FORMAT_DOUBLE, .rate = 8000, .channels = 1, .samples = samples, .frames = 4});
    check_wav(file, "a.wav: source-mismatch:C - #1", __LINE__);
}

UNIT_TEST(files_that_are_no_sounds)
{
    struct base_text text = BASE_TEXT_EMPTY;
    base_text_add_string(&text, "no sound at all, only a line of text that is long enough to be looked at");
    check_wav(text, "a.wav: source-mismatch:C - #1", __LINE__);
    struct base_text cut = wav(8000, 1, 16, base_bytes_make("\1\0\2\0\3\0\4\0", 8));
    cut.size -= 3;
    check_wav(cut, "a.wav: source-mismatch:C - #1", __LINE__);
}

/* Compares the FLAC with a pack of the frames that it announces. */
static void check_flac(const struct flac *flac, const char *expected, unsigned line)
{
    uint8_t payload[256];
    size_t size = (size_t)flac->frames * flac->channels * 2;
    REQUIRE(size <= sizeof payload);
    for (size_t i = 0; i < size / 2; i++) {
        base_store_le16(payload + 2 * i,
                        (uint16_t)flac_sample(flac, i / flac->channels, (uint32_t)(i % flac->channels)));
    }
    struct header header = header_of(flac->channels, flac->frames, flac->rate);
    uint8_t *data;
    size_t data_size = flac_make(flac, &data);
    struct project project = {.header = header.pattern,
                              .payload = base_bytes_make(payload, size),
                              .declaration = DECLARATION("SOUNDS/pcm16le_v1", "'sources':['a.flac']"),
                              .sources = {{.path = "a.flac", .data = data, .size = data_size}},
                              .source_count = 1};
    check_project(&project, expected, __FILE__, line);
    free(data);
}

/* A FLAC whose STREAMINFO announces 10 frames of 37: a library that believes it gives these 10. */
UNIT_TEST(a_flac_that_goes_on_is_not_the_source_of_its_begin)
{
    struct flac flac = flac_of_three_blocks();
    flac.frames = 10;
    check_flac(&flac, "a.flac: sound-invalid:W @42 #1", __LINE__);
}

UNIT_TEST(a_flac_with_its_own_md5_is_the_source)
{
    struct flac flac = flac_of_three_blocks();
    check_flac(&flac, "", __LINE__);
    flac.md5 = FLAC_WRONG_MD5;
    check_flac(&flac, "a.flac: sound-invalid:W @0 #1", __LINE__);
}
