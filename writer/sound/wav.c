#include "writer/sound/wav.h"

#include "writer/sound/chunks.h"
#include "writer/sound/ending.h"
#include "writer/sound/loop.h"
#include "writer/sound/pcm.h"
#include "writer/source.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Of "fmt ". */
enum {
    FORMAT_SIZE = 16,
    FORMAT_LONG_SIZE = 40, /* with a GUID for the coding */
    CHANNELS_AT = 2,
    RATE_AT = 4,
    FRAME_SIZE_AT = 12,
    DEPTH_AT = 14,
    GUID_AT = 24,
    GUID_SIZE = 16,
    CODING_PCM = 1,
    CODING_FLOAT = 3,
    CODING_BY_GUID = 0xFFFE,
};

/* Of "ds64". */
enum { LENGTHS_SIZE = 24, DATA_LENGTH_AT = 8 };

/* What the chunks say. */
struct wav {
    struct writer_chunks chunks;
    bool has_lengths;    /* RF64: "ds64" */
    uint64_t lengths_at; /* its content */
    uint64_t data_length;
    bool has_format;
    uint64_t format_at; /* its content */
    uint32_t coding;
    uint32_t frame_size;
    struct writer_sound_part smpl;
    struct writer_sound_form *form;
    struct writer_pcm *pcm;
};

static const char *const coding_names[][2] = {
    {"\x02", "MS ADPCM"}, {"\x06", "A-law"},       {"\x07", "mu-law"},      {"\x11", "IMA ADPCM"},
    {"\x31", "GSM 6.10"}, {"\x45", "G.726 ADPCM"}, {"\x40", "G.721 ADPCM"}, {"\x50", "MPEG layer I or II"},
    {"\x55", "MP3"},
};

/* ---- Chunks ---- */

/* The coding of a long "fmt ": the first number of a GUID whose rest is the usual one, else a number that is none. */
static uint32_t coding_of_guid(const uint8_t *guid, bool big_endian)
{
    static const uint8_t tail[] = {0x80, 0x00, 0x00, 0xAA, 0x00, 0x38, 0x9B, 0x71};
    bool usual = writer_sound_load(guid + 4, 2, big_endian) == 0 &&
                 writer_sound_load(guid + 6, 2, big_endian) == 0x10 && memcmp(guid + 8, tail, sizeof tail) == 0;
    uint64_t coding = writer_sound_load(guid, 4, big_endian);
    return usual && coding <= UINT16_MAX ? (uint32_t)coding : CODING_BY_GUID;
}

static struct writer_sound_number take(const uint8_t *format, uint64_t format_at, unsigned at, unsigned size,
                                       bool big_endian)
{
    return (struct writer_sound_number){
        .value = writer_sound_load(format + at, size, big_endian), .at = format_at + at, .size = size};
}

static bool read_format(struct wav *wav, const struct writer_chunk *chunk)
{
    uint8_t format[FORMAT_LONG_SIZE] = {0};
    bool big = wav->chunks.big_endian;
    size_t size = chunk->size < FORMAT_LONG_SIZE ? FORMAT_SIZE : FORMAT_LONG_SIZE;
    if (wav->has_format) {
        return true;
    }
    if (!writer_chunk_read(&wav->chunks, chunk, format, size)) {
        return false;
    }
    wav->has_format = true;
    wav->format_at = chunk->begin;
    wav->coding = (uint32_t)writer_sound_load(format, 2, big);
    wav->frame_size = (uint32_t)writer_sound_load(format + FRAME_SIZE_AT, 2, big);
    if (wav->coding == CODING_BY_GUID && size == FORMAT_LONG_SIZE) {
        wav->coding = coding_of_guid(format + GUID_AT, big);
    }
    wav->form->channels = take(format, chunk->begin, CHANNELS_AT, 2, big);
    wav->form->sample_rate = take(format, chunk->begin, RATE_AT, 4, big);
    wav->form->depth = take(format, chunk->begin, DEPTH_AT, 2, big);
    return true;
}

