/* What the end of a sound of chunks may be: converted line ends, and chunks after samples of unknown length. */
#include "tests/lib/unit.h"
#include "tests/verify/sound_heard.h"

#include <stdlib.h>

#define WAV_TEXT                                                                                                       \
    "WAV: the length of the samples is not given, and the file ends with chunks from here on: where the "              \
    "samples end is not known"
#define AIFF_TEXT                                                                                                      \
    "AIFF: the length of the samples is not given, and the file ends with chunks from here on: where the "             \
    "samples end is not known"

static const struct wav_form mono = {.channels = 1, .rate = 8000, .bits = 16};
static const struct wav_form bytes_mono = {.channels = 1, .rate = 8000, .bits = 8};

/* ---- Converted line ends ---- */

/* Writes the size of the whole: that of the file, and so many bytes less. */
static void set_size(struct base_text *file, uint64_t begin, uint32_t less)
{
    base_store_le32((uint8_t *)file->data + begin + 4, (uint32_t)(file->size - begin - 8) - less);
}

/* A WAV whose samples are given, `more` bytes after its last chunk. */
static struct base_text wav_then(struct base_bytes samples, const char *more)
{
    struct base_text file = wav_make(&mono, samples);
    base_text_add_string(&file, more);
    return file;
}

static void check_converted(struct base_text *file, uint64_t at, const char *name, const char *how, unsigned line)
{
    char text[256];
    (void)snprintf(text, sizeof text, "%s: the line ends of the file were converted (%s than it says", name, how);
    check_fault(file, DIAG_SOUND_INVALID, at, text, line);
}
#define AS_TEXT(how) how "), as if it were a text: it has "
#define MORE(bytes) AS_TEXT("LF to CR LF") bytes " bytes more"
#define FEWER(bytes) AS_TEXT("CR LF to LF") bytes " bytes fewer"
#define CHECK_CONVERTED(file, at, name, how) check_converted(file, at, name, how, __LINE__)

UNIT_TEST(converted_line_ends_are_found)
{
    for (unsigned less = 1; less <= 2; less++) {
        struct base_text file = wav_then(BYTES(13, 10, 13, 10), "ab");
        set_size(&file, 0, less);
        CHECK_CONVERTED(&file, 4, "WAV", less == 1 ? MORE("1") : MORE("2"));
    }
}

/* The other way round. */
UNIT_TEST(line_ends_that_lost_a_byte_are_found)
{
    static const int16_t samples[] = {0x0A0A, 0x0D0C};
    for (int32_t more = -1; more <= 3; more++) {
        struct base_text file = wav_then(BYTES(10, 10, 12, 13), "ab");
        base_store_le32((uint8_t *)file.data + 4, (uint32_t)((int32_t)file.size - 8 + more));
        if (more == 1 || more == 2) {
            CHECK_CONVERTED(&file, 4, "WAV", more == 1 ? FEWER("1") : FEWER("2"));
        } else {
            check_samples(&file, samples, 2, true, __LINE__);
        }
    }
    struct base_text file = wav_then(BYTES(10, 10, 13, 10), "ab");
    base_store_le32((uint8_t *)file.data + 4, (uint32_t)file.size - 8 + 1);
    CHECK_SAMPLES(&file, 0x0A0A, 0x0A0D); /* one line end is as it was */
    file = wav_then(BYTES(10, 10, 12, 13), "");
    base_store_le32((uint8_t *)file.data + 4, (uint32_t)file.size - 8 + 1);
    check_samples(&file, samples, 2, true, __LINE__); /* nothing comes after the last chunk */
}

