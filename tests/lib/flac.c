#include "tests/lib/flac.h"

#include "base/bytes.h"

#include <md5.h>
#include <stdlib.h>
#include <string.h>

enum { ROOM = 1 << 18, METADATA = 4 + 4 + 34, LPC_PRECISION = 6, LPC_SHIFT = 2 };

struct flac flac_of_three_blocks(void)
{
    return (struct flac){
        .channels = 2,
        .depth = 16,
        .rate = 22050,
        .block_min = FLAC_BLOCK_FRAMES,
        .block_max = FLAC_BLOCK_FRAMES,
        .frames = 37,
        .md5 = FLAC_RIGHT_MD5,
        .blocks = {{0, 0, 16, FLAC_VERBATIM}, {1, 16, 16, FLAC_FIXED}, {2, 32, 5, FLAC_LPC}},
        .block_count = 3,
    };
}

int16_t flac_sample(const struct flac *flac, uint64_t frame, uint32_t channel)
{
    /* A wave with steps, loud enough to reach every byte, and the corners of 16 bits at its begin. */
    static const int corners[] = {0, 1, -1, 32767, -32768, 256};
    int value = frame < 6 ? corners[frame] : (int)((frame * 7919 + (uint64_t)channel * 1201) % 40000) - 20000;
    int unit = flac->depth < 16 ? 1 << (16 - flac->depth) : 1;
    return (int16_t)(value / unit * unit);
}

/* The sample in the depth of the file. */
static int64_t stored(const struct flac *flac, uint64_t frame, uint32_t channel)
{
    int64_t sample = flac_sample(flac, frame, channel);
    return flac->depth < 16 ? sample / (INT64_C(1) << (16 - flac->depth)) : sample * (INT64_C(1) << (flac->depth - 16));
}

/* ---- Bits ---- */

struct bits {
    uint8_t *data;
    size_t count;
};

static void put(struct bits *bits, uint64_t value, unsigned count)
{
    for (; count > 0; count--, bits->count++) {
        unsigned bit = value >> (count - 1) & 1;
        bits->data[bits->count / 8] = (uint8_t)(bits->data[bits->count / 8] | bit << (7 - bits->count % 8));
    }
}

static void put_signed(struct bits *bits, int64_t value, unsigned count)
{
    put(bits, (uint64_t)value, count);
}

static void put_zeros(struct bits *bits, uint64_t zeros)
{
    bits->count += (size_t)zeros;
    put(bits, 1, 1);
}

/* The remainder of a division of polynomials. */
static uint32_t remainder_of(const uint8_t *data, size_t size, unsigned width, uint32_t polynomial)
{
    uint32_t sum = 0;
    for (size_t i = 0; i < size * 8; i++) {
        uint32_t bit = (uint32_t)data[i / 8] >> (7 - i % 8) & 1U;
        bool carry = (sum >> (width - 1) & 1) != bit;
        sum = (sum << 1 ^ (carry ? polynomial : 0)) & ((1U << width) - 1);
    }
    return sum;
}

/* ---- Blocks ---- */

/* One channel as it is coded. */
static void code_channel(const struct flac *flac, const struct flac_block *block, uint32_t channel, int64_t *out)
{
    for (uint32_t i = 0; i < block->frames; i++) {
        int64_t left = stored(flac, block->from + i, 0);
        int64_t right = flac->channels == 2 ? stored(flac, block->from + i, 1) : 0;
        int64_t sum = left + right;
        bool joined = flac->channels == 2 && flac->mid_side;
        out[i] = !joined ? (channel == 0 ? left : right) : channel == 1 ? left - right : (sum - (sum & 1)) / 2;
    }
}

/* The steps of the sound have about as many bits as its samples. */
static void put_residual(struct bits *bits, const int64_t *residual, uint32_t count, unsigned depth)
{
    unsigned parameter = depth - 4;
    put(bits, 1, 2); /* parameters of 5 bits */
    put(bits, 0, 4); /* one part */
    put(bits, parameter, 5);
    for (uint32_t i = 0; i < count; i++) {
        uint64_t folded = residual[i] < 0 ? (uint64_t)(-residual[i]) * 2 - 1 : (uint64_t)residual[i] * 2;
        put_zeros(bits, folded >> parameter);
        put(bits, folded, parameter);
    }
}

