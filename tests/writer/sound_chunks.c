/* Where the samples of WAV, RF64, Wave64 and AIFF are, what they are, and which loop they have: files made chunk by
 * chunk. docs/contracts/workspace.md, 3.2.3. */
#include "tests/writer/made_sound.h"

/* ---- WAV ---- */

UNIT_TEST(a_wav_of_known_length_ends_there)
{
    CHECK_SAMPLES(WAV_WITH(4, "AABB"), "AABB", true);
    CHECK_SAMPLES(WAV_WITH(4, "AABBmore that is no chunk"), "AABB", true);
    CHECK_SAMPLES(WAV_WITH(4, "AABBLIST\xFF\0\0\0"), "AABB", true);
    CHECK_REFUSED(WAV_WITH(6, "AABB"), DIAG_SOUND_INVALID, 40,
                  "the file is cut off: fewer bytes of samples than it announces");
    CHECK_REFUSED(WAV_WITH(0x7EFEFFFF, "AABB"), DIAG_SOUND_INVALID, 40, NULL);
    CHECK_REFUSED(WAV_WITH(0x80000001, "AABB"), DIAG_SOUND_INVALID, 40, NULL);
    CHECK_REFUSED(WAV_WITH(0xFFFEFFFF, "AABB"), DIAG_SOUND_INVALID, 40, NULL);
}

UNIT_TEST(a_wav_of_unknown_length_ends_with_the_file)
{
    static const uint32_t numbers[] = {0, 0x7EFF0000, 0x7FFFF000, 0x7FFFFFFF, 0x80000000, 0xFFFF0000, 0xFFFFFFFF};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        CHECK_SAMPLES(WAV_WITH(numbers[i], "AABBCC"), "AABBCC", false);
        CHECK_REFUSED(WAV_WITH(numbers[i], "AABBC"), DIAG_SOUND_INVALID, 48,
                      "1 byte is left after 2 frames of 2 bytes");
    }
    CHECK_REFUSED(WAV_WITH(0, ""), DIAG_SOUND_INVALID, 44, "the sound has no samples");
    CHECK_REFUSED(WAV_WITH(0xFFFFFFFF, ""), DIAG_SOUND_INVALID, 44, "the sound has no samples");
}

/* A size of 0 is the truth when chunks follow up to the end of the file. */
UNIT_TEST(an_empty_wav_with_more_chunks_is_empty)
{
    CHECK_REFUSED(WAV_WITH(0, "LIST\2\0\0\0ab"), DIAG_SOUND_INVALID, 44, "the sound has no samples");
    CHECK_REFUSED(WAV_WITH(0, "LIST\1\0\0\0a"), DIAG_SOUND_INVALID, 44, "the sound has no samples");
    CHECK_SAMPLES(WAV_WITH(0, "LIST\2\0\0\0abcd"), "LIST\2\0\0\0abcd", false);
    CHECK_SAMPLES(WAV_WITH(0, "LIST\6\0\0\0ab"), "LIST\6\0\0\0ab", false);
}

UNIT_TEST(what_is_wrong_with_a_chunk_is_said)
{
    struct made made = BEGIN("RIFF\0\0\0\0WAVE", false);
    CHUNK(&made, "data", "AABB");
    CHECK_REFUSED(made, DIAG_SOUND_INVALID, 12,
                  "the chunk \"data\" comes before \"fmt \", which says what its samples are");
    made = wav_of(1, 16);
    PUT(&made, "LIST\5\0\0\0abcde\0\0\0data\2\0\0\0AA");
    CHECK_REFUSED(made, DIAG_SOUND_INVALID, 50,
                  "no chunk begins where \"LIST\", at byte 36, ends: \"data\" begins 2 bytes later");
    made = wav_of(1, 16);
    PUT(&made, "LIST\5\0\0\0abcdedata\2\0\0\0AA");
    CHECK_REFUSED(made, DIAG_SOUND_INVALID, 50, NULL); /* "ata" and a size: a chunk that passes the end, or none */
    made = wav_of(1, 16);
    PUT(&made, "LIST\4\0\0\0abcd\0\0\0\0\0\0\0\0");
    CHECK_REFUSED(made, DIAG_SOUND_INVALID, 48, "no chunk begins where \"LIST\", at byte 36, ends");
    made = BEGIN("RIFF\0\0\0\0WAVE\1\2\3\4\5\6\7\x8", false);
    CHECK_REFUSED(made, DIAG_SOUND_INVALID, 12, "no chunk begins after the file's head");
    made = BEGIN("RIFF\0\0\0\0WAVE", false);
    CHUNK(&made, "fmt ", "too short");
    CHUNK(&made, "data", "AABB");
    CHECK_REFUSED(made, DIAG_SOUND_INVALID, 16, "the chunk \"fmt \" is too short");
    made = wav_of(1, 16);
    made.text.data[32] = 3;
    CHUNK(&made, "data", "AABB");
    CHECK_REFUSED(made, DIAG_SOUND_INVALID, 32,
                  "\"fmt \" has a wrong number of bytes per frame for 1 channel of 16 bits");
}

