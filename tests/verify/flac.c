/* The verifier's own decoder of FLAC. */
#include "verify/flac/flac.h"

#include "tests/lib/flac.h"
#include "tests/lib/unit.h"

#include <stdlib.h>

enum { SAMPLES_MAX = 4096 };

/* Decodes a file of these bytes whole; the fault is in *flac. */
static bool decode(const void *data, size_t size, struct verify_flac *flac, int32_t *samples)
{
    struct base_file file;
    unit_write_file("a.flac", data, size);
    REQUIRE(base_file_open(&file, unit_path("a.flac")) == 0);
    bool done = verify_flac_open(flac, &file, 0, NULL) && flac->info.frames * flac->info.channels <= SAMPLES_MAX;
    /* In pieces that are not blocks. */
    for (uint64_t frame = 0; done && frame < flac->info.frames;) {
        size_t count = flac->info.frames - frame < 7 ? (size_t)(flac->info.frames - frame) : 7;
        done = verify_flac_read(flac, samples + frame * flac->info.channels, count, &count);
        frame += count;
    }
    done = done && verify_flac_finish(flac);
    verify_flac_close(flac);
    base_file_close(&file);
    return done;
}

static bool decode_made(const struct flac *made, struct verify_flac *flac, int32_t *samples)
{
    uint8_t *data;
    size_t size = flac_make(made, &data);
    bool done = decode(data, size, flac, samples);
    free(data);
    return done;
}

static void check_decoded(const struct flac *made, unsigned line)
{
    static int32_t samples[SAMPLES_MAX];
    struct verify_flac flac;
    bool same = decode_made(made, &flac, samples);
    for (size_t i = 0; same && i < made->frames * made->channels; i++) {
        same = samples[i] == flac_sample(made, i / made->channels, (uint32_t)(i % made->channels)) * 65536;
    }
    if (!same) {
        CU_assertImplementation(CU_FALSE, line, flac.text != NULL ? flac.text : "decoded", __FILE__, "", CU_FALSE);
    }
}

/* block: at which block the fault is, block_count for the place after the last one, or -1 for the begin. */
static void check_faulty(const struct flac *made, int block, const char *text)
{
    static int32_t samples[SAMPLES_MAX];
    struct verify_flac flac;
    size_t positions[FLAC_BLOCKS_MAX + 1];
    flac_positions(made, positions);
    CHECK(!decode_made(made, &flac, samples));
    CHECK_U64(flac.problem, 0);
    CHECK_STRING(flac.text, text);
    CHECK_U64(flac.at, block >= 0 ? positions[block] : 0);
}

UNIT_TEST(whole_flacs_are_decoded)
{
    for (size_t i = 0; i < FLAC_WHOLE_COUNT; i++) {
        struct flac flac = flac_whole(i);
        check_decoded(&flac, (unsigned)i);
    }
}

UNIT_TEST(each_fault_is_named_at_its_block)
{
    static const char md5[] = "the samples of the FLAC do not have the MD5 that it records";
    static const char order[] = "the blocks of the FLAC are not in order";
    static const char more[] = "the FLAC has more samples than STREAMINFO says";
    static const char sizes[] = "a block of the FLAC does not have the size that STREAMINFO says";
    static const char ends[] = "the FLAC ends before its last block";
    static const struct {
        int block;
        const char *text;
    } faults[FLAC_FAULT_COUNT] = {
        [FLAC_FAULT_MD5] = {-1, md5},
        [FLAC_FAULT_MD5_OF_24_BITS] = {-1, md5},
        [FLAC_FAULT_BLOCKS_EXCHANGED] = {0, order},
        [FLAC_FAULT_BLOCK_TWICE] = {1, order},
        [FLAC_FAULT_BLOCK_LEFT_OUT] = {1, order},
        [FLAC_FAULT_SAMPLES_LEFT_OUT] = {1, order},
        [FLAC_FAULT_END_IN_FIRST_BLOCK] = {0, more},
        [FLAC_FAULT_END_BEFORE_LAST_BLOCK] = {2, "the FLAC has further blocks after its announced end"},
        [FLAC_FAULT_END_IN_LAST_BLOCK] = {2, more},
        [FLAC_FAULT_END_AFTER_LAST_BLOCK] = {2, sizes},
        [FLAC_FAULT_NO_LAST_BLOCK] = {2, ends},
        [FLAC_FAULT_NO_BLOCK] = {0, ends},
        [FLAC_FAULT_TAG_AS_LAST_BLOCK] = {2, "the FLAC has no block where one belongs"},
        [FLAC_FAULT_SMALLER_SMALLEST_BLOCK] = {0, sizes},
        [FLAC_FAULT_LARGER_BLOCKS] = {0, sizes},
    };
    for (enum flac_fault fault = 0; fault < FLAC_FAULT_COUNT; fault++) {
        struct flac flac = flac_faulty(fault);
        check_faulty(&flac, faults[fault].block, faults[fault].text);
    }
}

/* No byte of the blocks, and no byte of STREAMINFO that counts, can change unseen. */
UNIT_TEST(each_byte_counts)
{
    enum { STREAMINFO = 8, SIZES_OF_BYTES = STREAMINFO + 4, RATE = STREAMINFO + 10, BLOCKS = STREAMINFO + 34 };
    static int32_t samples[SAMPLES_MAX];
    struct flac made = flac_of_three_blocks();
    made.mid_side = true;
    uint8_t *data;
    size_t size = flac_make(&made, &data);
    struct verify_flac flac;
    for (size_t at = STREAMINFO; at < size; at++) {
        bool unused = at >= SIZES_OF_BYTES && at < RATE + 3; /* the rate is compared with the pack's */
        data[at] ^= 0x10;
        CHECK(decode(data, size, &flac, samples) == unused);
        data[at] ^= 0x10;
    }
    for (size_t cut = BLOCKS; cut < size; cut++) {
        CHECK(!decode(data, cut, &flac, samples));
    }
    free(data);
}

UNIT_TEST(metadata_that_is_cut_off_is_named)
{
    static int32_t samples[SAMPLES_MAX];
    struct flac made = flac_of_three_blocks();
    uint8_t *data;
    (void)flac_make(&made, &data);
    struct verify_flac flac;
    for (size_t cut = 4; cut < 42; cut++) {
        CHECK(!decode(data, cut, &flac, samples));
        CHECK_STRING(flac.text, "the FLAC ends in its metadata");
    }
    data[4] = 0x81; /* padding */
    CHECK(!decode(data, 60, &flac, samples));
    CHECK_STRING(flac.text, "STREAMINFO of the FLAC is not its first metadata, or not the only one");
    free(data);
}
