#include "verify/sources/compare_sound.h"

#include "verify/core/findings.h"
#include "verify/core/format.h"

#include <inttypes.h>
#include <sndfile.h>
#include <stdio.h>
#include <stdlib.h>

enum { FRAMES_AT_ONCE = 8192 };

/* The file as libsndfile reads it. */
struct stream {
    const struct base_file *file;
    sf_count_t at;
    int problem;
};

/* One comparison. */
struct comparison {
    const struct verify_source_asset *asset;
    const char *shown;
    SNDFILE *sound;
    const struct stream *stream;
    unsigned channels;
    bool floating; /* the file has floating-point samples */
    int *integers;
    double *fractions;
    uint8_t *stored;
};

/* ---- libsndfile's virtual file ---- */

static sf_count_t stream_length(void *user)
{
    const struct stream *stream = user;
    return stream->file->size <= INT64_MAX ? (sf_count_t)stream->file->size : 0;
}

static sf_count_t stream_seek(sf_count_t offset, int whence, void *user)
{
    struct stream *stream = user;
    sf_count_t from = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? stream->at : stream_length(user);
    if (offset < -from || offset > INT64_MAX - from) {
        return -1;
    }
    stream->at = from + offset;
    return stream->at;
}

static sf_count_t stream_read(void *out, sf_count_t count, void *user)
{
    struct stream *stream = user;
    sf_count_t left = stream_length(user) - stream->at;
    if (left <= 0 || count <= 0) {
        return 0;
    }
    count = count < left ? count : left;
    int problem = base_file_read_at(stream->file, (uint64_t)stream->at, out, (size_t)count);
    if (problem != 0) {
        stream->problem = problem;
        return 0;
    }
    stream->at += count;
    return count;
}

static sf_count_t stream_write(const void *data, sf_count_t count, void *user)
{
    (void)data;
    (void)count;
    (void)user;
    return 0;
}

static sf_count_t stream_tell(void *user)
{
    const struct stream *stream = user;
    return stream->at;
}

/* ---- Samples ---- */

/* Reads up to `frames` frames as integers of 32 bits whose upper 16 are the sample. Floating-point files hold exact
 * 16-bit samples as multiples of 2^-15. */
static sf_count_t read_frames(const struct comparison *comparison, sf_count_t frames, bool *exact)
{
    *exact = true;
    if (!comparison->floating) {
        return sf_readf_int(comparison->sound, comparison->integers, frames);
    }
    sf_count_t count = sf_readf_double(comparison->sound, comparison->fractions, frames);
    for (sf_count_t i = 0; i < count * (sf_count_t)comparison->channels; i++) {
        double sample = comparison->fractions[i] * 32768.0;
        if (!(sample >= -32768.0 && sample <= 32767.0) || sample != (double)(int)sample) {
            *exact = false;
            return count;
        }
        comparison->integers[i] = (int)sample * 65536;
    }
    return count;
}

static bool samples_equal(const struct comparison *comparison, size_t count, size_t *differs)
{
    struct base_bytes stored = base_bytes_make(comparison->stored, count * READER_SOUND_SAMPLE_BYTES);
    for (size_t i = 0; i < count; i++) {
        int16_t sample;
        if (!pp_sound_decode(stored, i, &sample, 1) || comparison->integers[i] != (int)sample * 65536) {
            *differs = i;
            return false;
        }
    }
    return true;
}

/* One block of frames of the file against the payload. False when the comparison is over, which is reported. */
static bool compare_block(const struct comparison *comparison, uint64_t frame, uint32_t frames)
{
    const struct verify_source_asset *asset = comparison->asset;
    uint64_t frame_size = (uint64_t)comparison->channels * READER_SOUND_SAMPLE_BYTES;
    uint64_t position = verify_payload_position(asset->facts, asset->known) + frame * frame_size;
    bool exact;
    size_t differs;
    sf_count_t count = read_frames(comparison, frames, &exact);
    if (comparison->stream->problem != 0) {
        return false; /* the caller reports it */
    }
    if (count != (sf_count_t)frames || !exact) {
        verify_report_source(asset, DIAG_SOURCE_MISMATCH, comparison->shown, -1,
                             exact ? "the sound ends among the %" PRIu32 " frames from %" PRIu64 " on"
                                   : "16 bits cannot hold one of the %" PRIu32 " frames from %" PRIu64 " on",
                             frames, frame);
        return false;
    }
    int problem = verify_file_read(&asset->subject->input, position, comparison->stored, (size_t)(frames * frame_size));
    if (problem != 0) {
        verify_report_read_failure(&asset->sink->findings, asset->subject->path, position, problem);
        return false;
    }
    if (!samples_equal(comparison, (size_t)frames * comparison->channels, &differs)) {
        frame += differs / comparison->channels;
        verify_report_source(asset, DIAG_SOURCE_MISMATCH, comparison->shown, -1,
                             "the payload has another sample in frame %" PRIu64, frame);
        return false;
    }
    return true;
}

