#include "verify/flac/flac.h"

#include "verify/flac/header.h"
#include "verify/flac/subframe.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum {
    MARK_SIZE = 4,
    STREAMINFO = 0,
    VORBIS_COMMENT = 4,
    STREAMINFO_SIZE = 34,
    DEPTH_MIN = 4,
    SAMPLE_BITS = 32,
    SAMPLE_BYTES = 4
};

/* Sets the first fault. */
static bool fail(struct verify_flac *flac, uint64_t at, const char *text)
{
    if (flac->problem == 0 && flac->text == NULL) {
        flac->text = text;
        flac->at = at;
    }
    return false;
}

/* A failure of the reader, which is the file's end or a problem. */
static bool reader_failed(struct verify_flac *flac, const char *text)
{
    if (flac->bits.problem != 0) {
        flac->problem = flac->bits.problem;
        return true;
    }
    if (flac->bits.ended) {
        (void)fail(flac, flac->bits.file->size, text);
    }
    return flac->bits.ended;
}

/* ---- Metadata ---- */

static bool read_streaminfo(struct verify_flac *flac)
{
    struct verify_flac_bits *bits = &flac->bits;
    struct verify_flac_info *info = &flac->info;
    static const uint8_t none[MD5_DIGEST_LENGTH] = {0};
    info->block_min = verify_flac_bits_take(bits, 16);
    info->block_max = verify_flac_bits_take(bits, 16);
    (void)verify_flac_bits_take(bits, 24); /* bytes of the smallest block */
    (void)verify_flac_bits_take(bits, 24); /* of the largest */
    info->sample_rate = verify_flac_bits_take(bits, 20);
    info->channels = verify_flac_bits_take(bits, 3) + 1;
    info->depth = verify_flac_bits_take(bits, 5) + 1;
    info->frames = (uint64_t)verify_flac_bits_take(bits, 4) << 32;
    info->frames |= verify_flac_bits_take(bits, 32);
    for (size_t i = 0; i < MD5_DIGEST_LENGTH; i++) {
        info->md5[i] = (uint8_t)verify_flac_bits_take(bits, 8);
    }
    info->has_md5 = memcmp(info->md5, none, sizeof none) != 0;
    if (info->depth < DEPTH_MIN || info->block_max == 0) {
        return fail(flac, flac->begin + MARK_SIZE, "STREAMINFO of the FLAC does not say what the sound is");
    }
    return true;
}

static bool read_metadata(struct verify_flac *flac)
{
    static const char ends[] = "the FLAC ends in its metadata";
    struct verify_flac_bits *bits = &flac->bits;
    bool last = false;
    bool has_comment = false;
    for (bool first = true; !last; first = false) {
        uint64_t at = verify_flac_bits_position(bits);
        last = verify_flac_bits_take(bits, 1) != 0;
        uint32_t type = verify_flac_bits_take(bits, 7);
        uint32_t size = verify_flac_bits_take(bits, 24);
        if (reader_failed(flac, ends)) {
            return false;
        }
        if (size > bits->file->size - verify_flac_bits_position(bits)) {
            return fail(flac, at, ends);
        }
        if (first != (type == STREAMINFO) || (first && size != STREAMINFO_SIZE)) {
            return fail(flac, at, "STREAMINFO of the FLAC is not its first metadata, or not the only one");
        }
        if (first && (!read_streaminfo(flac) || reader_failed(flac, ends))) {
            return false;
        }
        if (type == VORBIS_COMMENT && !has_comment) {
            verify_flac_comment_read(bits, at + 4 + size, &flac->comment);
            has_comment = true;
        }
        if (reader_failed(flac, ends)) {
            return false;
        }
        verify_flac_bits_seek(bits, at + 4 + size);
    }
    return true;
}

bool verify_flac_open(struct verify_flac *flac, const struct base_file *file, uint64_t begin, struct base_task *task)
{
    *flac = (struct verify_flac){.begin = begin};
    MD5Init(&flac->sum);
    if (!verify_flac_bits_begin(&flac->bits, file, task)) {
        flac->problem = ENOMEM;
        return false;
    }
    verify_flac_bits_seek(&flac->bits, begin + MARK_SIZE);
    if (!read_metadata(flac)) {
        return false;
    }
    flac->samples = calloc((size_t)flac->info.block_max * flac->info.channels, sizeof *flac->samples);
    if (flac->samples == NULL) {
        flac->problem = ENOMEM;
    }
    return flac->samples != NULL;
}