/* Each part of the rule by itself: what has one part less is packed. */
UNIT_TEST(other_bytes_after_the_chunks_are_ignored)
{
    static const int16_t samples[] = {0x0A0D, 0x0A0D};
    struct base_text file = wav_then(BYTES(13, 10, 13, 10), "ab");
    set_size(&file, 0, 0); /* no byte more than the file says */
    check_samples(&file, samples, 2, true, __LINE__);
    file = wav_then(BYTES(13, 10, 13, 10), "abc");
    set_size(&file, 0, 3); /* more bytes than could have been put in */
    check_samples(&file, samples, 2, true, __LINE__);
    file = wav_then(BYTES(13, 10, 13, 10), "");
    set_size(&file, 0, 2); /* nothing comes after the last chunk */
    check_samples(&file, samples, 2, true, __LINE__);
    file = wav_then(BYTES(13, 10, 12, 10), "ab");
    set_size(&file, 0, 2); /* a byte 0x0A that comes after another one */
    CHECK_SAMPLES(&file, 0x0A0D, 0x0A0C);
    file = wav_then(BYTES(13, 10, 13, 10), "a\n");
    set_size(&file, 0, 2);
    check_samples(&file, samples, 2, true, __LINE__);
    file = wav_then(BYTES(13, 13, 13, 13), "ab"); /* no byte 0x0A at all */
    set_size(&file, 0, 2);
    CHECK_SAMPLES(&file, 0x0D0D, 0x0D0D);
    file = wav_then(BYTES(13, 10, 13, 10), "ab");
    base_store_le32((uint8_t *)file.data + 4, UINT32_MAX); /* the file says that it is larger */
    check_samples(&file, samples, 2, true, __LINE__);
}

/* The two bytes of a line end lie in two pieces of the file. */
UNIT_TEST(line_ends_are_found_across_pieces)
{
    enum { MANY = 3 * VERIFY_SOUND_WINDOW };
    for (unsigned shift = 0; shift < 2; shift++) {
        for (unsigned wrong = 0; wrong < 2; wrong++) {
            struct base_text samples = BASE_TEXT_EMPTY;
            base_text_add(&samples, base_bytes_make("\r\n", shift));
            while (samples.size < MANY) {
                /* The samples begin at byte 44. With a shift the second byte is the first one of a piece. */
                bool is_wrong = wrong == 1 && samples.size == 2 * VERIFY_SOUND_WINDOW - 44 - shift;
                base_text_add_string(&samples, is_wrong ? "a\n" : "\r\n");
            }
            samples.size -= samples.size % 2;
            struct base_text file = wav_then(base_text_bytes(&samples), "abc");
            set_size(&file, 0, 1);
            struct heard heard = hear(base_text_bytes(&file));
            CHECK_U64(heard.fault.diagnostic, wrong == 1 ? 0 : DIAG_SOUND_INVALID);
            base_text_free(&file);
            base_text_free(&samples);
        }
    }
}

UNIT_TEST(the_size_of_the_whole_is_where_each_kind_has_it)
{
    /* After a tag, all is counted from where the sound begins; the bytes of the tag do not count. */
    struct base_text wav = wav_then(BYTES(13, 10, 13, 10), "ab");
    struct base_text file = BASE_TEXT_EMPTY;
    set_size(&wav, 0, 2);
    base_text_add(&file, BYTES('I', 'D', '3', 4, 0, 0, 0, 0, 0, 2, 10, 10));
    base_text_add(&file, base_text_bytes(&wav));
    base_text_free(&wav);
    CHECK_CONVERTED(&file, 16, "WAV", MORE("2"));
    /* Big endian. */
    file = aiff_make(1, 16, 8000, NULL, BYTES(13, 10, 13, 10));
    base_text_add_string(&file, "ab");
    base_store_le32((uint8_t *)file.data + 4, __builtin_bswap32((uint32_t)file.size - 8 - 1));
    CHECK_CONVERTED(&file, 4, "AIFF", MORE("1"));
    /* In ds64, whatever the 4 bytes at 4 say. */
    for (unsigned wide = 0; wide < 3; wide++) {
        struct base_text sizes = BASE_TEXT_EMPTY;
        struct base_text fmt = BASE_TEXT_EMPTY;
        put_fmt(&fmt, false, &mono);
        put_riff(&file, "RF64", "WAVE");
        /* There are 96 bytes in all: one more than this says; far more; or so many that 8 more do not fit into the
         * number. */
        put_le(&sizes, wide == 0 ? 96 - 8 - 1 : wide == 1 ? UINT64_C(1) << 40 : UINT64_MAX - 3, 8);
        put_le(&sizes, 4, 8);
        put_le(&sizes, 2, 8);
        put_chunk(&file, "ds64", false, base_text_bytes(&sizes));
        put_chunk(&file, "fmt ", false, base_text_bytes(&fmt));
        put_chunk(&file, "data", false, BYTES(13, 10, 13, 10));
        base_text_add_string(&file, "these are 16 bytes");
        file.size = 96;
        base_text_free(&fmt);
        base_text_free(&sizes);
        if (wide == 0) {
            CHECK_CONVERTED(&file, 20, "RF64", MORE("1"));
        } else {
            CHECK_SAMPLES(&file, 0x0A0D, 0x0A0D);
        }
    }
}

