/* What the writer takes of a FLAC: the whole chain of blocks, or nothing. */
#include "writer/sound/input.h"

#include "tests/lib/flac.h"
#include "tests/writer/kit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool take(void *context, struct base_bytes bytes)
{
    base_text_add(context, bytes);
    return true;
}

static bool decode(const struct flac *flac, struct base_text *taken, struct base_findings *findings)
{
    struct writer_reporter report = kit_report(findings);
    struct writer_sound_facts facts;
    struct base_file file;
    uint8_t *data;
    size_t size = flac_make(flac, &data);
    unit_write_file("a.flac", data, size);
    *taken = BASE_TEXT_EMPTY;
    REQUIRE(base_file_open(&file, unit_path("a.flac")) == 0);
    bool done = writer_sound_probe(&(struct writer_sound_bytes){.file = &file}, &facts, &report);
    if (done) {
        struct writer_sound_bytes bytes = {.file = &file, .memory = base_bytes_make(data, size)};
        done = writer_sound_decode(&bytes, &facts, WORKSPACE_CHANNELS_ALL, take, taken, &report);
    }
    base_file_close(&file);
    free(data);
    return done;
}

static void check_taken(const struct flac *flac, unsigned line)
{
    struct base_findings findings;
    struct base_text taken;
    bool done = decode(flac, &taken, &findings);
    bool same = done && taken.size == flac->frames * flac->channels * 2;
    for (size_t i = 0; same && i < flac->frames * flac->channels; i++) {
        uint16_t sample = (uint16_t)flac_sample(flac, i / flac->channels, (uint32_t)(i % flac->channels));
        same = base_load_le16((const uint8_t *)taken.data + 2 * i) == sample;
    }
    if (!same) {
        CU_assertImplementation(CU_FALSE, line, "taken", __FILE__, "", CU_FALSE);
    }
    base_text_free(&taken);
    base_findings_free(&findings);
}

enum { AT_STREAMINFO = -2, STREAMINFO_FRAMES_AT = 21 };

/* block: at which block the finding is, AT_STREAMINFO: at its number of frames, or -1. */
static void check_refused(const struct flac *flac, int block, const char *message, unsigned line)
{
    struct base_findings findings;
    struct base_text taken;
    size_t positions[FLAC_BLOCKS_MAX + 1];
    flac_positions(flac, positions);
    bool done = decode(flac, &taken, &findings);
    if (done || findings.count != 1) {
        CU_assertImplementation(CU_FALSE, line, "refused", __FILE__, "", CU_FALSE);
    } else {
        int64_t at = block >= 0 ? (int64_t)positions[block] : block == AT_STREAMINFO ? STREAMINFO_FRAMES_AT : -1;
        CHECK_FINDING(&findings, 0, DIAG_SOUND_INVALID, "input", at, message);
    }
    base_text_free(&taken);
    base_findings_free(&findings);
}

UNIT_TEST(whole_flacs_are_taken)
{
    for (size_t i = 0; i < FLAC_WHOLE_COUNT; i++) {
        struct flac flac = flac_whole(i);
        check_taken(&flac, (unsigned)i);
    }
}