/* Predicts 2a - b, or (3a + 2b - c) / 4 rounded down, from the samples before. */
static void put_predicted(struct bits *bits, enum flac_coding coding, const int64_t *samples, uint32_t count,
                          unsigned depth)
{
    int64_t residual[256];
    uint32_t order = coding == FLAC_FIXED ? 2 : 3;
    put(bits, coding == FLAC_FIXED ? 8 + order : 32 + order - 1, 6);
    put(bits, 0, 1);
    for (uint32_t i = 0; i < order; i++) {
        put_signed(bits, samples[i], depth);
    }
    for (uint32_t i = order; i < count; i++) {
        int64_t a = samples[i - 1];
        int64_t b = samples[i - 2];
        int64_t sum = coding == FLAC_FIXED ? 2 * a - b : 3 * a + 2 * b - samples[i - 3];
        int64_t floor = sum - ((sum % 4) + 4) % 4;
        residual[i - order] = samples[i] - (coding == FLAC_FIXED ? sum : floor / 4);
    }
    if (coding == FLAC_LPC) {
        put(bits, LPC_PRECISION - 1, 4);
        put(bits, LPC_SHIFT, 5);
        put_signed(bits, 3, LPC_PRECISION);
        put_signed(bits, 2, LPC_PRECISION);
        put_signed(bits, -1, LPC_PRECISION);
    }
    put_residual(bits, residual, count - order, depth);
}

static void put_channel(struct bits *bits, const struct flac *flac, const struct flac_block *block, uint32_t channel)
{
    int64_t samples[256];
    unsigned depth = flac->depth + (flac->channels == 2 && flac->mid_side && channel == 1 ? 1 : 0);
    code_channel(flac, block, channel, samples);
    put(bits, 0, 1);
    if (block->coding == FLAC_VERBATIM || block->frames < 4) {
        put(bits, 1, 6);
        put(bits, 0, 1);
        for (uint32_t i = 0; i < block->frames; i++) {
            put_signed(bits, samples[i], depth);
        }
    } else {
        put_predicted(bits, block->coding, samples, block->frames, depth);
    }
}

/* Numbers below 2048. */
static void put_number(struct bits *bits, uint64_t number)
{
    if (number < 128) {
        put(bits, number, 8);
    } else {
        put(bits, 0xC0 | number >> 6, 8);
        put(bits, 0x80 | (number & 0x3F), 8);
    }
}

static unsigned depth_code(uint32_t depth)
{
    static const uint32_t depths[] = {0, 8, 12, 0, 16, 20, 24, 32};
    unsigned code = 1;
    while (code < 7 && depths[code] != depth) {
        code++;
    }
    return code;
}

static void put_block(struct bits *bits, const struct flac *flac, const struct flac_block *block)
{
    size_t begin = bits->count / 8;
    put(bits, 0x7FFC, 15);
    put(bits, flac->counts_samples ? 1 : 0, 1);
    put(bits, 6, 4); /* the size follows in 8 bits */
    put(bits, 0, 4); /* the rate is that of STREAMINFO */
    put(bits, flac->channels == 1 ? 0 : flac->mid_side ? 10 : 1, 4);
    put(bits, depth_code(flac->depth), 3);
    put(bits, 0, 1);
    put_number(bits, block->number);
    put(bits, block->frames - 1, 8);
    put(bits, remainder_of(bits->data + begin, bits->count / 8 - begin, 8, 0x07), 8);
    for (uint32_t c = 0; c < flac->channels; c++) {
        put_channel(bits, flac, block, c);
    }
    bits->count = (bits->count + 7) / 8 * 8;
    put(bits, remainder_of(bits->data + begin, bits->count / 8 - begin, 16, 0x8005), 16);
}

/* ---- The file ---- */

static void put_md5(struct bits *bits, const struct flac *flac)
{
    uint8_t digest[MD5_DIGEST_LENGTH] = {0};
    MD5_CTX md5;
    MD5Init(&md5);
    for (uint64_t i = 0; i < flac->frames; i++) {
        for (uint32_t c = 0; c < flac->channels; c++) {
            uint8_t bytes[4];
            base_store_le32(bytes, (uint32_t)stored(flac, i, c));
            MD5Update(&md5, bytes, (flac->depth + 7) / 8);
        }
    }
    if (flac->md5 != FLAC_NO_MD5) {
        MD5Final(digest, &md5);
    }
    digest[15] ^= flac->md5 == FLAC_WRONG_MD5 ? 1 : 0;
    for (size_t i = 0; i < sizeof digest; i++) {
        put(bits, digest[i], 8);
    }
}

size_t flac_make(const struct flac *flac, uint8_t **data)
{
    struct bits bits = {.data = calloc(1, ROOM)};
    if (bits.data == NULL) {
        abort();
    }
    put(&bits, 0x664C6143, 32); /* fLaC */
    put(&bits, 0x80, 8);        /* STREAMINFO, the only metadata */
    put(&bits, 34, 24);
    put(&bits, flac->block_min, 16);
    put(&bits, flac->block_max, 16);
    put(&bits, 0, 48);
    put(&bits, flac->rate, 20);
    put(&bits, flac->channels - 1, 3);
    put(&bits, flac->depth - 1, 5);
    put(&bits, flac->frames, 36);
    put_md5(&bits, flac);
    for (size_t i = 0; i < flac->block_count; i++) {
        put_block(&bits, flac, &flac->blocks[i]);
    }
    for (size_t i = 0; i < flac->tail.size; i++) {
        put(&bits, flac->tail.data[i], 8);
    }
    *data = bits.data;
    return bits.count / 8;
}