UNIT_TEST(the_size_of_a_wave64_counts_its_head)
{
    static const char rest_of_guid[] = "\xF3\xAC\xD3\x11\x8C\xD1\x00\xC0\x4F\x8E\xDB\x8A";
    for (unsigned less = 0; less < 2; less++) {
        struct base_text file = BASE_TEXT_EMPTY;
        base_text_add_string(&file, "riff");
        base_text_add(&file, BYTES(0x2E, 0x91, 0xCF, 0x11, 0xA5, 0xD6, 0x28, 0xDB, 0x04, 0xC1, 0, 0));
        put_le(&file, 113 - less, 8);
        base_text_add_string(&file, "wave");
        base_text_add(&file, base_bytes_make(rest_of_guid, 12));
        base_text_add_string(&file, "fmt ");
        base_text_add(&file, base_bytes_make(rest_of_guid, 12));
        put_le(&file, 40, 8);
        put_fmt(&file, false, &mono);
        base_text_add_string(&file, "data");
        base_text_add(&file, base_bytes_make(rest_of_guid, 12));
        put_le(&file, 26, 8);
        base_text_add(&file, BYTES(13, 10, 0, 0, 0, 0, 0, 0, 9));
        if (less == 1) {
            CHECK_CONVERTED(&file, 16, "Wave64", MORE("1"));
        } else {
            CHECK_SAMPLES(&file, 0x0A0D);
        }
    }
}

/* ---- Chunks after samples of unknown length ---- */

/* A WAV whose length is not given. */
static struct base_text endless(const struct wav_form *form, struct base_bytes samples)
{
    struct base_text file = wav_make(form, samples);
    base_store_le32((uint8_t *)file.data + 40, UINT32_MAX);
    file.size = 44 + samples.size;
    return file;
}

UNIT_TEST(chunks_after_samples_of_unknown_length_are_not_samples)
{
    static const char *const ids[] = {"LIST", "smpl", "inst", "cue ", "fact", "bext", "iXML", "axml",
                                      "_PMX", "id3 ", "ID3 ", "acid", "strc", "DISP", "LGWV", "afsp",
                                      "JUNK", "PAD ", "FLLR", "PEAK", "chna", "umid", "cart"};
    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++) {
        struct base_text file = endless(&mono, TWO);
        put_chunk(&file, ids[i], false, BYTES(1, 2, 3));
        check_fault(&file, DIAG_SOUND_INVALID, 48, WAV_TEXT, (unsigned)i);
    }
}

