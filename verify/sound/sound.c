#include "verify/sound/sound.h"

#include "verify/sound/ending.h"
#include "verify/sound/pcm.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>

enum { BUFFER_SIZE = VERIFY_SOUND_AT_ONCE * VERIFY_SOUND_SOURCE_CHANNELS_MAX * 4, FLAC_RATE_AT = 18 };
_Static_assert(sizeof(int32_t) == VERIFY_SOUND_SAMPLE_BYTES_MAX, "one buffer for both kinds of samples");

static bool is_flac(const struct verify_sound *sound)
{
    return sound->container.kind == VERIFY_SOUND_FLAC;
}

static bool fail(struct verify_sound *sound, uint64_t at, uint64_t length, const char *text)
{
    return verify_sound_fail(&sound->fault, DIAG_SOUND_INVALID, at, length, NULL, "%s", text);
}

/* ---- Samples in chunks ---- */

static bool count_frames(struct verify_sound *sound)
{
    const struct verify_sound_coding *coding = &sound->coding;
    uint64_t size = sound->layout.sample_bytes;
    uint64_t frame = (uint64_t)coding->bytes * coding->channels;
    sound->facts.frames = size / frame;
    sound->facts.has_frames = true;
    if (size % frame != 0) {
        return verify_sound_fail(&sound->fault, DIAG_SOUND_INVALID, sound->layout.first_sample + size - size % frame,
                                 size % frame, NULL, "%" PRIu64 " bytes are left after %" PRIu64 " frames",
                                 size % frame, sound->facts.frames);
    }
    if (sound->facts.frames == 0) {
        return fail(sound, sound->layout.samples.at, 0, "the sound does not have any frames");
    }
    if (coding->frames_at != 0 && sound->layout.length_is_given && coding->frames != sound->facts.frames) {
        return verify_sound_fail(&sound->fault, DIAG_SOUND_INVALID, coding->frames_at, 4, NULL,
                                 "COMM says %" PRIu32 " frames; SSND has %" PRIu64, coding->frames,
                                 sound->facts.frames);
    }
    return true;
}

static bool open_chunked(struct verify_sound *sound)
{
    if (!verify_sound_find_layout(&sound->bytes, &sound->container, &sound->layout) ||
        !verify_sound_check_ending(&sound->bytes, &sound->container, &sound->layout) ||
        !verify_sound_read_coding(&sound->bytes, &sound->container, &sound->layout, &sound->coding) ||
        !count_frames(sound)) {
        return false;
    }
    sound->facts.rate = sound->coding.rate;
    sound->facts.channels = sound->coding.channels;
    sound->facts.depth = sound->coding.bits;
    return true;
}

/* ---- FLAC ---- */

/* Takes over what ended the decoding. Returns false. */
static bool flac_failed(struct verify_sound *sound)
{
    const struct verify_flac *flac = &sound->flac;
    return flac->problem != 0 ? verify_sound_problem(&sound->fault, flac->problem)
                              : fail(sound, flac->at, 0, flac->text != NULL ? flac->text : "the FLAC ends early");
}

static bool open_flac(struct verify_sound *sound)
{
    const struct verify_flac_info *info = &sound->flac.info;
    uint64_t rate_at = sound->container.begin + FLAC_RATE_AT;
    if (!verify_flac_open(&sound->flac, sound->file, sound->container.begin, sound->bytes.task)) {
        return flac_failed(sound);
    }
    sound->facts.rate = info->sample_rate;
    sound->facts.channels = info->channels;
    sound->facts.depth = info->depth;
    sound->facts.frames = info->frames;
    sound->facts.has_frames = info->frames != 0;
    return verify_sound_check_channels(&sound->fault, info->channels, rate_at) &&
           verify_sound_check_rate(&sound->fault, info->sample_rate, rate_at);
}

/* ---- All kinds ---- */

bool verify_sound_open(struct verify_sound *sound, const struct base_file *file, struct base_task *task)
{
    *sound = (struct verify_sound){.file = file, .buffer = malloc(BUFFER_SIZE)};
    if (sound->buffer == NULL) {
        return verify_sound_problem(&sound->fault, ENOMEM);
    }
    if (!verify_sound_bytes_begin(&sound->bytes, file, task, &sound->fault) ||
        !verify_sound_find_container(&sound->bytes, &sound->container)) {
        return false;
    }
    sound->facts.container = sound->container.name;
    return is_flac(sound) ? open_flac(sound) : open_chunked(sound);
}

void verify_sound_close(struct verify_sound *sound)
{
    verify_flac_close(&sound->flac);
    verify_sound_bytes_end(&sound->bytes);
    free(sound->buffer);
    sound->buffer = NULL;
}