void flac_positions(const struct flac *flac, size_t positions[FLAC_BLOCKS_MAX + 1])
{
    struct bits bits = {.data = calloc(1, ROOM)};
    if (bits.data == NULL) {
        abort();
    }
    for (size_t i = 0; i <= flac->block_count; i++) {
        positions[i] = METADATA + bits.count / 8;
        if (i < flac->block_count) {
            put_block(&bits, flac, &flac->blocks[i]);
        }
    }
    free(bits.data);
}

struct flac flac_whole(size_t index)
{
    static const uint8_t zeros[100] = {0};
    struct flac flac = flac_of_three_blocks();
    switch (index) {
    case 0:
        break;
    case 1:
        flac.mid_side = true;
        break;
    case 2:
        flac.mid_side = true;
        flac.depth = 24;
        break;
    case 3:
        flac.channels = 1;
        flac.depth = 8;
        break;
    case 4:
        flac.md5 = FLAC_NO_MD5;
        break;
    case 5: /* blocks that are numbered by sample have any size */
        flac.counts_samples = true;
        flac.block_max = 20;
        flac.blocks[1] = (struct flac_block){16, 16, 20, FLAC_LPC};
        flac.blocks[2] = (struct flac_block){36, 36, 1, FLAC_FIXED};
        break;
    case 6:
        flac.tail = base_bytes_of_string("TAG \xFF\xF8 \xFF");
        break;
    case 7:
        flac.tail = base_bytes_of_string("TAG and an \xFF\xF8 that begins no block");
        break;
    case 8:
        flac.depth = 12;
        break;
    case 9:
        flac.depth = 20;
        flac.mid_side = true;
        break;
    case 10: /* the steps of such samples need more bits than a residual may have */
        flac.depth = 32;
        flac.blocks[1].coding = FLAC_VERBATIM;
        flac.blocks[2].coding = FLAC_VERBATIM;
        break;
    default:
        flac.tail = base_bytes_make(zeros, sizeof zeros);
    }
    return flac;
}

struct flac flac_faulty(enum flac_fault fault)
{
    struct flac flac = flac_of_three_blocks();
    struct flac_block first = flac.blocks[0];
    /* The MD5 must not hide a check of the blocks that is missing. */
    flac.md5 = FLAC_NO_MD5;
    switch (fault) {
    case FLAC_FAULT_MD5_OF_24_BITS:
        flac.depth = 24;
        flac.md5 = FLAC_WRONG_MD5;
        break;
    case FLAC_FAULT_BLOCKS_EXCHANGED:
        flac.blocks[0] = flac.blocks[1];
        flac.blocks[1] = first;
        break;
    case FLAC_FAULT_BLOCK_TWICE:
        flac.blocks[1] = first;
        break;
    case FLAC_FAULT_SAMPLES_LEFT_OUT:
        flac.counts_samples = true;
        flac.blocks[1] = flac.blocks[2];
        break;
    case FLAC_FAULT_BLOCK_LEFT_OUT:
        flac.blocks[1] = flac.blocks[2];
        break;
    case FLAC_FAULT_END_IN_FIRST_BLOCK:
        flac.frames = 10;
        break;
    case FLAC_FAULT_END_BEFORE_LAST_BLOCK:
        flac.frames = 32;
        break;
    case FLAC_FAULT_END_IN_LAST_BLOCK:
        flac.frames = 36;
        break;
    case FLAC_FAULT_END_AFTER_LAST_BLOCK:
        flac.frames = 38;
        break;
    case FLAC_FAULT_NO_LAST_BLOCK:
        flac.block_count = 2;
        break;
    case FLAC_FAULT_NO_BLOCK:
        flac.block_count = 0;
        break;
    case FLAC_FAULT_TAG_AS_LAST_BLOCK:
        flac.block_count = 2;
        flac.tail = base_bytes_of_string("a tag in place of a block");
        break;
    case FLAC_FAULT_SMALLER_SMALLEST_BLOCK:
        flac.block_min = 15;
        break;
    case FLAC_FAULT_LARGER_BLOCKS:
        flac.block_min = 20;
        flac.block_max = 20;
        break;
    case FLAC_FAULT_MD5:
    case FLAC_FAULT_COUNT:
    default:
        flac.md5 = FLAC_WRONG_MD5;
    }
    return flac;
}
