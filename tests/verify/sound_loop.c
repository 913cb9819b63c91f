/* Which loop a sound has. */
#include "verify/sound/sound.h"

#include "tests/lib/flac.h"
#include "tests/lib/unit.h"
#include "tests/verify/sound_made.h"

#include <stdlib.h>
#include <string.h>

/* The loop of a file, of which nothing has been read; the end is 0 when there is none. Frees the file. */
static struct verify_sound_loop loop_of(struct base_text *text)
{
    static struct verify_sound sound;
    struct verify_sound_loop loop = {.end = 0};
    struct base_file file;
    unit_write_file("sound", text->data, text->size);
    REQUIRE(base_file_open(&file, unit_path("sound")) == 0);
    REQUIRE(verify_sound_open(&sound, &file, NULL));
    if (!verify_sound_read_loop(&sound, &loop)) {
        CHECK_U64(sound.fault.diagnostic, DIAG_SOUND_LOOP);
        loop = (struct verify_sound_loop){.end = 0};
    }
    verify_sound_close(&sound);
    base_file_close(&file);
    base_text_free(text);
    return loop;
}

static void check_loop(struct base_text *file, uint64_t start, uint64_t end, unsigned line)
{
    struct verify_sound_loop loop = loop_of(file);
    (void)unit_check_u64(loop.start, start, "start", __FILE__, line);
    (void)unit_check_u64(loop.end, end, "end", __FILE__, line);
}
#define CHECK_LOOP(file, start, end) check_loop(file, start, end, __LINE__)
#define CHECK_NO_LOOP(file) check_loop(file, 0, 0, __LINE__)

static const uint8_t samples[200]; /* 100 frames */

static struct base_text wav(void)
{
    return wav_make(&(const struct wav_form){.channels = 1, .rate = 8000, .bits = 16},
                    base_bytes_make(samples, sizeof samples));
}

/* ---- smpl ---- */

struct sampler_loop {
    uint32_t type, first, last;
};

static struct base_text smpl_of(uint32_t announced, const struct sampler_loop *loops, size_t count, bool big_endian)
{
    struct base_text smpl = BASE_TEXT_EMPTY;
    void (*put)(struct base_text *, uint64_t, unsigned) = big_endian ? put_be : put_le;
    put(&smpl, 0, 28);
    put(&smpl, announced, 4);
    put(&smpl, 0, 4);
    for (size_t i = 0; i < count; i++) {
        put(&smpl, 77, 4);
        put(&smpl, loops[i].type, 4);
        put(&smpl, loops[i].first, 4);
        put(&smpl, loops[i].last, 4);
        put(&smpl, 0, 8);
    }
    return smpl;
}

static struct base_text wav_with(uint32_t announced, const struct sampler_loop *loops, size_t count, size_t cut)
{
    struct base_text file = wav();
    struct base_text smpl = smpl_of(announced, loops, count, false);
    put_chunk(&file, "smpl", false, base_bytes_make(smpl.data, smpl.size - cut));
    base_text_free(&smpl);
    return file;
}

UNIT_TEST(the_first_forward_loop_of_smpl_counts)
{
    static const struct sampler_loop three[] = {{1, 1, 2}, {0, 10, 19}, {0, 30, 39}};
    struct base_text file = wav_with(3, three, 3, 0);
    CHECK_LOOP(&file, 10, 20);
    file = wav_with(2, three, 3, 0);
    CHECK_LOOP(&file, 10, 20);
    file = wav_with(1, three, 3, 0);
    CHECK_NO_LOOP(&file);
    file = wav_with(UINT32_MAX, three, 3, 0);
    CHECK_LOOP(&file, 10, 20);
    file = wav_with(0, three, 3, 0);
    CHECK_NO_LOOP(&file);
    file = wav_with(3, three, 3, 24); /* the third one is cut off */
    CHECK_LOOP(&file, 10, 20);
    file = wav_with(3, three, 2, 1);
    CHECK_NO_LOOP(&file);
    file = wav_with(1, three, 0, 1);
    CHECK_NO_LOOP(&file);
    file = wav();
    CHECK_NO_LOOP(&file);
}

UNIT_TEST(a_loop_has_to_lie_inside_the_sound)
{
    static const struct sampler_loop whole = {0, 0, 99};
    static const struct sampler_loop last = {0, 99, 99};
    static const struct sampler_loop after = {0, 0, 100};
    static const struct sampler_loop backwards = {0, 20, 19};
    static const struct sampler_loop widest = {0, 0, UINT32_MAX};
    struct base_text file = wav_with(1, &whole, 1, 0);
    CHECK_LOOP(&file, 0, 100);
    file = wav_with(1, &last, 1, 0);
    CHECK_LOOP(&file, 99, 100);
    file = wav_with(1, &after, 1, 0);
    CHECK_NO_LOOP(&file);
    file = wav_with(1, &backwards, 1, 0);
    CHECK_NO_LOOP(&file);
    file = wav_with(1, &widest, 1, 0);
    CHECK_NO_LOOP(&file);
}