static bool read_lengths(struct wav *wav, const struct writer_chunk *chunk)
{
    uint8_t lengths[LENGTHS_SIZE];
    if (!writer_chunk_read(&wav->chunks, chunk, lengths, sizeof lengths)) {
        return false;
    }
    wav->has_lengths = true;
    wav->lengths_at = chunk->begin;
    wav->data_length = writer_sound_load(lengths + DATA_LENGTH_AT, 8, false);
    return true;
}

static void keep_smpl(struct wav *wav, const struct writer_chunk *chunk)
{
    if (wav->smpl.size == 0 && !wav->chunks.wave64 && writer_chunk_is(chunk, "smpl")) {
        wav->smpl = (struct writer_sound_part){.at = chunk->begin, .size = chunk->size};
    }
}

/* One chunk before the samples, which lies inside the file. */
static bool read_chunk(struct wav *wav, const struct writer_chunk *chunk)
{
    keep_smpl(wav, chunk);
    return !writer_chunk_is(chunk, "fmt ") || read_format(wav, chunk);
}

/* The chunks behind the samples: what is not a chunk ends them. */
static void read_rest(struct wav *wav)
{
    struct writer_chunk chunk;
    for (unsigned i = 0;
         i < WRITER_CHUNKS_MAX && writer_chunks_next(&wav->chunks, &chunk) && writer_chunk_fits(&wav->chunks, &chunk);
         i++) {
        keep_smpl(wav, &chunk);
        writer_chunks_leave(&wav->chunks, &chunk, chunk.size);
    }
}

static struct writer_ending_size whole_of(const struct wav *wav)
{
    enum { SIZE_AT = 4, WAVE64_SIZE_AT = 16, UNCOUNTED = 8 };
    if (wav->chunks.wave64) {
        return (struct writer_ending_size){.at = wav->chunks.origin + WAVE64_SIZE_AT, .size = 8};
    }
    return wav->has_lengths
               ? (struct writer_ending_size){.at = wav->lengths_at, .size = 8, .uncounted = UNCOUNTED}
               : (struct writer_ending_size){.at = wav->chunks.origin + SIZE_AT, .size = 4, .uncounted = UNCOUNTED};
}

static bool check_end(const struct wav *wav)
{
    if (wav->form->length_given) {
        return writer_ending_check_lines(&wav->chunks, whole_of(wav));
    }
    return wav->chunks.wave64 || writer_ending_check_samples(&wav->chunks, wav->pcm->begin, false);
}

static bool read_data(struct wav *wav, const struct writer_chunk *chunk)
{
    uint64_t number = chunk->number;
    uint64_t size = chunk->size;
    if (!wav->has_format) {
        return writer_report(wav->chunks.report, DIAG_SOUND_INVALID,
                             &(struct base_details){.place = {BASE_AT_BYTE(chunk->at, WRITER_CHUNK_ID)}},
                             "the chunk \"data\" comes before \"fmt \", which says what its samples are");
    }
    if (wav->has_lengths && number == UINT32_MAX) {
        number = wav->data_length;
        size = wav->data_length;
    }
    if (!writer_chunks_measure(&wav->chunks, chunk, number, &size, &wav->form->length_given)) {
        return false;
    }
    wav->pcm->begin = chunk->begin;
    wav->pcm->size = size;
    if (wav->form->length_given) {
        writer_chunks_leave(&wav->chunks, chunk, size);
        read_rest(wav);
    }
    return check_end(wav);
}

/* In an RF64 the first chunk has the lengths. */
static bool read_first(struct wav *wav, const struct writer_sound_container *container)
{
    struct writer_chunk chunk;
    if (container->kind != WRITER_SOUND_RF64) {
        return true;
    }
    if (!writer_chunks_next(&wav->chunks, &chunk)) {
        return writer_chunks_refuse(&wav->chunks, "ds64");
    }
    if (!writer_chunk_is(&chunk, "ds64")) {
        return writer_report(wav->chunks.report, DIAG_SOUND_INVALID,
                             &(struct base_details){.place = {BASE_AT_BYTE(chunk.at, WRITER_CHUNK_ID)},
                                                    .expected = "\"ds64\"",
                                                    .actual_bytes = base_bytes_of_string(chunk.id)},
                             "the first chunk does not have the lengths of an RF64");
    }
    if (!writer_chunk_fits(&wav->chunks, &chunk)) {
        return writer_chunk_refuse_size(&wav->chunks, &chunk);
    }
    if (!read_lengths(wav, &chunk)) {
        return false;
    }
    writer_chunks_leave(&wav->chunks, &chunk, chunk.size);
    return true;
}

