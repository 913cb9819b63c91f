#include "writer/sound/input.h"

#include "base/checked.h"
#include "writer/layout.h"
#include "writer/sound/container.h"
#include "writer/sound/flac_sum.h"

#include <inttypes.h>
#include <pthread.h>
#include <sndfile.h>
#include <stdio.h>
#include <stdlib.h>

enum { PIECE_FRAMES = 16384, FLAC_FRAMES_PER_BYTE_MAX = 8192 };

/* What libsndfile reads from. Invariant: at <= size. */
struct stream {
    struct writer_sound_bytes bytes;
    uint64_t size;
    uint64_t at;
    int problem; /* of the first failed read */
};

struct sound {
    struct stream stream;
    SNDFILE *file;
    SF_INFO info;
    struct writer_flac flac; /* while a FLAC is decoded */
    struct writer_flac_sum sum;
};

struct piece {
    int samples[PIECE_FRAMES * WRITER_CHANNELS_MAX];
    uint8_t stored[PIECE_FRAMES * WRITER_CHANNELS_MAX * WRITER_SAMPLE_BYTES];
};

static sf_count_t stream_size(void *context)
{
    const struct stream *stream = context;
    return (sf_count_t)stream->size;
}

/* A position outside the file becomes the nearest one inside. */
static sf_count_t stream_seek(sf_count_t offset, int whence, void *context)
{
    struct stream *stream = context;
    uint64_t from = whence == SEEK_CUR ? stream->at : whence == SEEK_END ? stream->size : 0;
    if (offset < 0) {
        uint64_t back = (uint64_t) - (offset + 1) + 1;
        stream->at = back < from ? from - back : 0;
    } else {
        uint64_t forward = (uint64_t)offset;
        stream->at = forward < stream->size - from ? from + forward : stream->size;
    }
    return (sf_count_t)stream->at;
}

static sf_count_t stream_read(void *out, sf_count_t count, void *context)
{
    struct stream *stream = context;
    uint64_t rest = stream->size - stream->at;
    if (count <= 0 || rest == 0 || stream->problem != 0) {
        return 0;
    }
    size_t size = (uint64_t)count < rest ? (size_t)count : (size_t)rest;
    stream->problem = writer_sound_read(&stream->bytes, stream->at, out, size);
    if (stream->problem != 0) {
        return 0;
    }
    stream->at += size;
    return (sf_count_t)size;
}

static sf_count_t stream_tell(void *context)
{
    const struct stream *stream = context;
    return (sf_count_t)stream->at;
}

static void close_sound(struct sound *sound)
{
    if (sound->file != NULL) {
        (void)sf_close(sound->file);
        sound->file = NULL;
    }
}

static bool open_sound(struct sound *sound, const struct writer_sound_bytes *bytes,
                       const struct writer_reporter *report)
{
    static SF_VIRTUAL_IO io = {stream_size, stream_seek, stream_read, NULL, stream_tell};
    static pthread_mutex_t opening = PTHREAD_MUTEX_INITIALIZER;
    *sound = (struct sound){.stream = {.bytes = *bytes, .size = bytes->file->size}};
    /* A failed open writes its reason into variables that all threads share: they are not read here, but two threads
     * must not write them at once. */
    (void)pthread_mutex_lock(&opening);
    sound->file = sf_open_virtual(&io, SFM_READ, &sound->info, &sound->stream);
    (void)pthread_mutex_unlock(&opening);
    if (sound->stream.problem != 0) {
        /* libsndfile may have opened it all the same, with what it had read so far. */
        close_sound(sound);
        return writer_report_read(report, sound->stream.problem);
    }
    if (sound->file != NULL) {
        return true;
    }
    return writer_report(report, DIAG_SOUND_INVALID, NULL, "the sound file is damaged or of an odd kind");
}

