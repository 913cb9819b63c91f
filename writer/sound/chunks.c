#include "writer/sound/chunks.h"

#include "base/checked.h"
#include "writer/source.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum {
    FORM_HEAD_SIZE = 12, /* id, size, form */
    WAVE64_FORM_HEAD_SIZE = 40,
    HEAD_SIZE = 8, /* id, size */
    WAVE64_HEAD_SIZE = 24,
    GUID_SIZE = 16,
    WAVE64_PADDING = 8,
    SEARCHED_BEFORE = 1, /* where a chunk is looked for when none begins where it should */
    SEARCHED_AFTER = 3,
};

/* What programs write for a length that they do not know: as 32 bits, signed or not, less what comes before. */
static const uint64_t unknown_lengths[][2] = {
    {0x7EFF0000, 0x80000000}, {0xFFFF0000, 0xFFFFFFFF}, {UINT64_C(1) << 62, UINT64_MAX}};

struct writer_chunks writer_chunks_begin(const struct writer_sound_bytes *bytes,
                                         const struct writer_sound_container *container,
                                         const struct writer_reporter *report)
{
    bool wave64 = container->kind == WRITER_SOUND_WAVE64;
    return (struct writer_chunks){
        .bytes = bytes,
        .report = report,
        .wave64 = wave64,
        .big_endian = container->kind == WRITER_SOUND_RIFX || container->kind == WRITER_SOUND_AIFF ||
                      container->kind == WRITER_SOUND_AIFF_C,
        .origin = container->begin,
        .at = container->begin + (wave64 ? WAVE64_FORM_HEAD_SIZE : FORM_HEAD_SIZE),
    };
}

static uint64_t bytes_from(const struct writer_chunks *chunks, uint64_t at)
{
    uint64_t size = chunks->bytes->file->size;
    return at < size ? size - at : 0;
}

static bool is_id(const uint8_t *id)
{
    for (unsigned i = 0; i < WRITER_CHUNK_ID; i++) {
        if (id[i] < 0x20 || id[i] > 0x7E) {
            return false;
        }
    }
    return true;
}

static void take_id(struct writer_chunk *chunk, const uint8_t *head, bool wave64)
{
    static const uint8_t rest[] = {0xF3, 0xAC, 0xD3, 0x11, 0x8C, 0xD1, 0x00, 0xC0, 0x4F, 0x8E, 0xDB, 0x8A};
    bool known = is_id(head) && (!wave64 || memcmp(head + WRITER_CHUNK_ID, rest, sizeof rest) == 0);
    memcpy(chunk->id, known ? (const char *)head : "?\0\0\0", WRITER_CHUNK_ID);
    chunk->id[WRITER_CHUNK_ID] = '\0';
}

/* Takes the head of a chunk apart. False when it is not one. */
static bool take_head(const struct writer_chunks *chunks, const uint8_t *head, struct writer_chunk *chunk)
{
    unsigned size_at = chunks->wave64 ? GUID_SIZE : WRITER_CHUNK_ID;
    unsigned head_size = chunks->wave64 ? WAVE64_HEAD_SIZE : HEAD_SIZE;
    *chunk = (struct writer_chunk){.at = chunks->at,
                                   .begin = chunks->at + head_size,
                                   .number = writer_sound_load(head + size_at, head_size - size_at, chunks->big_endian),
                                   .number_at = chunks->at + size_at,
                                   .number_size = head_size - size_at};
    take_id(chunk, head, chunks->wave64);
    if (!chunks->wave64) {
        chunk->size = chunk->number;
        return is_id(head);
    }
    chunk->size = chunk->number >= WAVE64_HEAD_SIZE ? chunk->number - WAVE64_HEAD_SIZE : 0;
    return chunk->number >= WAVE64_HEAD_SIZE || (chunk->number == 0 && writer_chunk_is(chunk, "data"));
}

bool writer_chunks_next(struct writer_chunks *chunks, struct writer_chunk *chunk)
{
    uint8_t head[WAVE64_HEAD_SIZE];
    size_t size = chunks->wave64 ? WAVE64_HEAD_SIZE : HEAD_SIZE;
    if (bytes_from(chunks, chunks->at) < size) {
        return false;
    }
    chunks->problem = writer_sound_read(chunks->bytes, chunks->at, head, size);
    return chunks->problem == 0 && take_head(chunks, head, chunk);
}

void writer_chunks_leave(struct writer_chunks *chunks, const struct writer_chunk *chunk, uint64_t size)
{
    uint64_t unit = chunks->wave64 ? WAVE64_PADDING : 2;
    uint64_t end = chunk->begin + size;                              /* inside the file */
    uint64_t counted = chunks->wave64 ? end - chunks->origin : size; /* from the beginning, or in this chunk */
    uint64_t next = end + (unit - counted % unit) % unit;
    uint64_t file_size = chunks->bytes->file->size; /* the last chunk may lack its padding */
    chunks->at = next < file_size ? next : file_size;
    chunks->last = *chunk;
    chunks->left++;
}

bool writer_chunk_fits(const struct writer_chunks *chunks, const struct writer_chunk *chunk)
{
    return base_range_inside(chunk->begin, chunk->size, chunks->bytes->file->size);
}

bool writer_chunk_is(const struct writer_chunk *chunk, const char *id)
{
    return strcmp(chunk->id, id) == 0;
}

/* ---- Refusals ---- */

