/* The verifier's own reading of sound files. */
#include "verify/sound/sound.h"

#include "tests/lib/flac.h"
#include "tests/lib/unit.h"
#include "tests/verify/sound_heard.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct base_text wav_of(uint16_t bits, struct base_bytes samples)
{
    return wav_make(&(const struct wav_form){.channels = 1, .rate = 8000, .bits = bits}, samples);
}

/* ---- Codings of WAV ---- */

UNIT_TEST(samples_of_a_wav_become_16_bits)
{
    struct base_text file = wav_of(16, TWO);
    CHECK_SAMPLES(&file, 1, -1);
    file = wav_of(8, BYTES(0, 128, 255, 127));
    CHECK_SAMPLES(&file, -32768, 0, 32512, -256);
    file = wav_of(5, BYTES(0, 128));
    CHECK_SAMPLES(&file, -32768, 0);
    file = wav_of(12, BYTES(0xFF, 0x0F, 1, 0x80));
    CHECK_SAMPLES(&file, 4095, -32767);
    file = wav_of(24, BYTES(0, 1, 0, 0, 0xFF, 0xFF));
    CHECK_SAMPLES(&file, 1, -1);
    file = wav_of(20, BYTES(0, 0, 0x80, 0, 2, 0));
    CHECK_SAMPLES(&file, -32768, 2);
    file = wav_of(32, BYTES(0, 0, 1, 0, 0, 0, 0, 0x80));
    CHECK_SAMPLES(&file, 1, -32768);
}

UNIT_TEST(bits_that_would_be_lost_are_named)
{
    static const char text[] = "16 bits cannot hold frame 1, channel 0 exactly: the sound has 24 bits per sample";
    static const char long_text[] = "16 bits cannot hold frame 0, channel 0 exactly: the sound has 32 bits per sample";
    struct base_text file = wav_of(24, BYTES(0, 1, 0, 1, 0xFF, 0xFF));
    CHECK_FAULT(&file, DIAG_SOUND_FORMAT, 47, text);
    file = wav_of(24, BYTES(0, 1, 0, 0x80, 0xFF, 0xFF));
    CHECK_FAULT(&file, DIAG_SOUND_FORMAT, 47, text);
    file = wav_of(32, BYTES(1, 0, 1, 0));
    CHECK_FAULT(&file, DIAG_SOUND_FORMAT, 44, long_text);
    file = wav_of(32, BYTES(0, 1, 1, 0));
    CHECK_FAULT(&file, DIAG_SOUND_FORMAT, 44, long_text);
    file = wav_make(&(const struct wav_form){.channels = 2, .rate = 8000, .bits = 24}, BYTES(0, 1, 0, 1, 0, 0));
    CHECK_FAULT(&file, DIAG_SOUND_FORMAT, 47,
                "16 bits cannot hold frame 0, channel 1 exactly: the sound has 24 bits per sample");
}

/* A WAV with the content of fmt, and samples. */
static struct base_text wav_with(bool big_endian, struct base_text *fmt, struct base_bytes samples)
{
    struct base_text file = BASE_TEXT_EMPTY;
    put_riff(&file, big_endian ? "RIFX" : "RIFF", "WAVE");
    put_chunk(&file, "fmt ", big_endian, base_text_bytes(fmt));
    put_chunk(&file, "data", big_endian, samples);
    base_text_free(fmt);
    return file;
}

static const struct wav_form mono = {.channels = 1, .rate = 8000, .bits = 16};

/* fmt of 40 bytes, whose GUID begins with a number. */
static struct base_text extended(bool big_endian, uint32_t coding)
{
    struct base_text fmt = BASE_TEXT_EMPTY;
    struct wav_form form = mono;
    void (*put)(struct base_text *, uint64_t, unsigned) = big_endian ? put_be : put_le;
    form.coding = 0xFFFE;
    put_fmt(&fmt, big_endian, &form);
    put(&fmt, 22, 2);
    put(&fmt, 12, 2); /* valid bits: nothing looks at them */
    put(&fmt, 4, 4);
    put(&fmt, coding, 4);
    put(&fmt, 0, 2);
    put(&fmt, 0x10, 2);
    put_be(&fmt, 0x800000AA00389B71, 8);
    return fmt;
}