/* Bytes of a stored sample, or 0 when the codec is not taken, which is reported. */
static unsigned check_codec(const SF_INFO *info, const struct writer_reporter *report)
{
    switch (info->format & SF_FORMAT_SUBMASK) {
    case SF_FORMAT_PCM_S8:
    case SF_FORMAT_PCM_U8:
        return 1;
    case SF_FORMAT_PCM_16:
        return 2;
    case SF_FORMAT_PCM_24:
        return 3;
    case SF_FORMAT_PCM_32:
        return 4;
    case SF_FORMAT_FLOAT:
    case SF_FORMAT_DOUBLE:
        (void)writer_report(report, DIAG_SOUND_FORMAT,
                            &(struct base_details){.expected = "integer samples", .actual = "floating-point samples"},
                            "the samples are floating-point numbers");
        return 0;
    default:
        (void)writer_report(report, DIAG_SOUND_LOSSY, &(struct base_details){.expected = "PCM"},
                            "the samples are stored with a lossy codec");
        return 0;
    }
}

static bool check_format(const SF_INFO *info, const struct writer_reporter *report)
{
    bool fine = true;
    if (info->channels < 1 || info->channels > WRITER_CHANNELS_MAX) {
        char shown[16];
        (void)snprintf(shown, sizeof shown, "%d", info->channels);
        fine = writer_report(report, DIAG_SOUND_FORMAT, &(struct base_details){.expected = "1 or 2", .actual = shown},
                             "the sound has %d channels", info->channels);
    }
    if (info->samplerate < WRITER_SAMPLE_RATE_MIN || info->samplerate > WRITER_SAMPLE_RATE_MAX) {
        char shown[16];
        (void)snprintf(shown, sizeof shown, "%d", info->samplerate);
        fine = writer_report(report, DIAG_SOUND_FORMAT,
                             &(struct base_details){.expected = "8000 to 48000", .actual = shown},
                             "the sound has %d frames per second", info->samplerate);
    }
    return fine;
}

/* Whether the number of frames that the header claims can be true. width: bytes of a stored sample. */
static bool check_frames(const struct sound *sound, const struct writer_sound_container *container, unsigned width,
                         const struct writer_reporter *report)
{
    const SF_INFO *info = &sound->info;
    if (info->frames <= 0) {
        return writer_report(report, DIAG_SOUND_INVALID, &(struct base_details){.expected = "1 or more", .actual = "0"},
                             "the sound has no samples");
    }
    uint64_t frames = (uint64_t)info->frames;
    if (container->kind == WRITER_SOUND_FLAC) {
        /* Silence packs well, but not without bound; this also refuses a length that is not known. */
        return frames / FLAC_FRAMES_PER_BYTE_MAX <= sound->stream.size ||
               writer_report(report, DIAG_SOUND_INVALID, &(struct base_details){.actual = writer_decimal(frames).text},
                             "the header claims more frames than the file can hold");
    }
    uint64_t bytes;
    if (!base_mul_u64(frames, (uint64_t)info->channels * width, &bytes) || bytes != container->data_size) {
        return writer_report(report, DIAG_SOUND_INVALID,
                             &(struct base_details){.expected = writer_decimal(container->data_size).text},
                             "%" PRIu64 " frames of %d channels and %u bytes per sample are not the %" PRIu64
                             " bytes of samples in the file",
                             frames, info->channels, width, container->data_size);
    }
    return true;
}

bool writer_sound_probe(const struct base_file *file, struct writer_sound_facts *facts,
                        const struct writer_reporter *report)
{
    struct writer_sound_container container;
    struct sound sound;
    if (!writer_sound_container(file, &container, report) ||
        !open_sound(&sound, &(struct writer_sound_bytes){.file = file}, report)) {
        return false;
    }
    unsigned width = check_codec(&sound.info, report);
    bool format = check_format(&sound.info, report);
    bool fine = width > 0 && format && check_frames(&sound, &container, width, report);
    if (fine) {
        *facts = (struct writer_sound_facts){
            .sample_rate = (uint32_t)sound.info.samplerate,
            .channels = (uint32_t)sound.info.channels,
            .frames = (uint64_t)sound.info.frames,
        };
    }
    close_sound(&sound);
    return fine;
}