UNIT_TEST(each_fault_is_refused_at_its_block)
{
    static const char md5[] = "the samples do not have the MD5 that the FLAC records: it is damaged";
    static const char order[] = "the blocks of the FLAC are not in order";
    static const char sizes[] = "a block of the FLAC has another size than the sound";
    static const char ends[] = "block 1 of the FLAC is damaged, or the file ends in it";
    static const struct {
        int block;
        const char *message;
    } faults[FLAC_FAULT_COUNT] = {
        [FLAC_FAULT_MD5] = {-1, md5},
        [FLAC_FAULT_MD5_OF_24_BITS] = {-1, md5},
        [FLAC_FAULT_BLOCKS_EXCHANGED] = {0, order},
        [FLAC_FAULT_BLOCK_TWICE] = {1, order},
        [FLAC_FAULT_BLOCK_LEFT_OUT] = {1, order},
        [FLAC_FAULT_SAMPLES_LEFT_OUT] = {1, order},
        [FLAC_FAULT_END_IN_FIRST_BLOCK] = {AT_STREAMINFO, "STREAMINFO says 10 frames; the blocks have 37"},
        [FLAC_FAULT_END_BEFORE_LAST_BLOCK] = {AT_STREAMINFO, "STREAMINFO says 32 frames; the blocks have 37"},
        [FLAC_FAULT_END_IN_LAST_BLOCK] = {AT_STREAMINFO, "STREAMINFO says 36 frames; the blocks have 37"},
        [FLAC_FAULT_END_AFTER_LAST_BLOCK] = {AT_STREAMINFO, "STREAMINFO says 38 frames; the blocks have 37"},
        [FLAC_FAULT_NO_LAST_BLOCK] = {AT_STREAMINFO, "STREAMINFO says 37 frames; the blocks have 32"},
        [FLAC_FAULT_NO_BLOCK] = {0, "the metadata of the FLAC is not followed by a block of samples"},
        [FLAC_FAULT_TAG_AS_LAST_BLOCK] = {1, ends},
        [FLAC_FAULT_SMALLER_SMALLEST_BLOCK] = {0, sizes},
        [FLAC_FAULT_LARGER_BLOCKS] = {0, sizes},
    };
    for (enum flac_fault fault = 0; fault < FLAC_FAULT_COUNT; fault++) {
        struct flac flac = flac_faulty(fault);
        check_refused(&flac, faults[fault].block, faults[fault].message, (unsigned)fault);
    }
}

/* Writes 0 where STREAMINFO says how many frames there are. */
static void forget_length(uint8_t *data)
{
    data[21] &= 0xF0;
    memset(data + 22, 0, 4);
}

static bool decode_without_length(const struct flac *flac, size_t cut, struct base_text *taken,
                                  struct writer_sound_facts *facts, struct base_findings *findings)
{
    struct writer_reporter report = kit_report(findings);
    struct base_file file;
    uint8_t *data;
    size_t size = flac_make(flac, &data) - cut;
    forget_length(data);
    unit_write_file("a.flac", data, size);
    free(data);
    *taken = BASE_TEXT_EMPTY;
    REQUIRE(base_file_open(&file, unit_path("a.flac")) == 0);
    struct writer_sound_bytes bytes = {.file = &file};
    bool done = writer_sound_probe(&bytes, facts, &report) &&
                writer_sound_decode(&bytes, facts, WORKSPACE_CHANNELS_ALL, take, taken, &report);
    base_file_close(&file);
    return done;
}

UNIT_TEST(a_flac_of_unknown_length_goes_up_to_the_end_of_the_file)
{
    for (size_t i = 0; i < FLAC_WHOLE_COUNT; i++) {
        struct flac flac = flac_whole(i);
        struct writer_sound_facts facts;
        struct base_findings findings;
        struct base_text taken;
        CHECK(decode_without_length(&flac, 0, &taken, &facts, &findings));
        CHECK(!facts.length_given);
        CHECK_U64(facts.frames, flac.frames);
        CHECK_U64(taken.size, flac.frames * flac.channels * 2);
        CHECK_U64(findings.count, 0);
        base_text_free(&taken);
        base_findings_free(&findings);
    }
}

UNIT_TEST(a_flac_of_unknown_length_is_refused_when_it_ends_in_a_block)
{
    struct flac flac = flac_of_three_blocks();
    size_t positions[FLAC_BLOCKS_MAX + 1];
    flac_positions(&flac, positions);
    size_t last = positions[3] - positions[2];
    for (size_t cut = 1; cut < last; cut++) {
        struct writer_sound_facts facts;
        struct base_findings findings;
        struct base_text taken;
        CHECK(!decode_without_length(&flac, cut, &taken, &facts, &findings));
        CHECK_U64(findings.count, 1);
        CHECK_U64(findings.total[DIAG_SOUND_INVALID], 1);
        base_text_free(&taken);
        base_findings_free(&findings);
    }
}

