/* The writer takes the samples of a FLAC from a library, after a check of its own; the verifier decodes it itself.
 * FLACs that are right, odd and damaged must be taken by both or by none, with the same samples. */
#include "verify/flac/flac.h"

#include "base/text.h"
#include "tests/lib/flac.h"
#include "tests/lib/unit.h"
#include "writer/sound/input.h"

#include <stdio.h>
#include <stdlib.h>

enum { FILES = 2000, SAMPLES_MAX = 8192 };

struct chance {
    uint64_t state;
};

static uint32_t draw(struct chance *chance, uint32_t below)
{
    chance->state = chance->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(chance->state >> 33) % below;
}

/* ---- A FLAC ---- */

static struct flac draw_flac(struct chance *chance)
{
    static const uint32_t depths[] = {8, 16, 24};
    struct flac flac = {.channels = 1 + draw(chance, 2),
                        .depth = depths[draw(chance, 3)],
                        .rate = 22050,
                        .md5 = draw(chance, 2) == 0 ? FLAC_NO_MD5 : FLAC_RIGHT_MD5,
                        .counts_samples = draw(chance, 2) == 0,
                        .mid_side = draw(chance, 2) == 0};
    uint32_t size = 16 + draw(chance, 100);
    flac.block_min = size;
    flac.block_max = size;
    flac.block_count = 1 + draw(chance, 5);
    for (size_t i = 0; i < flac.block_count; i++) {
        bool last = i + 1 == flac.block_count;
        uint32_t frames = last ? 1 + draw(chance, size) : flac.counts_samples ? 16 + draw(chance, size - 15) : size;
        flac.blocks[i] = (struct flac_block){.number = flac.counts_samples ? flac.frames : i,
                                             .from = flac.frames,
                                             .frames = frames,
                                             .coding = (enum flac_coding)draw(chance, 3)};
        flac.frames += frames;
    }
    return flac;
}

static void exchange_blocks(struct flac *flac, size_t a, size_t b)
{
    struct flac_block block = flac->blocks[a];
    flac->blocks[a] = flac->blocks[b];
    flac->blocks[b] = block;
}

/* One fault, or one oddity, of the whole. */
static void disturb(struct chance *chance, struct flac *flac)
{
    size_t a = draw(chance, (uint32_t)flac->block_count);
    switch (draw(chance, 10)) {
    case 0:
        exchange_blocks(flac, a, draw(chance, (uint32_t)flac->block_count));
        break;
    case 1: /* a block is missing */
        exchange_blocks(flac, a, flac->block_count - 1);
        flac->block_count--;
        break;
    case 2: /* a block is there twice */
        flac->blocks[flac->block_count++] = flac->blocks[a];
        break;
    case 3:
        flac->frames = 1 + draw(chance, (uint32_t)flac->frames * 2);
        break;
    case 4:
        flac->md5 = FLAC_WRONG_MD5;
        break;
    case 5:
        flac->block_max += draw(chance, 3);
        break;
    case 6:
        flac->block_min -= draw(chance, 2);
        break;
    case 7:
        flac->blocks[a].number += draw(chance, 2);
        break;
    case 8:
        flac->counts_samples = !flac->counts_samples;
        break;
    default:
        flac->tail = base_bytes_of_string("TAG of a program, \xFF\xF8 and no block");
    }
}

/* Changes a byte of a block, or cuts the file. */
static void damage(struct chance *chance, const struct flac *flac, uint8_t *data, size_t *size)
{
    size_t positions[FLAC_BLOCKS_MAX + 1];
    flac_positions(flac, positions);
    size_t from = positions[0];
    if (*size > from && draw(chance, 3) > 0) {
        data[from + draw(chance, (uint32_t)(*size - from))] ^= (uint8_t)(1U << draw(chance, 8));
    } else {
        *size = from + draw(chance, (uint32_t)(*size - from) + 1);
    }
}

/* ---- The two readings ---- */

static bool take(void *context, struct base_bytes bytes)
{
    base_text_add(context, bytes);
    return true;
}

/* The samples are appended to the text. */
static bool read_by_writer(const struct base_file *file, struct base_text *taken)
{
    struct base_findings findings;
    base_findings_init(&findings);
    struct writer_reporter report = {.findings = &findings, .place.file = "a.flac"};
    struct writer_sound_facts facts;
    struct writer_sound_bytes bytes = {.file = file};
    bool done = writer_sound_probe(&(struct writer_sound_bytes){.file = file}, &facts, &report) &&
                writer_sound_decode(&bytes, &facts, WORKSPACE_CHANNELS_ALL, take, taken, &report);
    CHECK(done == (findings.count == 0));
    base_findings_free(&findings);
    return done;
}

static bool read_by_verifier(const struct base_file *file, struct base_text *taken)
{
    static int32_t samples[SAMPLES_MAX];
    struct verify_flac flac;
    size_t got;
    bool done = verify_flac_open(&flac, file, 0, NULL);
    size_t count = done ? (size_t)flac.info.frames * flac.info.channels : 0;
    done = done && count <= SAMPLES_MAX && verify_flac_read(&flac, samples, (size_t)flac.info.frames, &got) &&
           verify_flac_finish(&flac);
    for (size_t i = 0; done && i < count; i++) {
        uint8_t bytes[2];
        base_store_le16(bytes, (uint16_t)(samples[i] / 65536));
        base_text_add(taken, base_bytes_make(bytes, sizeof bytes));
    }
    CHECK(done == (flac.text == NULL));
    CHECK_U64(flac.problem, 0);
    verify_flac_close(&flac);
    return done;
}

UNIT_TEST(writer_and_verifier_take_the_same_flacs)
{
    struct chance chance = {1};
    size_t accepted = 0;
    for (size_t i = 0; i < FILES; i++) {
        uint8_t *data;
        struct base_file file;
        struct base_text written = BASE_TEXT_EMPTY;
        struct base_text verified = BASE_TEXT_EMPTY;
        struct flac flac = draw_flac(&chance);
        uint32_t kind = draw(&chance, 4);
        if (kind == 1 || kind == 2) {
            disturb(&chance, &flac);
        }
        size_t size = flac_make(&flac, &data);
        if (kind == 3) {
            damage(&chance, &flac, data, &size);
        }
        unit_write_file("a.flac", data, size);
        REQUIRE(base_file_open(&file, unit_path("a.flac")) == 0);
        bool done = read_by_verifier(&file, &verified);
        bool same = done == read_by_writer(&file, &written) &&
                    (!done || base_bytes_equal(base_text_bytes(&written), base_text_bytes(&verified)));
        if (!same) {
            (void)fprintf(stderr, "the two readings differ about file %zu, which the verifier %s\n", i,
                          done ? "takes" : "refuses");
        }
        REQUIRE(same);
        accepted += done ? 1 : 0;
        base_file_close(&file);
        base_text_free(&written);
        base_text_free(&verified);
        free(data);
    }
    CHECK(accepted > FILES / 4);
    CHECK(accepted < FILES * 3 / 4);
}