/* How far from where it should begin the wanted chunk begins, or 0. */
static int find_near(const struct writer_chunks *chunks, const char *wanted)
{
    for (int distance = -SEARCHED_BEFORE; distance <= SEARCHED_AFTER; distance++) {
        uint64_t at = chunks->at + SEARCHED_AFTER - (uint64_t)(SEARCHED_AFTER - distance);
        uint8_t id[WRITER_CHUNK_ID];
        if (bytes_from(chunks, at) >= sizeof id && writer_sound_read(chunks->bytes, at, id, sizeof id) == 0 &&
            memcmp(id, wanted, sizeof id) == 0) {
            return distance;
        }
    }
    return 0;
}

bool writer_chunks_refuse(const struct writer_chunks *chunks, const char *wanted)
{
    struct base_details details = {.place = {BASE_AT_BYTE(chunks->at, 0)}};
    if (chunks->problem != 0) {
        return writer_report_read(chunks->report, chunks->problem);
    }
    if (bytes_from(chunks, chunks->at) < (chunks->wave64 ? WAVE64_HEAD_SIZE : HEAD_SIZE)) {
        details.place.byte_offset = chunks->bytes->file->size;
        return writer_report(chunks->report, DIAG_SOUND_INVALID, &details, "the file ends before the chunk \"%s\"",
                             wanted);
    }
    if (chunks->left == 0) {
        return writer_report(chunks->report, DIAG_SOUND_INVALID, &details, "no chunk begins after the file's head");
    }
    int distance = find_near(chunks, wanted);
    if (distance == 0) {
        return writer_report(chunks->report, DIAG_SOUND_INVALID, &details,
                             "no chunk begins where \"%s\", at byte %" PRIu64 ", ends", chunks->last.id,
                             chunks->last.at);
    }
    return writer_report(chunks->report, DIAG_SOUND_INVALID, &details,
                         "no chunk begins where \"%s\", at byte %" PRIu64 ", ends: \"%s\" begins %d byte%s %s",
                         chunks->last.id, chunks->last.at, wanted, distance < 0 ? -distance : distance,
                         distance * distance == 1 ? "" : "s", distance < 0 ? "earlier" : "later");
}

bool writer_chunks_refuse_number(const struct writer_chunks *chunks)
{
    return writer_report(chunks->report, DIAG_SOUND_INVALID,
                         &(struct base_details){.place = {BASE_AT_BYTE(chunks->at, 0)}},
                         "more than %d chunks come before the samples", WRITER_CHUNKS_MAX);
}

bool writer_chunk_refuse_size(const struct writer_chunks *chunks, const struct writer_chunk *chunk)
{
    char most[32];
    (void)snprintf(most, sizeof most, "at most %" PRIu64, bytes_from(chunks, chunk->begin));
    return writer_report(chunks->report, DIAG_SOUND_INVALID,
                         &(struct base_details){.place = {BASE_AT_BYTE(chunk->number_at, chunk->number_size)},
                                                .expected = most,
                                                .actual = writer_decimal(chunk->size).text},
                         "the chunk \"%s\" passes the end of the file", chunk->id);
}

bool writer_chunk_read(const struct writer_chunks *chunks, const struct writer_chunk *chunk, uint8_t *out, size_t size)
{
    if (chunk->size < size) {
        return writer_report(chunks->report, DIAG_SOUND_INVALID,
                             &(struct base_details){.place = {BASE_AT_BYTE(chunk->number_at, chunk->number_size)},
                                                    .expected = writer_decimal(size).text,
                                                    .actual = writer_decimal(chunk->size).text},
                             "the chunk \"%s\" is too short", chunk->id);
    }
    int problem = writer_sound_read(chunks->bytes, chunk->begin, out, size);
    return problem == 0 || writer_report_read(chunks->report, problem);
}

/* ---- The length of the samples ---- */

/* Whether chunks begin at a place and go on up to the end of the file. */
static bool is_chain(const struct writer_chunks *chunks, uint64_t at)
{
    struct writer_chunks walk = *chunks;
    struct writer_chunk chunk;
    unsigned count = 0;
    walk.at = at;
    while (bytes_from(&walk, walk.at) > 0) {
        if (count++ == WRITER_CHUNKS_MAX || !writer_chunks_next(&walk, &chunk) || !writer_chunk_fits(&walk, &chunk)) {
            return false;
        }
        writer_chunks_leave(&walk, &chunk, chunk.size);
    }
    return count > 0;
}

static bool is_unknown(uint64_t number)
{
    for (size_t i = 0; i < sizeof unknown_lengths / sizeof unknown_lengths[0]; i++) {
        if (number >= unknown_lengths[i][0] && number <= unknown_lengths[i][1]) {
            return true;
        }
    }
    return false;
}

bool writer_chunks_measure(const struct writer_chunks *chunks, const struct writer_chunk *chunk, uint64_t number,
                           uint64_t *size, bool *given)
{
    uint64_t rest = bytes_from(chunks, chunk->begin);
    *given = true;
    if (*size == 0) {
        *given = rest == 0 || is_chain(chunks, chunk->begin);
    } else if (*size > rest) {
        *given = !is_unknown(number);
    }
    if (!*given) {
        *size = rest;
        return true;
    }
    return *size <= rest ||
           writer_report(chunks->report, DIAG_SOUND_INVALID,
                         &(struct base_details){.place = {BASE_AT_BYTE(chunk->number_at, chunk->number_size)},
                                                .expected = writer_decimal(*size).text,
                                                .actual = writer_decimal(rest).text},
                         "the file is cut off: fewer bytes of samples than it announces");
}