UNIT_TEST(wavs_are_big_or_little_endian)
{
    struct base_text fmt = BASE_TEXT_EMPTY;
    put_fmt(&fmt, true, &mono);
    struct base_text file = wav_with(true, &fmt, BYTES(0, 1, 255, 254));
    CHECK_SAMPLES(&file, 1, -2);
    for (unsigned big_endian = 0; big_endian < 2; big_endian++) {
        fmt = extended(big_endian != 0, 1);
        file = wav_with(big_endian != 0, &fmt, BYTES(1, 1, 2, 2));
        CHECK_SAMPLES(&file, 257, 514);
    }
}

UNIT_TEST(other_codings_are_named)
{
    static const char floating[] = "the samples are floating-point numbers (coding 3)";
    struct base_text fmt = extended(false, 3);
    struct base_text file = wav_with(false, &fmt, TWO);
    CHECK_FAULT(&file, DIAG_SOUND_FORMAT, 44, floating);
    fmt = extended(false, 2);
    file = wav_with(false, &fmt, TWO);
    CHECK_FAULT(&file, DIAG_SOUND_LOSSY, 44, "the samples have the coding 0x0002");
    fmt = extended(false, 1);
    fmt.data[39] ^= 1;
    file = wav_with(false, &fmt, TWO);
    CHECK_FAULT(&file, DIAG_SOUND_LOSSY, 44, "the samples have the coding 0xFFFE");
    fmt = extended(false, 1);
    fmt.size = 38;
    file = wav_with(false, &fmt, TWO);
    CHECK_FAULT(&file, DIAG_SOUND_INVALID, 16, "the chunk fmt has 38 bytes");
    file = wav_make(&(const struct wav_form){.coding = 3, .channels = 1, .rate = 8000, .bits = 32}, TWO);
    CHECK_FAULT(&file, DIAG_SOUND_FORMAT, 20, floating);
    file = wav_make(&(const struct wav_form){.coding = 0x11, .channels = 1, .rate = 8000, .bits = 4}, TWO);
    CHECK_FAULT(&file, DIAG_SOUND_LOSSY, 20, "the samples have the coding 0x0011");
}