/* A sample that 16 bits cannot hold, by its number among those that are being read. */
static bool report_inexact(struct verify_sound *sound, size_t sample)
{
    uint32_t channels = sound->facts.channels;
    uint64_t frame = sound->frame + sample / channels;
    uint64_t at = sound->container.begin;
    uint64_t length = 0;
    if (verify_sound_position(sound, frame, &at)) {
        at += (uint64_t)(sample % channels) * sound->coding.bytes;
        length = sound->coding.bytes;
    }
    return verify_sound_fail(&sound->fault, DIAG_SOUND_FORMAT, at, length, "bits of 0 below the upper 16",
                             "16 bits cannot hold frame %" PRIu64 ", channel %" PRIu64
                             " exactly: the sound has %" PRIu32 " bits per sample",
                             frame, (uint64_t)(sample % channels), sound->facts.depth);
}

static bool read_chunked(struct verify_sound *sound, int16_t *out, size_t frames, size_t *got)
{
    uint64_t rest = sound->facts.frames - sound->frame;
    size_t count = rest < frames ? (size_t)rest : frames;
    size_t samples = count * sound->coding.channels;
    size_t at;
    if (base_task_cancelled(sound->bytes.task)) {
        return verify_sound_problem(&sound->fault, ECANCELED);
    }
    int problem = base_file_read_at(
        sound->file, sound->layout.first_sample + sound->frame * sound->coding.channels * sound->coding.bytes,
        sound->buffer, samples * sound->coding.bytes);
    if (problem != 0) {
        return verify_sound_problem(&sound->fault, problem);
    }
    if (!verify_sound_pcm_decode(&sound->coding, sound->buffer, samples, out, &at)) {
        return report_inexact(sound, at);
    }
    *got = count;
    return true;
}

static bool read_flac(struct verify_sound *sound, int16_t *out, size_t frames, size_t *got)
{
    int32_t *samples = sound->buffer;
    uint64_t rest = sound->facts.has_frames ? sound->facts.frames - sound->frame : UINT64_MAX;
    if (!verify_flac_read(&sound->flac, samples, rest < frames ? (size_t)rest : frames, got)) {
        return flac_failed(sound);
    }
    for (size_t i = 0; i < *got * sound->facts.channels; i++) {
        if (((uint32_t)samples[i] & 0xFFFF) != 0) {
            return report_inexact(sound, i);
        }
        out[i] = (int16_t)(samples[i] / 65536);
    }
    return true;
}

bool verify_sound_read(struct verify_sound *sound, int16_t *out, size_t frames, size_t *got)
{
    *got = 0;
    bool read = is_flac(sound) ? read_flac(sound, out, frames, got) : read_chunked(sound, out, frames, got);
    sound->frame += read ? *got : 0;
    return read;
}

bool verify_sound_finish(struct verify_sound *sound)
{
    if (is_flac(sound)) {
        if (!verify_flac_finish(&sound->flac)) {
            return flac_failed(sound);
        }
        sound->facts.frames = sound->flac.decoded;
        sound->facts.has_frames = true;
    }
    return true;
}

bool verify_sound_read_loop(struct verify_sound *sound, struct verify_sound_loop *loop)
{
    if (is_flac(sound)) {
        const struct verify_flac_comment *comment = &sound->flac.comment;
        *loop = (struct verify_sound_loop){.is_there = comment->loop_start.is_number && comment->loop_length.is_number,
                                           .start = comment->loop_start.number,
                                           .end = comment->loop_start.number + comment->loop_length.number};
    } else {
        verify_sound_find_loop(&sound->bytes, &sound->container, &sound->layout, loop);
    }
    if (!loop->is_there) {
        return verify_sound_fail(&sound->fault, DIAG_SOUND_LOOP, sound->container.begin, 0, "a forward loop",
                                 "the %s does not have a loop that can be taken", sound->facts.container);
    }
    return (loop->start < loop->end && loop->end <= sound->facts.frames) ||
           verify_sound_fail(&sound->fault, DIAG_SOUND_LOOP, sound->container.begin, 0, NULL,
                             "the loop of the source is frame %" PRIu64 " up to %" PRIu64
                             ", not included; the sound has %" PRIu64 " frames",
                             loop->start, loop->end, sound->facts.frames);
}

bool verify_sound_position(const struct verify_sound *sound, uint64_t frame, uint64_t *at)
{
    if (is_flac(sound)) {
        return false;
    }
    *at = sound->layout.first_sample + frame * sound->coding.channels * sound->coding.bytes;
    return true;
}