/* Bytes between two blocks. Zeros look like a part of the block before them, as far as its checksum goes. */
static void check_between(struct base_bytes bytes, bool forget, size_t block, size_t offset, const char *message)
{
    struct flac flac = flac_of_three_blocks();
    struct base_findings findings;
    struct writer_reporter report = kit_report(&findings);
    struct writer_sound_facts facts;
    struct base_file file;
    struct base_text taken = BASE_TEXT_EMPTY;
    struct base_text text = BASE_TEXT_EMPTY;
    size_t positions[FLAC_BLOCKS_MAX + 1];
    uint8_t *data;
    size_t size = flac_make(&flac, &data);
    flac_positions(&flac, positions);
    if (forget) {
        forget_length(data);
    }
    base_text_add(&text, base_bytes_make(data, positions[2]));
    base_text_add(&text, bytes);
    base_text_add(&text, base_bytes_make(data + positions[2], size - positions[2]));
    unit_write_file("a.flac", text.data, text.size);
    free(data);
    base_text_free(&text);
    REQUIRE(base_file_open(&file, unit_path("a.flac")) == 0);
    struct writer_sound_bytes sound = {.file = &file};
    CHECK(!writer_sound_probe(&sound, &facts, &report) ||
          !writer_sound_decode(&sound, &facts, WORKSPACE_CHANNELS_ALL, take, &taken, &report));
    base_file_close(&file);
    CHECK_U64(findings.count, 1);
    CHECK_FINDING(&findings, 0, DIAG_SOUND_INVALID, "input", (int64_t)(positions[block] + offset), message);
    base_text_free(&taken);
    base_findings_free(&findings);
}

UNIT_TEST(bytes_between_two_blocks_are_named)
{
    static const char zeros[40];
    struct flac flac = flac_of_three_blocks();
    size_t positions[FLAC_BLOCKS_MAX + 1];
    char message[160];
    flac_positions(&flac, positions);
    for (size_t size = 1; size <= sizeof zeros; size += 13) {
        for (unsigned forget = 0; forget < 2; forget++) {
            check_between(base_bytes_make(zeros, size), forget != 0, 2, 0,
                          "after block 1 of the FLAC comes something that is not a block");
        }
    }
    (void)snprintf(message, sizeof message,
                   "another block of the FLAC begins here, and other bytes come before it: block 1, at byte %zu, is "
                   "damaged, or something was put after it",
                   positions[1]);
    check_between(base_bytes_of_string("junk"), false, 2, 4, message);
    check_between(base_bytes_of_string("junk"), true, 2, 4, message);
}

/* A block that is smaller than the others is the last one, where blocks are numbered by block. */
UNIT_TEST(a_flac_of_unknown_length_has_blocks_of_one_size)
{
    struct flac flac = flac_of_three_blocks();
    struct writer_sound_facts facts;
    struct base_findings findings;
    struct base_text taken;
    flac.blocks[1].frames = 8;
    size_t positions[FLAC_BLOCKS_MAX + 1];
    flac_positions(&flac, positions);
    CHECK(!decode_without_length(&flac, 0, &taken, &facts, &findings));
    CHECK_U64(findings.count, 1);
    CHECK_FINDING(&findings, 0, DIAG_SOUND_INVALID, "input", (int64_t)positions[2],
                  "a block of the FLAC has another size than the sound");
    base_text_free(&taken);
    base_findings_free(&findings);
}

/* ---- Loops ---- */

/* Inserts a VORBIS_COMMENT after STREAMINFO: fields, each of which ends with a newline. */
static size_t insert_comment(uint8_t **data, size_t size, const char *fields)
{
    enum { AFTER_STREAMINFO = 4 + 4 + 34 };
    uint8_t comment[512] = {0x84, 0, 0, 0, 4, 0, 0, 0, 't', 'e', 's', 't'};
    size_t end = 16;
    uint32_t count = 0;
    while (*fields != '\0') {
        size_t length = strcspn(fields, "\n");
        base_store_le32(comment + end, (uint32_t)length);
        memcpy(comment + end + 4, fields, length);
        end += 4 + length;
        fields += length + 1;
        count++;
    }
    base_store_le32(comment + 12, count);
    comment[3] = (uint8_t)(end - 4);
    uint8_t *longer = malloc(size + end);
    REQUIRE(longer != NULL);
    memcpy(longer, *data, AFTER_STREAMINFO);
    memcpy(longer + AFTER_STREAMINFO, comment, end);
    memcpy(longer + AFTER_STREAMINFO + end, *data + AFTER_STREAMINFO, size - AFTER_STREAMINFO);
    longer[4] = 0; /* STREAMINFO is not the last metadata */
    free(*data);
    *data = longer;
    return size + end;
}

