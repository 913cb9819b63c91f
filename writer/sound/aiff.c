#include "writer/sound/aiff.h"

#include "writer/sound/chunks.h"
#include "writer/sound/ending.h"
#include "writer/sound/loop.h"
#include "writer/sound/pcm.h"
#include "writer/source.h"

#include <inttypes.h>
#include <string.h>

/* Of "COMM". */
enum {
    COMMON_SIZE = 18,
    COMMON_C_SIZE = 22, /* of AIFF-C */
    FRAMES_AT = 2,
    DEPTH_AT = 6,
    RATE_AT = 8,
    RATE_SIZE = 10,
    CODING_AT = 18,
    CODING_SIZE = 4,
};

enum { SAMPLES_HEAD_SIZE = 8 /* of "SSND": offset, block size */ };

/* The codings of AIFF-C that are taken. */
struct coding {
    const char *name;
    bool little_endian;
    bool is_unsigned; /* with samples of one byte */
    uint32_t width;   /* of a sample; 0: any */
};

static const struct coding codings[] = {
    {"NONE", false, false, 0}, {"twos", false, false, 0}, {"sowt", true, false, 0},
    {"raw ", false, true, 0},  {"in24", false, false, 3}, {"in32", false, false, 4},
    {"42ni", true, false, 3},  {"42n1", true, false, 3},  {"23ni", true, false, 4},
};

static const char *const floats[] = {"fl32", "FL32", "fl64", "FL64"};

struct aiff {
    struct writer_chunks chunks;
    bool is_c;
    bool has_common;
    uint64_t common_at; /* its content */
    uint64_t common_frames;
    char coding[CODING_SIZE + 1];
    bool has_samples;
    struct writer_sound_part instrument;
    struct writer_sound_part markers;
    struct writer_sound_form *form;
    struct writer_pcm *pcm;
};

/* An 80-bit floating-point number, without its fraction; what is too large becomes 2^32-1, what is negative 0. */
static uint64_t load_extended(const uint8_t *at)
{
    enum { BIAS = 16383, MANTISSA_BITS = 64 };
    uint64_t head = writer_sound_load(at, 2, true);
    uint64_t mantissa = writer_sound_load(at + 2, 8, true);
    uint64_t exponent = head & 0x7FFF;
    if ((head & 0x8000) != 0 || exponent < BIAS) {
        return 0;
    }
    exponent -= BIAS;
    return exponent < 32 ? mantissa >> (MANTISSA_BITS - 1 - exponent) : UINT32_MAX;
}

static bool read_common(struct aiff *aiff, const struct writer_chunk *chunk)
{
    uint8_t common[COMMON_C_SIZE];
    if (aiff->has_common) {
        return true;
    }
    if (!writer_chunk_read(&aiff->chunks, chunk, common, aiff->is_c ? COMMON_C_SIZE : COMMON_SIZE)) {
        return false;
    }
    aiff->has_common = true;
    aiff->common_at = chunk->begin;
    aiff->common_frames = writer_sound_load(common + FRAMES_AT, 4, true);
    memcpy(aiff->coding, aiff->is_c ? (const char *)common + CODING_AT : "NONE", CODING_SIZE);
    aiff->form->channels =
        (struct writer_sound_number){.value = writer_sound_load(common, 2, true), .at = chunk->begin, .size = 2};
    aiff->form->depth = (struct writer_sound_number){
        .value = writer_sound_load(common + DEPTH_AT, 2, true), .at = chunk->begin + DEPTH_AT, .size = 2};
    aiff->form->sample_rate = (struct writer_sound_number){
        .value = load_extended(common + RATE_AT), .at = chunk->begin + RATE_AT, .size = RATE_SIZE};
    return true;
}

static void keep(struct writer_sound_part *part, const struct writer_chunk *chunk, const char *id)
{
    if (part->size == 0 && writer_chunk_is(chunk, id)) {
        *part = (struct writer_sound_part){.at = chunk->begin, .size = chunk->size};
    }
}

/* One chunk that lies inside the file. */
static bool read_chunk(struct aiff *aiff, const struct writer_chunk *chunk)
{
    keep(&aiff->instrument, chunk, "INST");
    keep(&aiff->markers, chunk, "MARK");
    if (writer_chunk_is(chunk, "COMM") && !read_common(aiff, chunk)) {
        return false;
    }
    writer_chunks_leave(&aiff->chunks, chunk, chunk->size);
    return true;
}

/* The head of "SSND" says how many bytes come before the first sample. */
static bool read_samples(struct aiff *aiff, const struct writer_chunk *chunk)
{
    uint8_t head[SAMPLES_HEAD_SIZE];
    struct writer_chunk whole = *chunk;
    if (!writer_chunks_measure(&aiff->chunks, chunk, chunk->number, &whole.size, &aiff->form->length_given) ||
        !writer_chunk_read(&aiff->chunks, &whole, head, sizeof head)) {
        return false;
    }
    uint64_t skipped = sizeof head + writer_sound_load(head, 4, true);
    if (skipped > whole.size) {
        return writer_report(aiff->chunks.report, DIAG_SOUND_INVALID,
                             &(struct base_details){.place = {BASE_AT_BYTE(chunk->begin, 4)}},
                             "the samples begin beyond the end of their chunk \"SSND\"");
    }
    aiff->has_samples = true;
    aiff->pcm->begin = chunk->begin + skipped;
    aiff->pcm->size = whole.size - skipped;
    writer_chunks_leave(&aiff->chunks, chunk, whole.size);
    return true;
}