UNIT_TEST(a_chain_is_found_from_its_first_known_chunk_on)
{
    struct base_text file = endless(&mono, TWO);
    put_chunk(&file, "LIST", false, BYTES(1, 2));
    put_chunk(&file, "what", false, BYTES(3));
    put_chunk(&file, "JUNK", false, BYTES(4));
    file.size--; /* the byte after an odd chunk may be missing at the end of the file */
    CHECK_FAULT(&file, DIAG_SOUND_INVALID, 48, WAV_TEXT);
    file = endless(&mono, TWO);
    put_chunk(&file, "what", false, BYTES(3));
    put_chunk(&file, "JUNK", false, BYTES(4));
    CHECK_FAULT(&file, DIAG_SOUND_INVALID, 58, WAV_TEXT);
    file = endless(&mono, (struct base_bytes){.data = NULL}); /* no sample at all */
    put_chunk(&file, "LIST", false, BYTES(1, 2));
    CHECK_FAULT(&file, DIAG_SOUND_INVALID, 44, WAV_TEXT);
    file = endless(&bytes_mono, BYTES(1, 2, 3, 0)); /* the byte after an odd number of samples */
    put_chunk(&file, "id3 ", false, BYTES(1, 2));
    CHECK_FAULT(&file, DIAG_SOUND_INVALID, 48, WAV_TEXT);
}

UNIT_TEST(samples_that_look_like_chunks_are_samples)
{
    struct base_text file = endless(&mono, BYTES('L', 'I', 'S', 'T', 2, 0, 0, 0, 1, 0, 9, 0));
    CHECK_SAMPLES_OF(&file, false, 0x494C, 0x5453, 2, 0, 1, 9); /* another byte follows */
    file = endless(&mono, BYTES('L', 'I', 'S', 'T', 3, 0, 0, 0, 1, 0));
    CHECK_SAMPLES_OF(&file, false, 0x494C, 0x5453, 3, 0, 1); /* it passes the end */
    file = endless(&mono, BYTES('l', 'i', 's', 't', 2, 0, 0, 0, 1, 0));
    CHECK_SAMPLES_OF(&file, false, 0x696C, 0x7473, 2, 0, 1);                 /* not a known one */
    file = endless(&bytes_mono, BYTES(128, 'L', 'I', 'S', 'T', 0, 0, 0, 0)); /* at an odd place */
    CHECK_SAMPLES_OF(&file, false, 0, -13312, -14080, -11520, -11264, -32768, -32768, -32768, -32768);
    file = endless(&mono, BYTES('L', 'I', 'S', 'T', 0, 0));
    CHECK_SAMPLES_OF(&file, false, 0x494C, 0x5453, 0); /* too short for a chunk */
    file = endless(&mono, BYTES('C', 'O', 'M', 'M', 0, 0, 0, 0));
    CHECK_SAMPLES_OF(&file, false, 0x4F43, 0x4D4D, 0, 0); /* of an AIFF */
    /* Chunks after samples whose length is given are stepped over. */
    file = wav_make(&mono, TWO);
    put_chunk(&file, "LIST", false, BYTES(1, 2));
    CHECK_SAMPLES(&file, 1, -1);
}

UNIT_TEST(an_aiff_has_chunks_of_its_own)
{
    static const char *const ids[] = {"COMM", "MARK", "INST", "NAME", "AUTH", "(c) ", "ANNO",
                                      "COMT", "APPL", "MIDI", "AESD", "ID3 ", "CHAN", "FVER"};
    for (size_t i = 0; i < sizeof ids / sizeof ids[0] + 2; i++) {
        struct base_text file = aiff_make(1, 16, 8000, NULL, BYTES(7, 0, 1, 255, 255, 0));
        uint8_t *head = (uint8_t *)file.data + 42;
        base_store_le32(head, UINT32_MAX);
        if (i == sizeof ids / sizeof ids[0]) {
            put_chunk(&file, "LIST", true, BYTES(1, 2)); /* of a WAV */
            CHECK_SAMPLES_OF(&file, false, 0x0700, 0x01FF, -256, 0x4C49, 0x5354, 0, 2, 0x0102);
            continue;
        }
        if (i > sizeof ids / sizeof ids[0]) {
            /* Places are counted from the first sample, so they may be odd. */
            head[7] = 1;
            put_chunk(&file, "ANNO", true, BYTES(1, 2));
            base_text_add(&file, BYTES(0));
            CHECK_SAMPLES_OF(&file, false, 1, -1, 0x0041, 0x4E4E, 0x4F00, 0, 0x0201, 0x0200);
            continue;
        }
        put_chunk(&file, ids[i], true, BYTES(1, 2, 3));
        check_fault(&file, DIAG_SOUND_INVALID, 60, AIFF_TEXT, (unsigned)i);
    }
}

