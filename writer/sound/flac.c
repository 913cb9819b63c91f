#include "writer/sound/flac.h"

#include "writer/sound/flac_block.h"
#include "writer/source.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    MARK_SIZE = 4,       /* fLaC */
    METADATA_HEADER = 4, /* a type and a length */
    VORBIS_COMMENT = 4,
    PIECE = 65536,
};

static bool refuse(const struct writer_reporter *report, uint64_t at, const char *text)
{
    return writer_report(report, DIAG_SOUND_INVALID, &(struct base_details){.place = {BASE_AT_BYTE(at, 0)}}, "%s",
                         text);
}

/* ---- Metadata ---- */

static uint32_t big_endian(const uint8_t *at, unsigned bytes)
{
    return (uint32_t)writer_sound_load(at, bytes, true);
}

static void take_streaminfo(struct writer_flac *flac)
{
    const uint8_t *info = flac->streaminfo;
    uint32_t packed = big_endian(info + 10, 4);
    flac->block_size_min = big_endian(info, 2);
    flac->block_size_max = big_endian(info + 2, 2);
    flac->sample_rate = packed >> 12;
    flac->channels = (packed >> 9 & 0x7) + 1;
    flac->depth = (packed >> 4 & 0x1F) + 1;
    flac->frames = (uint64_t)(packed & 0xF) << 32 | big_endian(info + 14, 4);
}

/* Moves over one piece of metadata, whose header is at *at. */
static bool skip_metadata(const struct writer_sound_bytes *bytes, struct writer_flac *flac, uint64_t *at, bool *last,
                          const struct writer_reporter *report)
{
    uint8_t header[METADATA_HEADER];
    if (bytes->file->size - *at < METADATA_HEADER) {
        return refuse(report, *at, "the FLAC ends in its metadata");
    }
    int problem = writer_sound_read(bytes, *at, header, METADATA_HEADER);
    if (problem != 0) {
        return writer_report_read(report, problem);
    }
    uint32_t size = big_endian(header + 1, 3);
    if (bytes->file->size - *at - METADATA_HEADER < size) {
        return refuse(report, *at, "the FLAC ends in its metadata");
    }
    if ((header[0] & 0x7F) == 0 && *at != flac->streaminfo_at - METADATA_HEADER) {
        return refuse(report, *at, "the FLAC has STREAMINFO twice");
    }
    if ((header[0] & 0x7F) == VORBIS_COMMENT && flac->comment.at == 0) {
        flac->comment = (struct writer_sound_part){.at = *at + METADATA_HEADER, .size = size};
    }
    *last = (header[0] & 0x80) != 0;
    *at += METADATA_HEADER + size;
    return true;
}

bool writer_flac_begin(const struct writer_sound_bytes *bytes, uint64_t begin, struct writer_flac *flac,
                       const struct writer_reporter *report)
{
    uint8_t head[MARK_SIZE + METADATA_HEADER + WRITER_STREAMINFO_SIZE];
    *flac = (struct writer_flac){.streaminfo_at = begin + MARK_SIZE + METADATA_HEADER};
    if (bytes->file->size - begin < sizeof head) {
        return refuse(report, bytes->file->size, "the FLAC ends in its metadata");
    }
    int problem = writer_sound_read(bytes, begin, head, sizeof head);
    if (problem != 0) {
        return writer_report_read(report, problem);
    }
    if ((head[MARK_SIZE] & 0x7F) != 0 || big_endian(head + MARK_SIZE + 1, 3) != WRITER_STREAMINFO_SIZE) {
        return refuse(report, begin + MARK_SIZE, "the FLAC does not begin with STREAMINFO");
    }
    memcpy(flac->streaminfo, head + MARK_SIZE + METADATA_HEADER, WRITER_STREAMINFO_SIZE);
    take_streaminfo(flac);
    uint64_t at = begin + MARK_SIZE;
    bool last = false;
    while (!last) {
        if (base_task_cancelled(bytes->task) || !skip_metadata(bytes, flac, &at, &last, report)) {
            return false;
        }
    }
    flac->first_block = at;
    return true;
}

/* ---- The chain of blocks ---- */

/* A window that moves over the file byte by byte. Invariant: buffer[begin, end) are the bytes from `at` on, and at
 * least WRITER_FLAC_HEADER_MAX of them unless the file ends. */
struct walk {
    const struct writer_sound_bytes *bytes;
    const struct writer_flac *flac;
    const struct writer_reporter *report;
    uint8_t *buffer;
    size_t begin;
    size_t end;
    uint64_t at;
    uint16_t crc; /* of the bytes from the block's begin up to here: 0 at the block's end */
    uint16_t table[256];
    uint64_t blocks; /* that have begun */
    uint64_t frames; /* of them */
    uint64_t block_at;
    bool has_stray; /* a header of the sound begins after the present block, and not where that may end */
    uint64_t stray_at;
    bool numbered_by_sample;
    bool smaller; /* the last block was smaller than the others: none may follow */
};

static uint64_t bytes_left(const struct walk *walk)
{
    return walk->bytes->file->size - walk->at;
}