UNIT_TEST(depth_channels_and_rate_have_limits)
{
    static const struct {
        struct wav_form form;
        uint64_t at;
        const char *text;
    } cases[] = {
        {{.channels = 1, .rate = 0, .bits = 16}, 24, "the sound has 0 frames per second"},
        {{.channels = 1, .rate = 7999, .bits = 16}, 24, "the sound has 7999 frames per second"},
        {{.channels = 1, .rate = 48001, .bits = 16}, 24, "the sound has 48001 frames per second"},
        {{.channels = 1, .rate = 96000, .bits = 16}, 24, "the sound has 96000 frames per second"},
        {{.channels = 0, .rate = 8000, .bits = 16}, 22, "the sound has 0 channels"},
        {{.channels = 3, .rate = 8000, .bits = 16}, 22, "the sound has 3 channels"},
        {{.channels = 1, .rate = 8000, .bits = 0}, 34, "the sound has 0 bits per sample"},
        {{.channels = 1, .rate = 8000, .bits = 33}, 34, "the sound has 33 bits per sample"},
        {{.channels = 1, .rate = 8000, .bits = 64}, 34, "the sound has 64 bits per sample"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct base_text file = wav_make(&cases[i].form, TWO);
        CHECK_FAULT(&file, DIAG_SOUND_FORMAT, cases[i].at, cases[i].text);
    }
    struct base_text file = wav_make(&(const struct wav_form){.channels = 1, .rate = 48000, .bits = 16}, TWO);
    CHECK_SAMPLES(&file, 1, -1);
    file = wav_of(16, TWO);
    file.data[32] = 3;
    CHECK_FAULT(&file, DIAG_SOUND_INVALID, 32,
                "the sound has 3 bytes per frame; expected 2 for 16 bits and 1 channels");
}

/* ---- Chunks ---- */

static void begin_wav(struct base_text *file, const char *outer)
{
    struct base_text fmt = BASE_TEXT_EMPTY;
    put_fmt(&fmt, false, &mono);
    put_riff(file, outer, "WAVE");
    if (outer[1] != 'I') { /* RF64, BW64 */
        struct base_text sizes = BASE_TEXT_EMPTY;
        put_le(&sizes, 99, 8);
        put_le(&sizes, 4, 8);
        put_le(&sizes, 99, 8);
        put_chunk(file, "ds64", false, base_text_bytes(&sizes));
        base_text_free(&sizes);
    }
    put_chunk(file, "fmt ", false, base_text_bytes(&fmt));
    base_text_free(&fmt);
}

UNIT_TEST(other_chunks_are_stepped_over)
{
    struct base_text file = BASE_TEXT_EMPTY;
    begin_wav(&file, "RIFF");
    put_chunk(&file, "LIST", false, BYTES(1, 2, 3));
    put_chunk(&file, "~!  ", false, BYTES(4));
    put_chunk(&file, "data", false, TWO);
    put_chunk(&file, "data", false, BYTES(9, 9)); /* the first one counts */
    put_chunk(&file, "fmt ", false, BYTES(9));
    base_text_add_string(&file, "and a tag");
    CHECK_SAMPLES(&file, 1, -1);
}

UNIT_TEST(where_no_chunk_begins_is_named)
{
    static const char text[] = "WAV: no chunk begins where the one before it ends";
    struct base_text file = BASE_TEXT_EMPTY;
    begin_wav(&file, "RIFF");
    put_chunk_of(&file, "LIST", false, 2, BYTES(1, 2, 0, 0)); /* padded to 4 */
    put_chunk(&file, "data", false, TWO);
    CHECK_FAULT(&file, DIAG_SOUND_INVALID, 46, text);
    begin_wav(&file, "RIFF");
    base_text_add_string(&file, "data");
    CHECK_FAULT(&file, DIAG_SOUND_INVALID, 36, text);
    begin_wav(&file, "RIFF");
    CHECK_FAULT(&file, DIAG_SOUND_INVALID, 36, "WAV: the file ends before its samples");
    begin_wav(&file, "RIFF");
    put_chunk_of(&file, "LIST", false, 7, BYTES(1, 2, 3, 4));
    CHECK_FAULT(&file, DIAG_SOUND_INVALID, 40, "WAV: a chunk of 7 bytes passes the end of the file; 4 are left");
    put_riff(&file, "RIFF", "WAVE");
    put_chunk(&file, "data", false, TWO);
    CHECK_FAULT(&file, DIAG_SOUND_INVALID, 12, "WAV: the samples come before the chunk fmt");
    struct base_text fmt = BASE_TEXT_EMPTY;
    put_fmt(&fmt, false, &mono);
    fmt.size = 15;
    file = wav_with(false, &fmt, TWO);
    CHECK_FAULT(&file, DIAG_SOUND_INVALID, 16, "the chunk fmt has 15 bytes");
}

UNIT_TEST(samples_come_after_a_limited_number_of_chunks)
{
    enum { MOST = 4096 };
    for (unsigned more = 0; more < 2; more++) {
        struct base_text file = BASE_TEXT_EMPTY;
        begin_wav(&file, "RIFF");
        for (unsigned i = 1; i < MOST + more; i++) {
            put_chunk(&file, "junk", false, (struct base_bytes){.data = NULL});
        }
        put_chunk(&file, "data", false, TWO);
        if (more == 0) {
            CHECK_SAMPLES(&file, 1, -1);
        } else {
            CHECK_FAULT(&file, DIAG_SOUND_INVALID, 36 + 8 * (uint64_t)MOST,
                        "WAV: the samples do not come after at most 4,096 chunks");
        }
    }
}

UNIT_TEST(frames_are_whole_and_not_none)
{
    struct base_text file = wav_of(16, BYTES(1, 0, 2, 0, 3));
    CHECK_FAULT(&file, DIAG_SOUND_INVALID, 48, "1 bytes are left after 2 frames");
    file = wav_make(&(const struct wav_form){.channels = 2, .rate = 8000, .bits = 16}, BYTES(1, 0, 2, 0, 3, 0));
    CHECK_FAULT(&file, DIAG_SOUND_INVALID, 48, "2 bytes are left after 1 frames");
    file = wav_of(16, (struct base_bytes){.data = NULL});
    CHECK_FAULT(&file, DIAG_SOUND_INVALID, 36, "the sound does not have any frames");
    /* The byte after an odd number of samples may be missing at the end of the file. */
    file = wav_of(8, BYTES(128, 128, 128));
    file.size--;
    CHECK_SAMPLES(&file, 0, 0, 0);
}

/* ---- Lengths that are not given ---- */

static struct base_text wav_of_size(const char *outer, uint32_t size, struct base_bytes samples)
{
    struct base_text file = BASE_TEXT_EMPTY;
    begin_wav(&file, outer);
    put_chunk_of(&file, "data", false, size, samples);
    return file;
}

UNIT_TEST(samples_of_unknown_length_go_to_the_end)
{
    static const uint32_t sizes[] = {0,          0x7EFF0000, 0x7F000000, 0x7FFFFFFF,
                                     0x80000000, 0xFFFF0000, 0xFFFFFFDB, 0xFFFFFFFF};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        struct base_text file = wav_of_size("RIFF", sizes[i], TWO);
        CHECK_SAMPLES_OF(&file, false, 1, -1);
    }
}