void verify_flac_close(struct verify_flac *flac)
{
    verify_flac_bits_end(&flac->bits);
    free(flac->samples);
    flac->samples = NULL;
}

/* ---- Blocks ---- */

static int64_t *channel(const struct verify_flac *flac, uint32_t index)
{
    return flac->samples + (size_t)index * flac->info.block_max;
}

/* Turns what is coded of two channels into left and right. False when one of them does not fit into the depth. */
static bool join_stereo(const struct verify_flac *flac, const struct verify_flac_header *header)
{
    int64_t *first = channel(flac, 0);
    int64_t *second = channel(flac, 1);
    int64_t limit = INT64_C(1) << (flac->info.depth - 1);
    for (uint32_t i = 0; i < header->frames; i++) {
        int64_t a = first[i];
        int64_t b = second[i];
        if (header->stereo == VERIFY_FLAC_LEFT_SIDE) {
            second[i] = a - b;
        } else if (header->stereo == VERIFY_FLAC_SIDE_RIGHT) {
            first[i] = a + b;
        } else {
            /* The middle has lost its lowest bit, which is that of the side. */
            int64_t sum = a * 2 + (b & 1);
            first[i] = (sum + b) / 2;
            second[i] = (sum - b) / 2;
        }
        if (first[i] < -limit || first[i] >= limit || second[i] < -limit || second[i] >= limit) {
            return false;
        }
    }
    return true;
}

/* Blocks that are counted have one size; only the last one may be shorter. When the length is not given, the next block
 * shows that this was not the last one. */
static bool check_size(struct verify_flac *flac, const struct verify_flac_header *header, uint64_t at, uint64_t rest)
{
    static const char text[] = "a block of the FLAC does not have the size that STREAMINFO says";
    const struct verify_flac_info *info = &flac->info;
    bool short_one = !flac->counts_samples && header->frames != info->block_max;
    if (flac->has_short_one) {
        return fail(flac, flac->short_at, text);
    }
    if (header->frames > info->block_max || (!flac->counts_samples && info->block_min != info->block_max) ||
        (short_one && info->frames != 0 && header->frames != rest)) {
        return fail(flac, at, text);
    }
    flac->has_short_one = short_one && info->frames == 0;
    flac->short_at = at;
    return true;
}

/* Whether the block is the next one of this sound. */
static bool check_header(struct verify_flac *flac, const struct verify_flac_header *header, uint64_t at)
{
    const struct verify_flac_info *info = &flac->info;
    uint64_t rest = info->frames != 0 ? info->frames - flac->decoded : UINT64_MAX;
    if (flac->blocks == 0) {
        flac->counts_samples = header->counts_samples;
    }
    if (header->channels != info->channels || (header->depth != 0 && header->depth != info->depth) ||
        (header->sample_rate != 0 && header->sample_rate != info->sample_rate) ||
        header->counts_samples != flac->counts_samples) {
        return fail(flac, at, "a block of the FLAC is of another sound");
    }
    if (header->number != (flac->counts_samples ? flac->decoded : flac->blocks)) {
        return fail(flac, at, "the blocks of the FLAC are not in order");
    }
    if (header->frames > rest) {
        return fail(flac, at, "the FLAC has more samples than STREAMINFO says");
    }
    return check_size(flac, header, at, rest);
}

/* The samples of each channel, and the CRC-16. */
static bool decode_body(struct verify_flac *flac, const struct verify_flac_header *header, uint64_t at)
{
    struct verify_flac_bits *bits = &flac->bits;
    for (uint32_t i = 0; i < header->channels; i++) {
        bool side = (header->stereo == VERIFY_FLAC_SIDE_RIGHT && i == 0) ||
                    ((header->stereo == VERIFY_FLAC_LEFT_SIDE || header->stereo == VERIFY_FLAC_MID_SIDE) && i == 1);
        const char *text =
            verify_flac_subframe_read(bits, flac->info.depth + (side ? 1 : 0), channel(flac, i), header->frames);
        if (reader_failed(flac, "the FLAC ends in a block")) {
            return false;
        }
        if (text != NULL) {
            return fail(flac, at, text);
        }
    }
    verify_flac_bits_align(bits);
    uint16_t sum = verify_flac_bits_crc(bits);
    bool same = verify_flac_bits_take(bits, 16) == sum;
    return !reader_failed(flac, "the FLAC ends in a block") &&
           (same || fail(flac, at, "a block of the FLAC does not have its CRC-16"));
}