UNIT_TEST(smpl_may_come_before_the_samples_and_be_big_endian)
{
    static const struct sampler_loop one = {0, 10, 19};
    struct base_text file = BASE_TEXT_EMPTY;
    struct base_text fmt = BASE_TEXT_EMPTY;
    struct base_text smpl = smpl_of(1, &one, 1, true);
    put_riff(&file, "RIFX", "WAVE");
    put_chunk(&file, "smpl", true, base_text_bytes(&smpl));
    put_fmt(&fmt, true, &(const struct wav_form){.channels = 1, .rate = 8000, .bits = 16});
    put_chunk(&file, "fmt ", true, base_text_bytes(&fmt));
    put_chunk(&file, "data", true, base_bytes_make(samples, sizeof samples));
    put_chunk(&file, "smpl", true, base_bytes_make(samples, 60)); /* the first one counts */
    CHECK_LOOP(&file, 10, 20);
    base_text_free(&smpl);
    base_text_free(&fmt);
}

/* ---- INST and MARK ---- */

struct marker {
    uint16_t id;
    uint32_t position;
    const char *name;
};

static void put_marks(struct base_text *file, uint16_t announced, const struct marker *markers, size_t count)
{
    struct base_text mark = BASE_TEXT_EMPTY;
    put_be(&mark, announced, 2);
    for (size_t i = 0; i < count; i++) {
        size_t size = strlen(markers[i].name);
        put_be(&mark, markers[i].id, 2);
        put_be(&mark, markers[i].position, 4);
        put_be(&mark, size, 1);
        base_text_add_string(&mark, markers[i].name);
        if (size % 2 == 0) {
            put_be(&mark, 0, 1);
        }
    }
    put_chunk(file, "MARK", true, base_text_bytes(&mark));
    base_text_free(&mark);
}

static void put_inst(struct base_text *file, uint16_t mode, uint16_t begin, uint16_t end, size_t size)
{
    struct base_text inst = BASE_TEXT_EMPTY;
    put_be(&inst, 0, 8);
    put_be(&inst, mode, 2);
    put_be(&inst, begin, 2);
    put_be(&inst, end, 2);
    put_be(&inst, 1, 2); /* the release loop does not count */
    put_be(&inst, 0, 4);
    put_chunk(file, "INST", true, base_bytes_make(inst.data, size));
    base_text_free(&inst);
}

static struct base_text aiff_with(uint16_t announced, uint16_t mode, uint16_t begin, uint16_t end)
{
    static const struct marker markers[] = {
        {1, 10, "begin"}, {2, 20, ""}, {7, 30, "four"}, {1, 40, "again"}, {9, 101, "after the end"}};
    struct base_text file = aiff_make(1, 16, 8000, NULL, base_bytes_make(samples, sizeof samples));
    put_inst(&file, mode, begin, end, 20);
    put_marks(&file, announced, markers, 5);
    return file;
}

UNIT_TEST(the_sustain_loop_of_inst_lies_between_two_markers)
{
    struct base_text file = aiff_with(5, 1, 1, 2);
    CHECK_LOOP(&file, 10, 20);
    file = aiff_with(5, 1, 2, 7);
    CHECK_LOOP(&file, 20, 30);
    file = aiff_with(5, 0, 1, 2); /* no loop */
    CHECK_NO_LOOP(&file);
    file = aiff_with(5, 2, 1, 2); /* forward and backward */
    CHECK_NO_LOOP(&file);
    file = aiff_with(5, 1, 1, 3); /* no such marker */
    CHECK_NO_LOOP(&file);
    file = aiff_with(1, 1, 1, 2); /* not announced */
    CHECK_NO_LOOP(&file);
    file = aiff_with(5, 1, 2, 1);
    CHECK_NO_LOOP(&file);
    file = aiff_with(5, 1, 1, 9); /* after the last frame */
    CHECK_NO_LOOP(&file);
    file = aiff_with(65535, 1, 1, 77);
    CHECK_NO_LOOP(&file);
}

UNIT_TEST(inst_without_markers_is_no_loop)
{
    struct base_text file = aiff_make(1, 16, 8000, NULL, base_bytes_make(samples, sizeof samples));
    put_inst(&file, 1, 1, 2, 20);
    CHECK_NO_LOOP(&file);
    static const struct marker markers[] = {{1, 10, "a"}, {2, 20, "b"}};
    file = aiff_make(1, 16, 8000, "sowt", base_bytes_make(samples, sizeof samples));
    put_marks(&file, 2, markers, 2);
    put_inst(&file, 1, 1, 2, 20);
    CHECK_LOOP(&file, 10, 20);
    file = aiff_make(1, 16, 8000, NULL, base_bytes_make(samples, sizeof samples));
    put_marks(&file, 2, markers, 2);
    put_inst(&file, 1, 1, 2, 14); /* too short */
    CHECK_NO_LOOP(&file);
}