UNIT_TEST(samples_that_are_cut_off_are_refused)
{
    static const uint32_t sizes[] = {5, 100, 0x7EFEFFFF, 0x80000001, 0xFFFEFFFF};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        char text[128];
        struct base_text file = wav_of_size("RIFF", sizes[i], TWO);
        (void)snprintf(text, sizeof text, "WAV: the samples are cut off: %lu bytes are announced, 4 are there",
                       (unsigned long)sizes[i]);
        CHECK_FAULT(&file, DIAG_SOUND_INVALID, 40, text);
    }
}

/* A size of 0 is meant when nothing but chunks follows. */
UNIT_TEST(chunks_after_a_size_of_0_are_no_samples)
{
    static const char none[] = "the sound does not have any frames";
    struct base_text file = wav_of_size("RIFF", 0, (struct base_bytes){.data = NULL});
    put_chunk(&file, "LIST", false, BYTES(1, 2, 3, 4));
    put_chunk(&file, "cue ", false, BYTES(1));
    CHECK_FAULT(&file, DIAG_SOUND_INVALID, 36, none);
    file = wav_of_size("RIFF", 0, (struct base_bytes){.data = NULL});
    put_chunk(&file, "LIST", false, BYTES(1, 2, 3));
    file.size--; /* the byte after it */
    CHECK_FAULT(&file, DIAG_SOUND_INVALID, 36, none);
    file = wav_of_size("RIFF", 0, (struct base_bytes){.data = NULL});
    put_chunk(&file, "AB  ", false, BYTES(1, 2));
    base_text_add(&file, BYTES(3, 4));
    CHECK_SAMPLES_OF(&file, false, 0x4241, 0x2020, 2, 0, 0x0201, 0x0403);
    file = wav_of_size("RIFF", 0, (struct base_bytes){.data = NULL});
    CHECK_FAULT(&file, DIAG_SOUND_INVALID, 36, none);
}

/* ---- RF64 and Wave64 ---- */