UNIT_TEST(depths_of_a_wav_are_1_to_32)
{
    struct made made = wav_of(1, 12);
    CHUNK(&made, "data", "AABB");
    CHECK_SAMPLES(made, "AABB", true);
    made = wav_of(1, 8);
    CHUNK(&made, "data", "\x80\xC1");
    CHECK_SAMPLES(made, "\0\0\0A", true);
    made = wav_of(1, 20);
    CHUNK(&made, "data", "\0AA");
    CHECK_SAMPLES(made, "AA", true);
    made = wav_of(1, 20);
    CHUNK(&made, "data", "\x10ZZ");
    CHECK_REFUSED(made, DIAG_SOUND_FORMAT, 44, "16 bits do not hold the sample of 20 bits in frame 0, channel 0");
    made = wav_of(1, 32);
    CHUNK(&made, "data", "\0\0AA");
    CHECK_SAMPLES(made, "AA", true);
    made = wav_of(1, 64);
    CHUNK(&made, "data", "AABBAABB");
    CHECK_REFUSED(made, DIAG_SOUND_FORMAT, 34, "the number of bits per sample is out of range");
    made = wav_of(1, 0);
    CHUNK(&made, "data", "AABB");
    CHECK_REFUSED(made, DIAG_SOUND_FORMAT, 34, "the number of bits per sample is out of range");
}

UNIT_TEST(a_wav_of_no_channels_or_no_rate_is_refused)
{
    struct made made = wav_of(0, 16);
    CHUNK(&made, "data", "AABB");
    CHECK_REFUSED(made, DIAG_SOUND_FORMAT, 22, "the number of channels is out of range");
    made = wav_of(1, 16);
    memset(made.text.data + 24, 0, 4);
    CHUNK(&made, "data", "AABB");
    CHECK_REFUSED(made, DIAG_SOUND_FORMAT, 24, "the sample rate is out of range");
}

/* ---- RF64, BW64, Wave64 ---- */

UNIT_TEST(rf64_has_its_length_in_ds64)
{
    struct made made = rf64_of("RF64\xFF\xFF\xFF\xFFWAVE", 4, UINT32_MAX);
    PUT(&made, "AABBCC");
    CHECK_SAMPLES(made, "AABB", true);
    made = rf64_of("BW64\xFF\xFF\xFF\xFFWAVE", 4, UINT32_MAX);
    PUT(&made, "AABBCC");
    CHECK_SAMPLES(made, "AABB", true);
    made = rf64_of("RF64\xFF\xFF\xFF\xFFWAVE", 4, 2);
    PUT(&made, "AABBCC");
    CHECK_SAMPLES(made, "AA", true);
    made = rf64_of("RF64\xFF\xFF\xFF\xFFWAVE", 0, UINT32_MAX);
    PUT(&made, "AABBCC");
    CHECK_SAMPLES(made, "AABBCC", false);
    made = rf64_of("RF64\xFF\xFF\xFF\xFFWAVE", UINT64_MAX, UINT32_MAX);
    PUT(&made, "AABBCC");
    CHECK_SAMPLES(made, "AABBCC", false);
    made = rf64_of("RF64\xFF\xFF\xFF\xFFWAVE", 8, UINT32_MAX);
    PUT(&made, "AABBCC");
    CHECK_REFUSED(made, DIAG_SOUND_INVALID, 76, "the file is cut off: fewer bytes of samples than it announces");
    made = BEGIN("RF64\xFF\xFF\xFF\xFFWAVE", false);
    put_format(&made, 1, 16);
    CHUNK(&made, "data", "AABB");
    CHECK_REFUSED(made, DIAG_SOUND_INVALID, 12, "the first chunk does not have the lengths of an RF64");
}