static void compare_samples(const struct comparison *comparison)
{
    uint64_t frames = comparison->asset->known->size / ((uint64_t)comparison->channels * READER_SOUND_SAMPLE_BYTES);
    uint32_t count = 0;
    struct base_task *task = comparison->asset->subject->options->task;
    for (uint64_t frame = 0; frame < frames && !base_task_cancelled(task); frame += count) {
        count = frames - frame < FRAMES_AT_ONCE ? (uint32_t)(frames - frame) : FRAMES_AT_ONCE;
        if (!compare_block(comparison, frame, count)) {
            return;
        }
    }
}

/* ---- The sound as a whole ---- */

static bool is_floating(const SF_INFO *info)
{
    int subtype = info->format & SF_FORMAT_SUBMASK;
    return subtype == SF_FORMAT_FLOAT || subtype == SF_FORMAT_DOUBLE;
}

static bool facts_equal(const struct comparison *comparison, const SF_INFO *info)
{
    const struct verify_entry *known = comparison->asset->known;
    uint64_t frame_bytes = (uint64_t)known->bank_facts.sound.channels * READER_SOUND_SAMPLE_BYTES;
    uint64_t frames = known->size / frame_bytes;
    if (info->channels != known->bank_facts.sound.channels || info->samplerate != known->bank_facts.sound.sample_rate ||
        info->frames < 0 || (uint64_t)info->frames != frames) {
        verify_report_source(comparison->asset, DIAG_SOURCE_MISMATCH, comparison->shown, -1,
                             "the sound has %d channels, %d frames a second and %lld frames; the pack says otherwise",
                             info->channels, info->samplerate, (long long)info->frames);
        return false;
    }
    return true;
}

static void compare_open(struct comparison *comparison, const SF_INFO *info)
{
    if (!facts_equal(comparison, info)) {
        return;
    }
    comparison->channels = (unsigned)info->channels;
    comparison->floating = is_floating(info);
    comparison->integers = calloc((size_t)FRAMES_AT_ONCE * VERIFY_SOUND_CHANNELS_MAX, sizeof *comparison->integers);
    comparison->fractions = calloc((size_t)FRAMES_AT_ONCE * VERIFY_SOUND_CHANNELS_MAX, sizeof *comparison->fractions);
    comparison->stored = malloc((size_t)FRAMES_AT_ONCE * VERIFY_SOUND_CHANNELS_MAX * READER_SOUND_SAMPLE_BYTES);
    if (comparison->integers == NULL || comparison->fractions == NULL || comparison->stored == NULL) {
        base_report_out_of_memory(&comparison->asset->sink->findings, comparison->shown);
    } else {
        compare_samples(comparison);
    }
    free(comparison->integers);
    free(comparison->fractions);
    free(comparison->stored);
}

void verify_compare_sound(const struct verify_source_asset *asset, const char *path)
{
    struct base_file file;
    char *shown;
    if (!verify_source_open(asset, path, &file, &shown)) {
        return;
    }
    struct stream stream = {.file = &file};
    SF_VIRTUAL_IO io = {.get_filelen = stream_length,
                        .seek = stream_seek,
                        .read = stream_read,
                        .write = stream_write,
                        .tell = stream_tell};
    SF_INFO info = {.format = 0};
    struct comparison comparison = {.asset = asset, .shown = shown, .stream = &stream};
    comparison.sound = sf_open_virtual(&io, SFM_READ, &info, &stream);
    if (comparison.sound != NULL && stream.problem == 0) {
        compare_open(&comparison, &info);
    }
    if (comparison.sound != NULL) {
        (void)sf_close(comparison.sound);
    }
    if (stream.problem != 0) {
        verify_report_read_failure(&asset->sink->findings, shown, 0, stream.problem);
    } else if (comparison.sound == NULL) {
        verify_report_source(asset, DIAG_SOURCE_MISMATCH, shown, -1, "the sound cannot be read");
    }
    base_file_close(&file);
    free(shown);
}