UNIT_TEST(an_rf64_has_its_size_in_ds64)
{
    struct base_text file = wav_of_size("RF64", UINT32_MAX, TWO);
    base_text_add_string(&file, "tail");
    CHECK_SAMPLES(&file, 1, -1);
    file = wav_of_size("BW64", UINT32_MAX, TWO);
    CHECK_SAMPLES(&file, 1, -1);
    file = wav_of_size("RF64", 2, TWO); /* the size of data counts */
    CHECK_SAMPLES(&file, 1);
    file = wav_of_size("RF64", UINT32_MAX, TWO);
    file.data[28] = 5;
    CHECK_FAULT(&file, DIAG_SOUND_INVALID, 28, "RF64: the samples are cut off: 5 bytes are announced, 4 are there");
    file = wav_of_size("RF64", UINT32_MAX, TWO);
    memset(file.data + 28, 0xFF, 8);
    CHECK_SAMPLES_OF(&file, false, 1, -1);
    file = wav_of_size("RF64", UINT32_MAX, TWO);
    file.data[35] = 0x40; /* 2^62 and more */
    CHECK_SAMPLES_OF(&file, false, 1, -1);
    file = wav_of_size("RF64", UINT32_MAX, TWO);
    file.data[35] = 0x3F;
    CHECK_FAULT(&file, DIAG_SOUND_INVALID, 28,
                "RF64: the samples are cut off: 4539628424389459972 bytes are announced, 4 are there");
    file = wav_of_size("RF64", UINT32_MAX, TWO);
    file.data[28] = 0;
    CHECK_SAMPLES_OF(&file, false, 1, -1);
    file = wav_of_size("RF64", UINT32_MAX, TWO);
    file.data[12] = 'D';
    CHECK_FAULT(&file, DIAG_SOUND_INVALID, 12, "RF64: the first chunk is not ds64");
    file = wav_of_size("RF64", UINT32_MAX, TWO);
    file.data[16] = 23;
    CHECK_FAULT(&file, DIAG_SOUND_INVALID, 16, "RF64: ds64 is too short");
}

static void put_guid(struct base_text *file, const char *name, uint64_t number)
{
    base_text_add(file, base_bytes_make(name, 4));
    base_text_add(file, BYTES(0xF3, 0xAC, 0xD3, 0x11, 0x8C, 0xD1, 0x00, 0xC0, 0x4F, 0x8E, 0xDB, 0x8A));
    put_le(file, number, 8);
}

/* more: whether a chunk comes before the samples, which have `size` in the file. */
static struct base_text wave64(bool more, uint64_t size, struct base_bytes samples)
{
    struct base_text file = BASE_TEXT_EMPTY;
    base_text_add_string(&file, "riff");
    base_text_add(&file, BYTES(0x2E, 0x91, 0xCF, 0x11, 0xA5, 0xD6, 0x28, 0xDB, 0x04, 0xC1, 0, 0));
    put_le(&file, 7, 8);
    put_guid(&file, "wave", 0);
    file.size -= 8;
    put_guid(&file, "fmt ", 24 + 16);
    put_fmt(&file, false, &mono);
    if (more) {
        put_guid(&file, "junk", 24 + 3);
        base_text_add(&file, BYTES(1, 2, 3, 0, 0, 0, 0, 0));
    }
    put_guid(&file, "data", size);
    base_text_add(&file, samples);
    return file;
}

UNIT_TEST(a_wave64_counts_its_heads)
{
    struct base_text file = wave64(false, 28, TWO);
    CHECK_SAMPLES(&file, 1, -1);
    file = wave64(true, 28, TWO);
    base_text_add_string(&file, "tail");
    CHECK_SAMPLES(&file, 1, -1);
    file = wave64(false, 29, TWO);
    CHECK_FAULT(&file, DIAG_SOUND_INVALID, 96, "Wave64: the samples are cut off: 5 bytes are announced, 4 are there");
    file = wave64(false, 23, TWO);
    CHECK_FAULT(&file, DIAG_SOUND_INVALID, 96, "Wave64: a chunk is smaller than its own head");
    file = wave64(true, 28, TWO);
    file.data[96] = 23;
    CHECK_FAULT(&file, DIAG_SOUND_INVALID, 96, "Wave64: a chunk is smaller than its own head");
    static const uint64_t unknown[] = {0, 24, INT64_MAX, UINT64_MAX, UINT64_C(1) << 62, 0x7FFFFFFF, 0xFFFFFFFF};
    for (size_t i = 0; i < sizeof unknown / sizeof unknown[0]; i++) {
        file = wave64(false, unknown[i], TWO);
        CHECK_SAMPLES_OF(&file, false, 1, -1);
    }
    file = wave64(false, 24, (struct base_bytes){.data = NULL});
    put_guid(&file, "junk", 24 + 2);
    base_text_add(&file, BYTES(1, 2));
    CHECK_FAULT(&file, DIAG_SOUND_INVALID, 80, "the sound does not have any frames");
}

