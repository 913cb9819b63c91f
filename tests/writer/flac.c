/* What the writer takes of a FLAC: the whole chain of blocks, or nothing. */
#include "writer/sound/input.h"

#include "tests/lib/flac.h"
#include "tests/writer/kit.h"

#include <stdlib.h>

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
    bool done = writer_sound_probe(&file, &facts, &report);
    if (done) {
        struct writer_sound_bytes bytes = {.file = &file, .memory = base_bytes_make(data, size)};
        done = writer_sound_decode(&bytes, &facts, take, taken, &report);
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

/* block: at which block the finding is, or -1. */
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
        CHECK_FINDING(&findings, 0, DIAG_SOUND_INVALID, "input", block >= 0 ? (int64_t)positions[block] : -1, message);
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
    static const char more[] = "the FLAC has more samples than it says";
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
        [FLAC_FAULT_END_IN_FIRST_BLOCK] = {0, more},
        [FLAC_FAULT_END_BEFORE_LAST_BLOCK] = {2, "the FLAC goes on after the last sample that it announces"},
        [FLAC_FAULT_END_IN_LAST_BLOCK] = {2, more},
        [FLAC_FAULT_END_AFTER_LAST_BLOCK] = {2, sizes},
        [FLAC_FAULT_NO_LAST_BLOCK] = {1, ends},
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

UNIT_TEST(a_flac_of_unknown_length_is_refused)
{
    struct flac flac = flac_of_three_blocks();
    flac.frames = 0;
    struct base_findings findings;
    struct base_text taken;
    CHECK(!decode(&flac, &taken, &findings));
    CHECK_U64(findings.count, 1);
    base_text_free(&taken);
    base_findings_free(&findings);
}