UNIT_TEST(wave64_is_padded_to_8)
{
    struct made made = wave64_of(24 + 4);
    PUT(&made, "AABB");
    CHECK_SAMPLES(made, "AABB", true);
    made = wave64_of(24 + 4);
    PUT(&made, "AABBCCDD");
    CHECK_SAMPLES(made, "AABB", true);
    made = wave64_of(24);
    PUT(&made, "AABB");
    CHECK_SAMPLES(made, "AABB", false);
    made = wave64_of(0);
    PUT(&made, "AABB");
    CHECK_SAMPLES(made, "AABB", false);
    made = wave64_of(INT64_MAX);
    PUT(&made, "AABB");
    CHECK_SAMPLES(made, "AABB", false);
    made = wave64_of(24 + 6);
    PUT(&made, "AABB");
    CHECK_REFUSED(made, DIAG_SOUND_INVALID, 128, "the file is cut off: fewer bytes of samples than it announces");
    made = wave64_of(23);
    PUT(&made, "AABB");
    CHECK_REFUSED(made, DIAG_SOUND_INVALID, 112, NULL);
}

/* ---- AIFF ---- */

static struct made aiff_c_of(const char *coding, unsigned bits, const char *samples, size_t size)
{
    struct made made = BEGIN("FORM\0\0\0\0AIFC", true);
    put_common(&made, (unsigned)size / ((bits + 7) / 8), bits, coding);
    PUT(&made, "SSND");
    put(&made, 8 + size, 4);
    put(&made, 0, 8);
    put_bytes(&made, samples, size);
    return made;
}

#define AIFF_C(coding, bits, samples) aiff_c_of((coding), (bits), (samples), sizeof(samples) - 1)

UNIT_TEST(codings_of_aiff_c_are_read)
{
    CHECK_SAMPLES(AIFF_C("NONE", 16, "ABCD"), "BADC", true);
    CHECK_SAMPLES(AIFF_C("twos", 16, "ABCD"), "BADC", true);
    CHECK_SAMPLES(AIFF_C("sowt", 16, "ABCD"), "ABCD", true);
    CHECK_SAMPLES(AIFF_C("twos", 8, "AB"), "\0A\0B", true);
    CHECK_SAMPLES(AIFF_C("raw ", 8, "\x80\xC1"), "\0\0\0A", true);
    CHECK_SAMPLES(AIFF_C("in24", 24, "AB\0"), "BA", true);
    CHECK_SAMPLES(AIFF_C("42ni", 24, "\0AB"), "AB", true);
    CHECK_SAMPLES(AIFF_C("42n1", 24, "\0AB"), "AB", true);
    CHECK_SAMPLES(AIFF_C("in32", 32, "AB\0\0"), "BA", true);
    CHECK_SAMPLES(AIFF_C("23ni", 32, "\0\0AB"), "AB", true);
    CHECK_REFUSED(AIFF_C("fl32", 32, "ABCD"), DIAG_SOUND_FORMAT, 38, "the samples are floating-point numbers");
    CHECK_REFUSED(AIFF_C("ulaw", 16, "ABCD"), DIAG_SOUND_LOSSY, 38, "the samples are not coded as integers");
    CHECK_REFUSED(AIFF_C("in24", 16, "ABCD"), DIAG_SOUND_INVALID, 26, NULL);
}

UNIT_TEST(an_aiff_has_as_many_frames_as_it_says)
{
    struct made made = aiff_of(3, 16);
    CHUNK(&made, "SSND", "\0\0\0\0\0\0\0\0ABCD");
    CHECK_REFUSED(made, DIAG_SOUND_INVALID, 22, "\"COMM\" has another number of frames than \"SSND\"");
    made = aiff_of(2, 16);
    CHUNK(&made, "SSND", "\0\0\0\2\0\0\0\0xxABCD");
    CHECK_SAMPLES(made, "BADC", true);
    made = aiff_of(0, 16);
    PUT(&made, "SSND\0\0\0\0\0\0\0\0\0\0\0\0ABCD");
    CHECK_SAMPLES(made, "BADC", false);
    made = aiff_of(0x3F800000, 16);
    PUT(&made, "SSND\x7F\0\0\x8\0\0\0\0\0\0\0\0ABCD");
    CHECK_SAMPLES(made, "BADC", false);
}