/* ---- What comes before, and what is not a sound ---- */

static struct base_text tagged(unsigned tags, uint8_t flags, const struct base_text *sound)
{
    struct base_text file = BASE_TEXT_EMPTY;
    for (unsigned i = 0; i < tags; i++) {
        base_text_add(&file, BYTES('I', 'D', '3', 4, 0));
        base_text_add_char(&file, (char)flags);
        put_be(&file, 0x0102, 4); /* 7 bits each: 130 */
        for (unsigned k = 0; k < 130 + (flags != 0 ? 10U : 0); k++) {
            base_text_add_char(&file, 'x');
        }
    }
    base_text_add(&file, base_text_bytes(sound));
    return file;
}

UNIT_TEST(tags_before_a_sound_are_stepped_over)
{
    struct base_text wav = wav_of(16, TWO);
    struct base_text file = tagged(1, 0, &wav);
    CHECK_SAMPLES(&file, 1, -1);
    file = tagged(3, 0x10, &wav);
    CHECK_SAMPLES(&file, 1, -1);
    file = tagged(16, 0, &wav);
    CHECK_SAMPLES(&file, 1, -1);
    file = tagged(17, 0, &wav);
    CHECK_FAULT(&file, DIAG_SOUND_LOSSY, UINT64_C(16) * 140, "the source is an MP3 sound");
    base_text_free(&wav);
    base_text_add_string(&wav, "words");
    file = tagged(1, 0, &wav);
    CHECK_FAULT(&file, DIAG_SOUND_LOSSY, 140,
                "the source is an MP3: a tag comes before something else than a sound that is read");
    base_text_free(&wav);
    file = tagged(2, 0, &wav);
    CHECK_FAULT(&file, DIAG_SOUND_LOSSY, 280,
                "the source is an MP3: a tag comes before something else than a sound that is read");
    file = tagged(2, 0, &wav);
    file.size--;
    CHECK_FAULT(&file, DIAG_SOUND_INVALID, 140, "an ID3v2 tag of 140 bytes passes the end of the file; 139 are left");
    /* Wave64 counts from where the sound begins. */
    wav = wave64(true, 28, TWO);
    file = tagged(1, 0, &wav);
    CHECK_SAMPLES(&file, 1, -1);
    base_text_free(&wav);
}