static void add_to_sum(struct verify_flac *flac)
{
    uint8_t bytes[SAMPLE_BYTES];
    size_t width = (flac->info.depth + 7) / 8;
    for (uint32_t i = 0; i < flac->block_size && flac->info.has_md5; i++) {
        for (uint32_t c = 0; c < flac->info.channels; c++) {
            base_store_le32(bytes, (uint32_t)channel(flac, c)[i]);
            MD5Update(&flac->sum, bytes, width);
        }
    }
}

static bool decode_block(struct verify_flac *flac)
{
    struct verify_flac_bits *bits = &flac->bits;
    uint8_t begin[VERIFY_FLAC_PEEK_MAX];
    struct verify_flac_header header;
    uint64_t at = verify_flac_bits_position(bits);
    size_t size = verify_flac_bits_peek(bits, begin);
    if (reader_failed(flac, "the FLAC ends before its last block")) {
        return false;
    }
    if (!verify_flac_header_read(base_bytes_make(begin, size), &header)) {
        return fail(flac, at,
                    size == 0 ? "the FLAC ends before its last block" : "the FLAC has no block where one belongs");
    }
    verify_flac_bits_begin_crc(bits);
    for (uint32_t i = 0; i < header.size; i++) {
        (void)verify_flac_bits_take(bits, 8);
    }
    if (!check_header(flac, &header, at) || !decode_body(flac, &header, at)) {
        return false;
    }
    if (header.stereo != VERIFY_FLAC_PLAIN && !join_stereo(flac, &header)) {
        return fail(flac, at, "a block of the FLAC is damaged");
    }
    flac->blocks++;
    flac->decoded += header.frames;
    flac->block_size = header.frames;
    flac->taken = 0;
    add_to_sum(flac);
    return true;
}

/* ---- All samples ---- */

/* Whether a block comes next, when the length is not given. The first one has to. */
static bool has_next(struct verify_flac *flac)
{
    struct verify_flac_header header;
    uint8_t begin[VERIFY_FLAC_PEEK_MAX];
    if (flac->blocks == 0) {
        return true;
    }
    size_t size = verify_flac_bits_peek(&flac->bits, begin);
    return verify_flac_header_read(base_bytes_make(begin, size), &header);
}

bool verify_flac_read(struct verify_flac *flac, int32_t *out, size_t frames, size_t *got)
{
    int64_t scale = INT64_C(1) << (SAMPLE_BITS - flac->info.depth);
    for (*got = 0; *got < frames; ++*got, flac->taken++) {
        if (flac->taken == flac->block_size) {
            if (flac->info.frames == 0 && !has_next(flac)) {
                return !reader_failed(flac, "");
            }
            if (!decode_block(flac)) {
                return false;
            }
        }
        for (uint32_t c = 0; c < flac->info.channels; c++) {
            *out++ = (int32_t)(channel(flac, c)[flac->taken] * scale);
        }
    }
    return true;
}

bool verify_flac_finish(struct verify_flac *flac)
{
    struct verify_flac_bits *bits = &flac->bits;
    struct verify_flac_header header;
    uint8_t begin[VERIFY_FLAC_PEEK_MAX];
    uint8_t digest[MD5_DIGEST_LENGTH];
    if (flac->info.frames != 0 && flac->decoded != flac->info.frames) {
        return fail(flac, verify_flac_bits_position(bits), "the FLAC has fewer samples than STREAMINFO says");
    }
    while (verify_flac_bits_find(bits, 0xFF)) {
        size_t size = verify_flac_bits_peek(bits, begin);
        if (verify_flac_header_read(base_bytes_make(begin, size), &header)) {
            return fail(flac, verify_flac_bits_position(bits),
                        flac->info.frames != 0 ? "the FLAC has further blocks after its announced end"
                                               : "the FLAC has further blocks after bytes that are not one");
        }
        (void)verify_flac_bits_take(bits, 8);
    }
    MD5Final(digest, &flac->sum);
    if (reader_failed(flac, "") || !flac->info.has_md5 || memcmp(digest, flac->info.md5, sizeof digest) == 0) {
        return flac->problem == 0;
    }
    return fail(flac, flac->begin, "the samples of the FLAC do not have the MD5 that it records");
}