UNIT_TEST(the_form_of_an_aiff_may_come_after_its_samples)
{
    struct made made = BEGIN("FORM\0\0\0\0AIFF", true);
    CHUNK(&made, "SSND", "\0\0\0\0\0\0\0\0ABCD");
    put_common(&made, 2, 16, NULL);
    CHECK_SAMPLES(made, "BADC", true);
    made = BEGIN("FORM\0\0\0\0AIFF", true);
    CHUNK(&made, "SSND", "\0\0\0\0\0\0\0\0ABCD");
    CHECK_REFUSED(made, DIAG_SOUND_INVALID, 32, "the file has no chunk \"COMM\", which says what its samples are");
    made = BEGIN("FORM\0\0\0\0AIFC", true);
    PUT(&made, "SSND\0\0\0\0\0\0\0\0\0\0\0\0\0"); /* of unknown length, which is odd: the file ends without a padding */
    CHECK_REFUSED(made, DIAG_SOUND_INVALID, 29, "the file has no chunk \"COMM\", which says what its samples are");
}

/* Old machines had rates such as 22,254.5454: the fraction is cut off. */
UNIT_TEST(rates_of_an_aiff_are_cut_to_integers)
{
    static const struct {
        char rate[11];
        uint64_t expected; /* 0: refused */
    } cases[] = {
        {"\x40\x0D\xAD\xDD\x17\x45\xD1\x74\x60\x00", 22254},
        {"\x40\x0E\xBB\x80\0\0\0\0\0\0", 48000},
        {"\x40\x0E\xBB\x81\0\0\0\0\0\0", 0},
        {"\x3F\xFE\xFF\0\0\0\0\0\0\0", 0},
        {"\xC0\x0D\xAD\xDD\0\0\0\0\0\0", 0},
        {"\x7F\xFF\xFF\0\0\0\0\0\0\0", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct writer_sound_facts facts = {.sample_rate = 0};
        struct base_findings findings;
        struct base_text taken;
        struct made made = aiff_of(2, 16);
        memcpy(made.text.data + 28, cases[i].rate, 10);
        CHUNK(&made, "SSND", "\0\0\0\0\0\0\0\0ABCD");
        CHECK(read_sound(&made, &facts, &taken, &findings) == (cases[i].expected != 0));
        CHECK_U64(facts.sample_rate, cases[i].expected);
        CHECK_U64(findings.total[DIAG_SOUND_FORMAT], cases[i].expected != 0 ? 0 : 1);
        base_text_free(&taken);
        base_findings_free(&findings);
    }
}

/* ---- Tags in front ---- */

UNIT_TEST(tags_in_front_are_stepped_over)
{
    struct made made = BEGIN("ID3\3\0\0\0\0\0\3xyz", false);
    PUT(&made, "ID3\4\0\x10\0\0\0\0");
    PUT(&made, "3DI\4\0\x10\0\0\0\0");
    PUT(&made, "RIFF\0\0\0\0WAVE");
    CHUNK(&made, "odd ", "a"); /* padding counts from where the sound begins */
    put_format(&made, 1, 16);
    CHUNK(&made, "data", "AABB");
    CHECK_SAMPLES(made, "AABB", true);
    made = BEGIN("ID3\3\0\0\0\0\0\3xyz", false);
    PUT(&made, "\x89PNG\r\n\x1A\n");
    CHECK_REFUSED(made, DIAG_SOUND_INVALID, 13, "the file is a PNG picture");
    made = BEGIN("ID3\3\0\0\0\0\1\3xyz", false);
    CHECK_REFUSED(made, DIAG_SOUND_INVALID, 0, "the ID3v2 tag before the sound passes the end of the file");
    made = BEGIN("ID3\3\0\0\0\0\0\3xyz", false);
    PUT(&made, "ID3\3\0\0\0\0\0\5fLaC");
    CHECK_REFUSED(made, DIAG_SOUND_INVALID, 13, "the ID3v2 tag before the sound passes the end of the file");
    made = BEGIN("ID3\3\0\0\0\0\0\3xyz", false);
    PUT(&made, "what");
    CHECK_REFUSED(made, DIAG_SOUND_LOSSY, 13, "the file is an MP3 sound");
    made = BEGIN("", false);
    for (unsigned i = 0; i < 17; i++) {
        PUT(&made, "ID3\3\0\0\0\0\0\0");
    }
    PUT(&made, "RIFF\0\0\0\0WAVE");
    CHECK_REFUSED(made, DIAG_SOUND_LOSSY, 160, "the file is an MP3 sound");
}

/* ---- Loops ---- */

static void check_loop(struct made made, enum writer_loop_state state, uint64_t start, uint64_t end, unsigned line)
{
    struct writer_sound_facts facts = {.frames = 0};
    struct base_findings findings;
    struct base_text taken;
    bool done = read_sound(&made, &facts, &taken, &findings);
    if (!done || facts.loop.state != state ||
        (state == WRITER_LOOP_FOUND && (facts.loop.start != start || facts.loop.end != end))) {
        CU_assertImplementation(CU_FALSE, line, "loop", __FILE__, "", CU_FALSE);
    }
    base_text_free(&taken);
    base_findings_free(&findings);
}

#define CHECK_LOOP(made, state, start, end) check_loop((made), (state), (start), (end), __LINE__)

static void put_smpl(struct made *made, const unsigned loops[][3], unsigned count, unsigned announced)
{
    PUT(made, "smpl");
    put(made, 36 + 24 * count, 4);
    put(made, 0, 4 * 7);
    put(made, announced, 4);
    put(made, 0, 4);
    for (unsigned i = 0; i < count; i++) {
        put(made, 0, 4);
        put(made, loops[i][0], 4);
        put(made, loops[i][1], 4);
        put(made, loops[i][2], 4);
        put(made, 0, 8);
    }
}

UNIT_TEST(the_first_forward_loop_of_smpl_counts)
{
    static const unsigned loops[][3] = {{1, 0, 9}, {0, 1, 2}, {0, 3, 4}};
    struct made made = WAV_WITH(4, "AABB");
    CHECK_LOOP(made, WRITER_LOOP_NONE, 0, 0);
    made = WAV_WITH(4, "AABB");
    put_smpl(&made, loops, 3, 3);
    CHECK_LOOP(made, WRITER_LOOP_FOUND, 1, 3);
    made = WAV_WITH(4, "AABB");
    put_smpl(&made, loops, 3, 1);
    CHECK_LOOP(made, WRITER_LOOP_UNUSABLE, 0, 0);
    made = WAV_WITH(4, "AABB");
    put_smpl(&made, loops, 1, 9);
    CHECK_LOOP(made, WRITER_LOOP_UNUSABLE, 0, 0);
    made = WAV_WITH(4, "AABB");
    put_smpl(&made, loops, 0, 1);
    CHECK_LOOP(made, WRITER_LOOP_NONE, 0, 0);
    made = wav_of(1, 16); /* before the samples */
    put_smpl(&made, loops + 1, 1, 1);
    CHUNK(&made, "data", "AABB");
    CHECK_LOOP(made, WRITER_LOOP_FOUND, 1, 3);
    made = WAV_WITH(4, "AABBnot a chunk ");
    put_smpl(&made, loops, 3, 3);
    CHECK_LOOP(made, WRITER_LOOP_NONE, 0, 0);
}

UNIT_TEST(the_last_frame_of_smpl_may_be_the_last_number)
{
    static const unsigned loops[][3] = {{0, 0, UINT32_MAX}};
    struct made made = WAV_WITH(4, "AABB");
    put_smpl(&made, loops, 1, 1);
    CHECK_LOOP(made, WRITER_LOOP_FOUND, 0, UINT64_C(0x100000000));
}

static struct made aiff_with_loop(unsigned mode, unsigned first, unsigned second)
{
    struct made made = aiff_of(2, 16);
    PUT(&made, "INST\0\0\0\x14\0\0\0\0\0\0\0\0");
    put(&made, mode, 2);
    put(&made, first, 2);
    put(&made, second, 2);
    put(&made, 0, 6);
    CHUNK(&made, "SSND", "\0\0\0\0\0\0\0\0ABCD");
    CHUNK(&made, "MARK", "\0\3\0\7\0\0\0\1\1a\0\5\0\0\0\1\2ab\0\0\6\0\0\0\2\0\0");
    return made;
}

UNIT_TEST(the_sustain_loop_of_an_aiff_has_two_markers)
{
    CHECK_LOOP(aiff_with_loop(0, 5, 6), WRITER_LOOP_NONE, 0, 0);
    CHECK_LOOP(aiff_with_loop(1, 5, 6), WRITER_LOOP_FOUND, 1, 2);
    CHECK_LOOP(aiff_with_loop(1, 7, 6), WRITER_LOOP_FOUND, 1, 2);
    CHECK_LOOP(aiff_with_loop(2, 5, 6), WRITER_LOOP_UNUSABLE, 0, 0);
    CHECK_LOOP(aiff_with_loop(1, 5, 4), WRITER_LOOP_UNUSABLE, 0, 0);
    CHECK_LOOP(aiff_with_loop(1, 4, 6), WRITER_LOOP_UNUSABLE, 0, 0);
}