UNIT_TEST(other_media_are_told_apart)
{
    static const struct {
        const char *begin;
        enum diag diagnostic;
        const char *text;
    } cases[] = {
        {"", DIAG_SOUND_INVALID, "the source is empty"},
        {"RIFF", DIAG_SOUND_INVALID, "the source does not begin like a sound"},
        {"words and more words", DIAG_SOUND_INVALID, "the source does not begin like a sound"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct base_text file = BASE_TEXT_EMPTY;
        base_text_add_string(&file, cases[i].begin);
        check_fault(&file, cases[i].diagnostic, 0, cases[i].text, (unsigned)i);
    }
    static const char *const lossy[] = {"OggS", "\xFF\xFB\x90\x64", "\xFF\xF1\x50\x80", "ABCDftypM4A "};
    for (size_t i = 0; i < sizeof lossy / sizeof lossy[0]; i++) {
        char data[64] = {0};
        (void)snprintf(data, sizeof data, "%s", lossy[i]);
        struct heard heard = hear(base_bytes_make(data, sizeof data));
        CHECK_U64(heard.fault.diagnostic, DIAG_SOUND_LOSSY);
    }
    struct heard heard = hear(base_bytes_make("GIF89a and so on", 16));
    CHECK_U64(heard.fault.diagnostic, DIAG_SOUND_INVALID);
    CHECK_STRING(heard.fault.text, "the source is a GIF picture");
}

/* ---- FLAC ---- */

static struct base_text flac_text(const struct flac *flac)
{
    struct base_text text = BASE_TEXT_EMPTY;
    uint8_t *data;
    size_t size = flac_make(flac, &data);
    base_text_add(&text, base_bytes_make(data, size));
    free(data);
    return text;
}

UNIT_TEST(a_flac_of_unknown_length_goes_to_its_last_block)
{
    struct flac flac = flac_of_three_blocks();
    flac.channels = 1;
    int16_t samples[37];
    for (size_t i = 0; i < 37; i++) {
        samples[i] = flac_sample(&flac, i, 0);
    }
    flac.md5 = FLAC_NO_MD5;
    flac.frames = 0;
    struct base_text file = flac_text(&flac);
    check_samples(&file, samples, 37, false, __LINE__);
    flac.tail = base_bytes_of_string("TAG of a program");
    file = flac_text(&flac);
    check_samples(&file, samples, 37, false, __LINE__);
    /* A block that is shorter than the others is the last one. */
    flac.tail = (struct base_bytes){.data = NULL};
    struct flac_block last = flac.blocks[2];
    flac.blocks[2] = flac.blocks[1];
    flac.blocks[1] = last;
    flac.blocks[1].number = 1;
    flac.blocks[2].number = 2;
    size_t positions[FLAC_BLOCKS_MAX + 1];
    flac_positions(&flac, positions);
    file = flac_text(&flac);
    CHECK_FAULT(&file, DIAG_SOUND_INVALID, positions[1],
                "a block of the FLAC does not have the size that STREAMINFO says");
    flac.block_count = 0;
    file = flac_text(&flac);
    CHECK_FAULT(&file, DIAG_SOUND_INVALID, 42, "the FLAC ends before its last block");
}

UNIT_TEST(a_gap_in_a_flac_of_unknown_length_is_found)
{
    struct flac flac = flac_of_three_blocks();
    flac.frames = 0;
    flac.md5 = FLAC_NO_MD5;
    size_t positions[FLAC_BLOCKS_MAX + 1];
    flac_positions(&flac, positions);
    struct base_text whole = flac_text(&flac);
    struct base_text file = BASE_TEXT_EMPTY;
    base_text_add(&file, base_bytes_make(whole.data, positions[1]));
    base_text_add_string(&file, "gap");
    base_text_add(&file, base_bytes_make(whole.data + positions[1], whole.size - positions[1]));
    CHECK_FAULT(&file, DIAG_SOUND_INVALID, positions[1] + 3,
                "the FLAC has further blocks after bytes that are not one");
    base_text_free(&whole);
}

UNIT_TEST(a_flac_begins_after_its_tags)
{
    struct flac flac = flac_of_three_blocks();
    flac.channels = 1;
    int16_t samples[37];
    for (size_t i = 0; i < 37; i++) {
        samples[i] = flac_sample(&flac, i, 0);
    }
    struct base_text whole = flac_text(&flac);
    struct base_text file = tagged(2, 0, &whole);
    check_samples(&file, samples, 37, true, __LINE__);
    flac.md5 = FLAC_WRONG_MD5;
    base_text_free(&whole);
    whole = flac_text(&flac);
    file = tagged(2, 0, &whole);
    CHECK_FAULT(&file, DIAG_SOUND_INVALID, 280, "the samples of the FLAC do not have the MD5 that it records");
    base_text_free(&whole);
}

UNIT_TEST(rate_and_channels_of_a_flac_have_limits)
{
    struct flac flac = flac_of_three_blocks();
    flac.rate = 96000;
    struct base_text file = flac_text(&flac);
    CHECK_FAULT(&file, DIAG_SOUND_FORMAT, 18, "the sound has 96000 frames per second");
}