static bool is_flac(const struct sound *sound)
{
    return (sound->info.format & SF_FORMAT_TYPEMASK) == SF_FORMAT_FLAC;
}

/* libsndfile stops at the announced end of a FLAC and fills gaps before it with silence: first the FLAC has to be
 * whole. */
static bool begin_flac(struct sound *sound, const struct writer_reporter *report)
{
    if (!is_flac(sound)) {
        return true;
    }
    writer_flac_sum_begin(&sound->sum, &sound->flac);
    return writer_flac_begin(&sound->stream.bytes, &sound->flac, report) &&
           writer_flac_check_blocks(&sound->stream.bytes, &sound->flac, report);
}

/* Stores samples, which libsndfile scales to 32 bits, as 16 bits; none may lose anything. frame: of the first
 * sample. */
static bool store(struct piece *piece, size_t count, uint64_t frame, uint32_t channels,
                  const struct writer_reporter *report)
{
    for (size_t i = 0; i < count; i++) {
        uint32_t sample = (uint32_t)piece->samples[i];
        if ((sample & 0xFFFF) != 0) {
            char shown[16];
            (void)snprintf(shown, sizeof shown, "0x%08x", (unsigned)sample);
            return writer_report(
                report, DIAG_SOUND_FORMAT,
                &(struct base_details){.expected = "samples that 16 bits hold exactly", .actual = shown},
                "frame %" PRIu64 ", channel %zu has a sample that 16 bits cannot hold: %s", frame + i / channels,
                i % channels, shown);
        }
        base_store_le16(piece->stored + i * WRITER_SAMPLE_BYTES, (uint16_t)(sample >> 16));
    }
    return true;
}

static bool decode_all(struct sound *sound, const struct writer_sound_facts *facts, struct piece *piece,
                       writer_sound_sink sink, void *context, const struct writer_reporter *report)
{
    for (uint64_t frame = 0; frame < facts->frames;) {
        uint64_t rest = facts->frames - frame;
        sf_count_t wanted = rest < PIECE_FRAMES ? (sf_count_t)rest : PIECE_FRAMES;
        sf_count_t got = sf_readf_int(sound->file, piece->samples, wanted);
        if (sound->stream.problem != 0) {
            return writer_report_read(report, sound->stream.problem);
        }
        if (got != wanted || sf_error(sound->file) != SF_ERR_NO_ERROR) {
            return writer_report(report, DIAG_SOUND_INVALID,
                                 &(struct base_details){.expected = writer_decimal(facts->frames).text},
                                 "the sound is damaged: it cannot be decoded beyond frame %" PRIu64,
                                 frame + (uint64_t)(got > 0 ? got : 0));
        }
        size_t count = (size_t)got * facts->channels;
        if (is_flac(sound)) {
            writer_flac_sum_add(&sound->sum, piece->samples, count);
        }
        if (!store(piece, count, frame, facts->channels, report) ||
            !sink(context, base_bytes_make(piece->stored, count * WRITER_SAMPLE_BYTES))) {
            return false;
        }
        frame += (uint64_t)got;
    }
    return !is_flac(sound) || writer_flac_sum_check(&sound->sum, report);
}

bool writer_sound_decode(const struct writer_sound_bytes *bytes, const struct writer_sound_facts *facts,
                         writer_sound_sink sink, void *context, const struct writer_reporter *report)
{
    struct sound sound;
    if (!open_sound(&sound, bytes, report)) {
        return false;
    }
    struct piece *piece = malloc(sizeof *piece);
    bool done;
    if (piece == NULL) {
        done = writer_report_memory(report->findings);
    } else if ((uint64_t)sound.info.frames != facts->frames || (uint32_t)sound.info.channels != facts->channels ||
               (uint32_t)sound.info.samplerate != facts->sample_rate) {
        done = writer_report(report, DIAG_INPUT_CHANGED, NULL, "the sound changed while the build ran");
    } else {
        done = begin_flac(&sound, report) && decode_all(&sound, facts, piece, sink, context, report);
    }
    free(piece);
    close_sound(&sound);
    return done;
}