static bool check_end(const struct aiff *aiff)
{
    const struct writer_ending_size whole = {.at = aiff->chunks.origin + 4, .size = 4, .uncounted = 8};
    return aiff->form->length_given ? writer_ending_check_lines(&aiff->chunks, whole)
                                    : writer_ending_check_samples(&aiff->chunks, aiff->pcm->begin, true);
}

/* The chunks after the samples: what is not a chunk ends them. */
static bool read_rest(struct aiff *aiff)
{
    struct writer_chunk chunk;
    for (unsigned i = 0;
         i < WRITER_CHUNKS_MAX && writer_chunks_next(&aiff->chunks, &chunk) && writer_chunk_fits(&aiff->chunks, &chunk);
         i++) {
        if (!read_chunk(aiff, &chunk)) {
            return false;
        }
    }
    return check_end(aiff) &&
           (aiff->has_common || writer_report(aiff->chunks.report, DIAG_SOUND_INVALID,
                                              &(struct base_details){.place = {BASE_AT_BYTE(aiff->chunks.at, 0)}},
                                              "the file has no chunk \"COMM\", which says what its samples are"));
}

static bool read_chunks(struct aiff *aiff)
{
    struct writer_chunk chunk;
    for (;;) {
        if (!writer_chunks_next(&aiff->chunks, &chunk)) {
            return writer_chunks_refuse(&aiff->chunks, "SSND");
        }
        if (writer_chunk_is(&chunk, "SSND")) {
            return read_samples(aiff, &chunk) && read_rest(aiff);
        }
        if (aiff->chunks.left == WRITER_CHUNKS_MAX) {
            return writer_chunks_refuse_number(&aiff->chunks);
        }
        if (!writer_chunk_fits(&aiff->chunks, &chunk)) {
            return writer_chunk_refuse_size(&aiff->chunks, &chunk);
        }
        if (!read_chunk(aiff, &chunk)) {
            return false;
        }
    }
}

/* ---- What the samples are ---- */

static const struct coding *find_coding(const struct aiff *aiff)
{
    for (size_t i = 0; i < sizeof codings / sizeof codings[0]; i++) {
        if (strcmp(codings[i].name, aiff->coding) == 0) {
            return &codings[i];
        }
    }
    return NULL;
}

static bool refuse_coding(const struct aiff *aiff)
{
    const struct base_details details = {.place = {BASE_AT_BYTE(aiff->common_at + CODING_AT, CODING_SIZE)},
                                         .expected = "integer PCM",
                                         .actual_bytes = base_bytes_make(aiff->coding, CODING_SIZE)};
    for (size_t i = 0; i < sizeof floats / sizeof floats[0]; i++) {
        if (strcmp(floats[i], aiff->coding) == 0) {
            return writer_report(aiff->chunks.report, DIAG_SOUND_FORMAT, &details,
                                 "the samples are floating-point numbers");
        }
    }
    return writer_report(aiff->chunks.report, DIAG_SOUND_LOSSY, &details, "the samples are not coded as integers");
}

static bool check_coding(struct aiff *aiff)
{
    const struct coding *coding = find_coding(aiff);
    if (coding == NULL) {
        return refuse_coding(aiff);
    }
    aiff->pcm->big_endian = !coding->little_endian;
    aiff->pcm->is_unsigned = coding->is_unsigned;
    if (!writer_pcm_check(aiff->pcm, aiff->form, aiff->chunks.report)) {
        return false;
    }
    return coding->width == 0 || coding->width == aiff->pcm->width ||
           writer_report(aiff->chunks.report, DIAG_SOUND_INVALID,
                         &(struct base_details){.place = {BASE_AT_BYTE(aiff->form->depth.at, aiff->form->depth.size)},
                                                .actual = writer_decimal(aiff->form->depth.value).text},
                         "\"COMM\" has a number of bits per sample that its coding \"%s\" does not have", coding->name);
}

static bool check_frames(const struct aiff *aiff)
{
    return !aiff->form->length_given || aiff->form->channels.value == 0 || aiff->common_frames == aiff->form->frames ||
           writer_report(aiff->chunks.report, DIAG_SOUND_INVALID,
                         &(struct base_details){.place = {BASE_AT_BYTE(aiff->common_at + FRAMES_AT, 4)},
                                                .expected = writer_decimal(aiff->form->frames).text,
                                                .actual = writer_decimal(aiff->common_frames).text},
                         "\"COMM\" has another number of frames than \"SSND\"");
}

bool writer_aiff_read(const struct writer_sound_bytes *bytes, const struct writer_sound_container *container,
                      struct writer_sound_form *form, struct writer_pcm *pcm, const struct writer_reporter *report)
{
    struct aiff aiff = {.chunks = writer_chunks_begin(bytes, container, report),
                        .is_c = container->kind == WRITER_SOUND_AIFF_C,
                        .form = form,
                        .pcm = pcm};
    *form = (struct writer_sound_form){.length_given = true};
    *pcm = (struct writer_pcm){.begin = 0};
    return read_chunks(&aiff) && check_coding(&aiff) && check_frames(&aiff) &&
           writer_loop_of_instrument(bytes, aiff.instrument, aiff.markers, &form->loop, report);
}