/* ---- VORBIS_COMMENT ---- */

/* A FLAC with this comment before its blocks. */
static struct base_text flac_with(struct base_bytes comment)
{
    enum { STREAMINFO_END = 42 };
    struct base_text file = BASE_TEXT_EMPTY;
    struct flac flac = flac_of_three_blocks();
    uint8_t *data;
    size_t size = flac_make(&flac, &data);
    data[4] = 0; /* STREAMINFO is not the last metadata */
    base_text_add(&file, base_bytes_make(data, STREAMINFO_END));
    put_be(&file, 0x84, 1);
    put_be(&file, comment.size, 3);
    base_text_add(&file, comment);
    base_text_add(&file, base_bytes_make(data + STREAMINFO_END, size - STREAMINFO_END));
    free(data);
    return file;
}

static struct base_text comment_of(uint32_t announced, const char *const fields[])
{
    struct base_text comment = BASE_TEXT_EMPTY;
    put_le(&comment, 6, 4);
    base_text_add_string(&comment, "vendor");
    put_le(&comment, announced, 4);
    for (size_t i = 0; fields[i] != NULL; i++) {
        put_le(&comment, strlen(fields[i]), 4);
        base_text_add_string(&comment, fields[i]);
    }
    return comment;
}

static void check_fields(const char *const fields[], uint32_t announced, size_t cut, uint64_t start, uint64_t end,
                         unsigned line)
{
    struct base_text comment = comment_of(announced, fields);
    struct base_text file = flac_with(base_bytes_make(comment.data, comment.size - cut));
    check_loop(&file, start, end, line);
    base_text_free(&comment);
}
#define FIELDS(...) ((const char *const[]){__VA_ARGS__, NULL})
#define CHECK_FIELDS(start, end, ...) check_fields(FIELDS(__VA_ARGS__), 9, 0, start, end, __LINE__)

UNIT_TEST(the_loop_of_a_flac_is_in_two_fields)
{
    CHECK_FIELDS(5, 15, "LOOPSTART=5", "LOOPLENGTH=10");
    CHECK_FIELDS(5, 15, "TITLE=a song", "looplength=10", "LoopStart=5", "ARTIST=");
    CHECK_FIELDS(0, 37, "LOOPSTART=000000000000000", "LOOPLENGTH=37");
    CHECK_FIELDS(5, 15, "LOOPSTART=5", "LOOPLENGTH=10", "LOOPSTART=6", "LOOPLENGTH=7"); /* the first ones count */
    CHECK_FIELDS(0, 0, "LOOPSTART=x", "LOOPLENGTH=10", "LOOPSTART=6");
    CHECK_FIELDS(0, 0, "LOOPSTART=5");
    CHECK_FIELDS(0, 0, "LOOPLENGTH=5");
    CHECK_FIELDS(0, 0, "LOOPSTART=5", "LOOPLENGTH=33"); /* after the last frame */
    CHECK_FIELDS(0, 0, "LOOPSTART=5", "LOOPLENGTH=0");
    CHECK_FIELDS(0, 0, "LOOPSTART=0000000000000005", "LOOPLENGTH=10"); /* 16 digits */
    CHECK_FIELDS(0, 0, "LOOPSTART=", "LOOPLENGTH=10");
    CHECK_FIELDS(0, 0, "LOOPSTART=-5", "LOOPLENGTH=10");
    CHECK_FIELDS(0, 0, "LOOPSTART = 5", "LOOPLENGTH=10");
    CHECK_FIELDS(0, 0, "LOOPSTART", "LOOPLENGTH=10");
}

UNIT_TEST(fields_that_are_not_whole_do_not_count)
{
    check_fields(FIELDS("LOOPSTART=5", "LOOPLENGTH=10"), 2, 0, 5, 15, __LINE__);
    check_fields(FIELDS("LOOPSTART=5", "LOOPLENGTH=10"), 1, 0, 0, 0, __LINE__);
    check_fields(FIELDS("LOOPSTART=5", "LOOPLENGTH=10"), UINT32_MAX, 0, 5, 15, __LINE__);
    for (size_t cut = 1; cut < 40; cut++) {
        check_fields(FIELDS("LOOPSTART=5", "LOOPLENGTH=10"), 2, cut, 0, 0, __LINE__);
    }
    struct base_text comment = BASE_TEXT_EMPTY;
    put_le(&comment, 7, 4); /* longer than what is there */
    put_le(&comment, 0, 4);
    struct base_text file = flac_with(base_text_bytes(&comment));
    CHECK_NO_LOOP(&file);
    base_text_free(&comment);
}
