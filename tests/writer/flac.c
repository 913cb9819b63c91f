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

#define CHECK_TAKEN(flac) check_taken((flac), __LINE__)
#define CHECK_REFUSED(flac, block, message) check_refused((flac), (block), (message), __LINE__)

UNIT_TEST(whole_flacs_are_taken)
{
    struct flac flac = flac_of_three_blocks();
    CHECK_TAKEN(&flac);
    flac.mid_side = true;
    CHECK_TAKEN(&flac);
    flac.depth = 24;
    CHECK_TAKEN(&flac);
    flac.channels = 1;
    flac.depth = 8;
    CHECK_TAKEN(&flac);
    flac.md5 = FLAC_NO_MD5;
    CHECK_TAKEN(&flac);
}

UNIT_TEST(blocks_that_count_samples_have_any_size)
{
    struct flac flac = flac_of_three_blocks();
    flac.counts_samples = true;
    flac.block_max = 20;
    flac.blocks[1] = (struct flac_block){16, 16, 20, FLAC_LPC};
    flac.blocks[2] = (struct flac_block){36, 36, 1, FLAC_FIXED};
    CHECK_TAKEN(&flac);
}

UNIT_TEST(a_tag_behind_the_end_is_no_sample)
{
    struct flac flac = flac_of_three_blocks();
    flac.tail = base_bytes_of_string("TAG and an \xFF\xF8 that begins no block");
    CHECK_TAKEN(&flac);
    static const uint8_t zeros[100] = {0};
    flac.tail = base_bytes_make(zeros, sizeof zeros);
    CHECK_TAKEN(&flac);
}

UNIT_TEST(a_wrong_md5_is_refused)
{
    struct flac flac = flac_of_three_blocks();
    flac.md5 = FLAC_WRONG_MD5;
    CHECK_REFUSED(&flac, -1, "the samples do not have the MD5 that the FLAC records: it is damaged");
    flac.depth = 24;
    CHECK_REFUSED(&flac, -1, "the samples do not have the MD5 that the FLAC records: it is damaged");
}

UNIT_TEST(blocks_out_of_order_are_refused)
{
    struct flac flac = flac_of_three_blocks();
    flac.md5 = FLAC_NO_MD5;
    struct flac_block second = flac.blocks[1];
    flac.blocks[1] = flac.blocks[0];
    flac.blocks[0] = second;
    CHECK_REFUSED(&flac, 0, "the blocks of the FLAC are not in order");
    flac.blocks[0] = flac.blocks[1];
    CHECK_REFUSED(&flac, 1, "the blocks of the FLAC are not in order");
    flac.blocks[1] = flac.blocks[2];
    CHECK_REFUSED(&flac, 1, "the blocks of the FLAC are not in order");
    flac.counts_samples = true;
    CHECK_REFUSED(&flac, 1, "the blocks of the FLAC are not in order");
}

UNIT_TEST(samples_behind_the_announced_end_are_refused)
{
    struct flac flac = flac_of_three_blocks();
    flac.md5 = FLAC_NO_MD5;
    flac.frames = 10;
    CHECK_REFUSED(&flac, 0, "the FLAC has more samples than it says");
    flac.frames = 32;
    CHECK_REFUSED(&flac, 2, "the FLAC goes on after the last sample that it announces");
    flac.frames = 36;
    CHECK_REFUSED(&flac, 2, "the FLAC has more samples than it says");
}

UNIT_TEST(a_flac_that_ends_early_is_refused)
{
    struct flac flac = flac_of_three_blocks();
    flac.md5 = FLAC_NO_MD5;
    flac.block_count = 2;
    CHECK_REFUSED(&flac, 1, "block 1 of the FLAC is damaged, or the file ends in it");
    flac.block_count = 0;
    CHECK_REFUSED(&flac, 0, "the metadata of the FLAC is not followed by a block of samples");
    flac.block_count = 3;
    flac.frames = 38;
    CHECK_REFUSED(&flac, 2, "a block of the FLAC has another size than the sound");
}

UNIT_TEST(blocks_of_another_size_are_refused)
{
    struct flac flac = flac_of_three_blocks();
    flac.md5 = FLAC_NO_MD5;
    flac.block_min = 15;
    CHECK_REFUSED(&flac, 0, "a block of the FLAC has another size than the sound");
    flac.block_min = 20;
    flac.block_max = 20;
    CHECK_REFUSED(&flac, 0, "a block of the FLAC has another size than the sound");
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