static bool fill(struct walk *walk)
{
    size_t kept = walk->end - walk->begin;
    if (kept >= WRITER_FLAC_HEADER_MAX || bytes_left(walk) == kept) {
        return true;
    }
    if (base_task_cancelled(walk->bytes->task)) {
        return false;
    }
    memmove(walk->buffer, walk->buffer + walk->begin, kept);
    uint64_t rest = bytes_left(walk) - kept;
    size_t size = rest < PIECE - kept ? (size_t)rest : PIECE - kept;
    walk->begin = 0;
    walk->end = kept;
    int problem = writer_sound_read(walk->bytes, walk->at + kept, walk->buffer + kept, size);
    if (problem != 0) {
        return writer_report_read(walk->report, problem);
    }
    walk->end += size;
    return true;
}

/* CRC-16 with the polynomial 0x8005, most significant bit first. */
static void fill_table(struct walk *walk)
{
    for (unsigned i = 0; i < 256; i++) {
        unsigned crc = i << 8;
        for (unsigned bit = 0; bit < 8; bit++) {
            crc = crc << 1 ^ ((crc & 0x8000) != 0 ? 0x8005U : 0U);
        }
        walk->table[i] = (uint16_t)crc;
    }
}

/* Moves over one byte, which must be there. */
static bool step(struct walk *walk)
{
    uint8_t byte = walk->buffer[walk->begin++];
    walk->crc = (uint16_t)(walk->crc << 8 ^ walk->table[walk->crc >> 8 ^ byte]);
    walk->at++;
    return fill(walk);
}

static bool block_begins(const struct walk *walk, struct writer_flac_block *block)
{
    return walk->begin < walk->end && walk->buffer[walk->begin] == 0xFF &&
           writer_flac_block_read(base_bytes_make(walk->buffer + walk->begin, walk->end - walk->begin), block);
}

/* Frames that are still to come. */
static uint64_t frames_left(const struct walk *walk)
{
    return walk->flac->frames != 0 ? walk->flac->frames - walk->frames : UINT64_MAX - walk->frames;
}

static bool refuse_length(const struct walk *walk, const struct writer_flac_block *block)
{
    char most[48];
    char has[48];
    (void)snprintf(most, sizeof most, "%" PRIu64 " frames", walk->flac->frames);
    (void)snprintf(has, sizeof has, "%" PRIu64 " or more", walk->frames + block->size);
    return writer_report(walk->report, DIAG_SOUND_INVALID,
                         &(struct base_details){.place = {BASE_AT_BYTE(walk->at, 0)}, .expected = most, .actual = has},
                         "the FLAC has more samples than it announces");
}

/* Whether a block has the form of the sound. */
static bool has_form(const struct walk *walk, const struct writer_flac_block *block)
{
    const struct writer_flac *flac = walk->flac;
    return block->channels == flac->channels && (block->depth == 0 || block->depth == flac->depth) &&
           (block->sample_rate == 0 || block->sample_rate == flac->sample_rate);
}

/* Whether a block may come next: it is of this sound, its number is the next one, and the sound is that long. In a
 * chain that is numbered by block, each block but the last one has the same size. */
static bool check_block(const struct walk *walk, const struct writer_flac_block *block)
{
    const struct writer_flac *flac = walk->flac;
    uint64_t rest = frames_left(walk);
    if (!has_form(walk, block) || (walk->blocks > 0 && block->numbered_by_sample != walk->numbered_by_sample)) {
        return refuse(walk->report, walk->at, "a block of the FLAC has another form than the sound");
    }
    if (block->number != (block->numbered_by_sample ? walk->frames : walk->blocks)) {
        return refuse(walk->report, walk->at, "the blocks of the FLAC are not in order");
    }
    if (block->size > rest) {
        return refuse_length(walk, block);
    }
    bool early = flac->frames != 0 && block->size < flac->block_size_max && block->size < rest;
    bool uneven = flac->block_size_min != flac->block_size_max || early || walk->smaller;
    if (block->size > flac->block_size_max || (!block->numbered_by_sample && uneven)) {
        return refuse(walk->report, walk->at, "a block of the FLAC has another size than the sound");
    }
    return true;
}

/* Moves over the header. */
static bool enter_block(struct walk *walk, const struct writer_flac_block *block)
{
    if (!check_block(walk, block)) {
        return false;
    }
    walk->numbered_by_sample = block->numbered_by_sample;
    walk->smaller = block->size < walk->flac->block_size_max;
    walk->blocks++;
    walk->frames += block->size;
    walk->block_at = walk->at;
    walk->has_stray = false;
    walk->crc = 0;
    for (uint32_t i = 0; i < block->header_size; i++) {
        if (!step(walk)) {
            return false;
        }
    }
    return true;
}

static bool refuse_block(const struct walk *walk)
{
    return writer_report(walk->report, DIAG_SOUND_INVALID,
                         &(struct base_details){.place = {BASE_AT_BYTE(walk->block_at, 0)}},
                         "block %" PRIu64 " of the FLAC is damaged, or the file ends in it", walk->blocks - 1);
}