static bool read_chunks(struct wav *wav)
{
    struct writer_chunk chunk;
    for (;;) {
        if (!writer_chunks_next(&wav->chunks, &chunk)) {
            return writer_chunks_refuse(&wav->chunks, "data");
        }
        if (writer_chunk_is(&chunk, "data")) {
            return read_data(wav, &chunk);
        }
        if (wav->chunks.left == WRITER_CHUNKS_MAX) {
            return writer_chunks_refuse_number(&wav->chunks);
        }
        if (!writer_chunk_fits(&wav->chunks, &chunk)) {
            return writer_chunk_refuse_size(&wav->chunks, &chunk);
        }
        if (!read_chunk(wav, &chunk)) {
            return false;
        }
        writer_chunks_leave(&wav->chunks, &chunk, chunk.size);
    }
}

/* ---- What the samples are ---- */

static const char *coding_name(uint32_t coding)
{
    for (size_t i = 0; i < sizeof coding_names / sizeof coding_names[0]; i++) {
        if ((uint8_t)coding_names[i][0][0] == coding) {
            return coding_names[i][1];
        }
    }
    return "a coding that is not known here";
}

static bool check_coding(const struct wav *wav)
{
    const struct writer_reporter *report = wav->chunks.report;
    char number[16];
    struct base_details details = {
        .place = {BASE_AT_BYTE(wav->format_at, 2)}, .expected = "integer PCM", .actual = number};
    (void)snprintf(number, sizeof number, "0x%04" PRIX32, wav->coding);
    if (wav->coding == CODING_PCM) {
        return true;
    }
    if (wav->coding == CODING_FLOAT) {
        return writer_report(report, DIAG_SOUND_FORMAT, &details, "the samples are floating-point numbers");
    }
    return writer_report(report, DIAG_SOUND_LOSSY, &details, "the samples are coded as %s", coding_name(wav->coding));
}

static bool check_frame_size(const struct wav *wav)
{
    uint64_t needed = wav->form->channels.value * wav->pcm->width;
    return wav->frame_size == needed || needed == 0 ||
           writer_report(wav->chunks.report, DIAG_SOUND_INVALID,
                         &(struct base_details){.place = {BASE_AT_BYTE(wav->format_at + FRAME_SIZE_AT, 2)},
                                                .expected = writer_decimal(needed).text,
                                                .actual = writer_decimal(wav->frame_size).text},
                         "\"fmt \" has a wrong number of bytes per frame for %" PRIu64 " channel%s of %" PRIu64 " bits",
                         wav->form->channels.value, wav->form->channels.value == 1 ? "" : "s", wav->form->depth.value);
}

bool writer_wav_read(const struct writer_sound_bytes *bytes, const struct writer_sound_container *container,
                     struct writer_sound_form *form, struct writer_pcm *pcm, const struct writer_reporter *report)
{
    struct wav wav = {.chunks = writer_chunks_begin(bytes, container, report), .form = form, .pcm = pcm};
    *form = (struct writer_sound_form){.length_given = true};
    *pcm = (struct writer_pcm){.big_endian = wav.chunks.big_endian, .is_unsigned = true};
    if (!read_first(&wav, container) || !read_chunks(&wav)) {
        return false;
    }
    return check_coding(&wav) && writer_pcm_check(pcm, form, report) && check_frame_size(&wav) &&
           writer_loop_of_smpl(bytes, wav.smpl, wav.chunks.big_endian, &form->loop, report);
}