UNIT_TEST(a_chain_has_a_limited_number_of_chunks)
{
    enum { MOST = 4096 };
    for (unsigned more = 0; more < 2; more++) {
        struct base_text file = endless(&mono, TWO);
        put_chunk(&file, "LIST", false, (struct base_bytes){.data = NULL});
        for (unsigned i = 1; i < MOST + more; i++) {
            put_chunk(&file, "what", false, (struct base_bytes){.data = NULL});
        }
        struct heard heard = hear(base_text_bytes(&file));
        CHECK_U64(heard.fault.diagnostic, more == 0 ? DIAG_SOUND_INVALID : 0);
        /* A chain that begins later, with fewer chunks, is found although an earlier one has too many. */
        memcpy(file.data + 48 + 8 * (uint64_t)10, "JUNK", 4);
        heard = hear(base_text_bytes(&file));
        CHECK_U64(heard.fault.diagnostic, DIAG_SOUND_INVALID);
        CHECK_U64(heard.fault.at, more == 0 ? 48 : 48 + 80);
        base_text_free(&file);
    }
}

UNIT_TEST(a_limited_number_of_places_is_looked_at)
{
    enum { MOST = 4096 };
    for (unsigned more = 0; more < 2; more++) {
        struct base_text file = endless(&mono, (struct base_bytes){.data = NULL});
        for (unsigned i = 1; i < MOST + more; i++) {
            base_text_add_string(&file, "LIST"); /* a chunk that passes the end */
        }
        base_text_add(&file, BYTES(255, 255, 255, 255));
        put_chunk(&file, "smpl", false, BYTES(1, 2));
        struct heard heard = hear(base_text_bytes(&file));
        CHECK_U64(heard.fault.diagnostic, more == 0 ? DIAG_SOUND_INVALID : 0);
        base_text_free(&file);
    }
}

/* Chains cross each other in all ways; the plain search says which place is the first. */
UNIT_TEST(many_chains_are_followed_together)
{
    static const char *const ids[] = {"LIST", "smpl", "what", "fact"};
    uint32_t state = 1;
    for (unsigned round = 0; round < 100; round++) {
        struct base_text file = endless(&mono, TWO);
        unsigned count = 2 + round % 40;
        uint64_t expected = 0;
        for (unsigned i = 0; i < count; i++) {
            state = state * 1664525 + 1013904223;
            base_text_add_string(&file, ids[state >> 28 & 3]);
            put_le(&file, (uint64_t)(state >> 16 & 7) * 4, 4);
        }
        for (unsigned i = 0; i < count && expected == 0; i++) {
            uint64_t at = 48 + 8 * (uint64_t)i;
            bool known = memcmp(file.data + at, "what", 4) != 0;
            while (known && at + 8 <= file.size) {
                uint32_t size = base_load_le32((uint8_t *)file.data + at + 4);
                bool is_chunk = at % 8 == 0; /* at 4 more there is a number, which is not a name */
                at = is_chunk && size <= file.size - at - 8 ? at + 8 + size : UINT64_MAX / 2;
            }
            expected = at == file.size ? 48 + 8 * (uint64_t)i : 0;
        }
        struct heard heard = hear(base_text_bytes(&file));
        CHECK_U64(heard.fault.diagnostic, expected != 0 ? DIAG_SOUND_INVALID : 0);
        CHECK_U64(heard.fault.at, expected);
        base_text_free(&file);
    }
}