static bool refuse_stray(const struct walk *walk)
{
    return writer_report(walk->report, DIAG_SOUND_INVALID,
                         &(struct base_details){.place = {BASE_AT_BYTE(walk->stray_at, 0)}},
                         "another block of the FLAC begins here, and other bytes come before it: block %" PRIu64
                         ", at byte %" PRIu64 ", is damaged, or something was put after it",
                         walk->blocks - 1, walk->block_at);
}

/* Moves to the block after the present one. Where the number of frames is not known, the present one may be the last:
 * then *found is false, and the file ends. */
static bool find_next_block(struct walk *walk, struct writer_flac_block *block, bool *found)
{
    bool ended = false;
    *found = false;
    while (walk->begin < walk->end) {
        ended = ended || walk->crc == 0;
        bool begins = ended && block_begins(walk, block);
        *found = begins && walk->crc == 0;
        if (*found) {
            return true;
        }
        if (begins && !walk->has_stray && has_form(walk, block)) {
            walk->has_stray = true;
            walk->stray_at = walk->at;
        }
        if (!step(walk)) {
            return false;
        }
    }
    ended = ended || walk->crc == 0;
    if (walk->has_stray) {
        return refuse_stray(walk);
    }
    return (ended && walk->flac->frames == 0) || refuse_block(walk);
}

/* The last block may end at any place where its sum is right; a decoder knows which one. After the first of them no
 * other block may begin, up to the end of the file. */
static bool check_end(struct walk *walk)
{
    bool ended = false;
    while (walk->begin < walk->end) {
        struct writer_flac_block block;
        ended = ended || walk->crc == 0;
        if (ended && block_begins(walk, &block)) {
            return refuse(walk->report, walk->at, "the FLAC goes on after the last sample that it announces");
        }
        if (!step(walk)) {
            return false;
        }
    }
    return ended || walk->crc == 0 || refuse_block(walk);
}

static bool walk_blocks(struct walk *walk)
{
    struct writer_flac_block block;
    if (!fill(walk)) {
        return false;
    }
    if (!block_begins(walk, &block)) {
        return refuse(walk->report, walk->at, "the metadata of the FLAC is not followed by a block of samples");
    }
    while (enter_block(walk, &block)) {
        if (walk->frames == walk->flac->frames) {
            return check_end(walk);
        }
        bool found;
        if (!find_next_block(walk, &block, &found)) {
            return false;
        }
        if (!found) {
            return true;
        }
    }
    return false;
}

/* ends: whether the last block ends where the file does. */
static bool check_blocks(const struct writer_sound_bytes *bytes, const struct writer_flac *flac, uint64_t *frames,
                         bool *ends, const struct writer_reporter *report)
{
    struct walk walk = {.bytes = bytes, .flac = flac, .report = report, .at = flac->first_block};
    *frames = 0;
    *ends = false;
    walk.buffer = malloc(PIECE);
    if (walk.buffer == NULL) {
        return writer_report_memory(report->findings);
    }
    fill_table(&walk);
    bool fine = walk_blocks(&walk);
    *frames = walk.frames;
    *ends = walk.crc == 0;
    free(walk.buffer);
    return fine;
}

/* Whether nothing is wrong with the blocks but that STREAMINFO has another number of frames than *frames. Fewer of them
 * are only believed when the file does not end in a block. */
static bool has_other_length(const struct writer_sound_bytes *bytes, const struct writer_flac *flac, uint64_t *frames)
{
    struct base_findings findings;
    struct writer_flac lengthless = *flac;
    bool ends;
    base_findings_init(&findings);
    lengthless.frames = 0;
    const struct writer_reporter report = {.findings = &findings};
    bool fine = check_blocks(bytes, &lengthless, frames, &ends, &report);
    base_findings_free(&findings);
    return fine && *frames != flac->frames && (ends || *frames > flac->frames);
}

static bool report_length(const struct writer_flac *flac, uint64_t frames, const struct writer_reporter *report)
{
    enum { FRAMES_AT = 13, FRAMES_SIZE = 5 }; /* the lower 36 bits of these bytes */
    return writer_report(report, DIAG_SOUND_INVALID,
                         &(struct base_details){.place = {BASE_AT_BYTE(flac->streaminfo_at + FRAMES_AT, FRAMES_SIZE)}},
                         "STREAMINFO says %" PRIu64 " frame%s; the blocks have %" PRIu64, flac->frames,
                         flac->frames == 1 ? "" : "s", frames);
}

bool writer_flac_check_blocks(const struct writer_sound_bytes *bytes, const struct writer_flac *flac, uint64_t *frames,
                              const struct writer_reporter *report)
{
    struct base_findings findings;
    struct writer_reporter first = *report;
    bool ends;
    base_findings_init(&findings);
    first.findings = &findings;
    bool fine = check_blocks(bytes, flac, frames, &ends, &first);
    uint64_t other;
    if (findings.total[DIAG_SOUND_INVALID] > 0 && flac->frames != 0 && has_other_length(bytes, flac, &other)) {
        base_findings_free(&findings);
        return report_length(flac, other, report);
    }
    base_findings_move(report->findings, &findings);
    base_findings_free(&findings);
    return fine;
}