static void check_loop(const char *fields, enum writer_loop_state state, uint64_t start, uint64_t end,
                       const char *reason, unsigned line)
{
    struct flac flac = flac_of_three_blocks();
    struct base_findings findings;
    struct writer_reporter report = kit_report(&findings);
    struct writer_sound_facts facts;
    struct base_file file;
    uint8_t *data;
    size_t size = flac_make(&flac, &data);
    size = insert_comment(&data, size, fields);
    unit_write_file("a.flac", data, size);
    REQUIRE(base_file_open(&file, unit_path("a.flac")) == 0);
    struct writer_sound_bytes bytes = {.file = &file, .memory = base_bytes_make(data, size)};
    struct base_text taken = BASE_TEXT_EMPTY;
    if (!writer_sound_probe(&bytes, &facts, &report) ||
        !writer_sound_decode(&bytes, &facts, WORKSPACE_CHANNELS_ALL, take, &taken, &report) ||
        facts.loop.state != state ||
        (state == WRITER_LOOP_FOUND && (facts.loop.start != start || facts.loop.end != end)) ||
        (state == WRITER_LOOP_UNUSABLE && strcmp(facts.loop.reason, reason) != 0)) {
        CU_assertImplementation(CU_FALSE, line, fields, __FILE__, "", CU_FALSE);
    }
    base_file_close(&file);
    free(data);
    base_text_free(&taken);
    base_findings_free(&findings);
}

#define CHECK_LOOP(fields, state, start, end) check_loop((fields), (state), (start), (end), "", __LINE__)
#define CHECK_UNUSABLE(fields, reason) check_loop((fields), WRITER_LOOP_UNUSABLE, 0, 0, (reason), __LINE__)

UNIT_TEST(two_fields_are_the_loop_of_a_flac)
{
    CHECK_LOOP("", WRITER_LOOP_NONE, 0, 0);
    CHECK_LOOP("ARTIST=x\nLOOPSTART=3\nLOOPLENGTH=4\n", WRITER_LOOP_FOUND, 3, 7);
    CHECK_LOOP("loopLength=4\nLoopStart=003\n", WRITER_LOOP_FOUND, 3, 7);
    CHECK_LOOP("LOOPSTART=3\nLOOPLENGTH=4\nLOOPSTART=5\n", WRITER_LOOP_FOUND, 3, 7);
    CHECK_LOOP("LOOPSTART=999999999999999\nLOOPLENGTH=1\n", WRITER_LOOP_FOUND, 999999999999999, 1000000000000000);
    CHECK_UNUSABLE("LOOPSTART=3\n", "it has LOOPSTART without LOOPLENGTH");
    CHECK_UNUSABLE("LOOPLENGTH=3\n", "it has LOOPLENGTH without LOOPSTART");
    CHECK_UNUSABLE("LOOPSTART=3\nLOOPLENGTH=\n", "LOOPLENGTH is not a number of 1 to 15 digits");
    CHECK_UNUSABLE("LOOPSTART=-3\nLOOPLENGTH=4\n", "LOOPSTART is not a number of 1 to 15 digits");
    CHECK_UNUSABLE("LOOPSTART=1000000000000000\nLOOPLENGTH=4\n", "LOOPSTART is not a number of 1 to 15 digits");
    CHECK_LOOP("LOOPEND=9\n", WRITER_LOOP_NONE, 0, 0);
    CHECK_UNUSABLE("LOOPSTART=3\nLOOPEND=9\n", "it has LOOPSTART and LOOPEND; LOOPLENGTH is read instead of LOOPEND");
    CHECK_LOOP("LOOPSTART3\nLOOPSTARTS=1\nXLOOPLENGTH=2\n", WRITER_LOOP_NONE, 0, 0);
}
