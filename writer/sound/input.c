#include "writer/sound/input.h"

#include "writer/layout.h"
#include "writer/sound/aiff.h"
#include "writer/sound/container.h"
#include "writer/sound/flac_decode.h"
#include "writer/sound/wav.h"
#include "writer/source.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { FLAC_FRAMES_PER_BYTE_MAX = 8192, FLAC_DEPTH_MIN = 4 };

/* An open sound: what it says, and where its samples are. */
struct sound {
    struct writer_sound_container container;
    struct writer_sound_form form;
    struct writer_pcm pcm;   /* of all kinds but FLAC */
    struct writer_flac flac; /* of a FLAC */
};

/* ---- Reading the head ---- */

static void take_flac_form(struct sound *sound)
{
    enum { RATE_AT = 10, CHANNELS_AT = 12, DEPTH_AT = 12 };
    const struct writer_flac *flac = &sound->flac;
    uint64_t at = flac->streaminfo_at;
    sound->form = (struct writer_sound_form){
        .sample_rate = {.value = flac->sample_rate, .at = at + RATE_AT, .size = 3},
        .channels = {.value = flac->channels, .at = at + CHANNELS_AT, .size = 1},
        .depth = {.value = flac->depth, .at = at + DEPTH_AT, .size = 2},
        .frames = flac->frames,
        .length_given = flac->frames != 0,
    };
}

/* Silence packs well, but not without bound. */
static bool check_flac_frames(const struct sound *sound, const struct writer_sound_bytes *bytes,
                              const struct writer_reporter *report)
{
    uint64_t frames = sound->flac.frames;
    return frames / FLAC_FRAMES_PER_BYTE_MAX <= bytes->file->size ||
           writer_report(report, DIAG_SOUND_INVALID, &(struct base_details){.actual = writer_decimal(frames).text},
                         "the header claims more frames than the file can hold");
}

static bool read_flac(struct sound *sound, const struct writer_sound_bytes *bytes, const struct writer_reporter *report)
{
    if (!writer_flac_begin(bytes, sound->container.begin, &sound->flac, report)) {
        return false;
    }
    take_flac_form(sound);
    if (sound->flac.depth < FLAC_DEPTH_MIN) {
        return writer_report(report, DIAG_SOUND_FORMAT,
                             &(struct base_details){.place = {BASE_AT_BYTE(sound->form.depth.at, 2)},
                                                    .expected = "4 to 32",
                                                    .actual = writer_decimal(sound->flac.depth).text},
                             "the number of bits per sample is out of range");
    }
    return check_flac_frames(sound, bytes, report) &&
           (sound->form.length_given || writer_flac_check_blocks(bytes, &sound->flac, &sound->form.frames, report)) &&
           writer_loop_of_comment(bytes, sound->flac.comment, &sound->form.loop, report);
}

static bool check_number(const struct writer_sound_number *number, uint64_t least, uint64_t most, const char *expected,
                         const char *what, const struct writer_reporter *report)
{
    return number->size == 0 || (number->value >= least && number->value <= most) ||
           writer_report(report, DIAG_SOUND_FORMAT,
                         &(struct base_details){.place = {BASE_AT_BYTE(number->at, number->size)},
                                                .expected = expected,
                                                .actual = writer_decimal(number->value).text},
                         "%s is out of range", what);
}

/* Whether channels and rate are what a sound may have, if they could be read at all. */
static bool check_form(const struct writer_sound_form *form, const struct writer_reporter *report)
{
    bool fine =
        check_number(&form->channels, 1, WRITER_SOURCE_CHANNELS_MAX, "1 or 2", "the number of channels", report);
    return check_number(&form->sample_rate, WRITER_SAMPLE_RATE_MIN, WRITER_SAMPLE_RATE_MAX,
                        "8000 to 48000 frames per second", "the sample rate", report) &&
           fine;
}

static bool read_kind(struct sound *sound, const struct writer_sound_bytes *bytes, const struct writer_reporter *report)
{
    switch (sound->container.kind) {
    case WRITER_SOUND_FLAC:
        return read_flac(sound, bytes, report);
    case WRITER_SOUND_AIFF:
    case WRITER_SOUND_AIFF_C:
        return writer_aiff_read(bytes, &sound->container, &sound->form, &sound->pcm, report);
    case WRITER_SOUND_WAV:
    case WRITER_SOUND_RIFX:
    case WRITER_SOUND_RF64:
    case WRITER_SOUND_WAVE64:
        break;
    }
    return writer_wav_read(bytes, &sound->container, &sound->form, &sound->pcm, report);
}

static bool open_sound(struct sound *sound, const struct writer_sound_bytes *bytes,
                       const struct writer_reporter *report)
{
    *sound = (struct sound){.form = {.length_given = true}};
    if (!writer_sound_container(bytes, &sound->container, report)) {
        return false;
    }
    bool fine = read_kind(sound, bytes, report);
    return !base_task_cancelled(bytes->task) && check_form(&sound->form, report) && fine;
}

bool writer_sound_probe(const struct writer_sound_bytes *bytes, struct writer_sound_facts *facts,
                        const struct writer_reporter *report)
{
    struct sound sound;
    if (!open_sound(&sound, bytes, report)) {
        return false;
    }
    *facts = (struct writer_sound_facts){
        .sample_rate = (uint32_t)sound.form.sample_rate.value,
        .channels = (uint32_t)sound.form.channels.value,
        .frames = sound.form.frames,
        .length_given = sound.form.length_given,
        .loop = sound.form.loop,
    };
    return true;
}

/* ---- Samples ---- */

/* Where decoded frames go. */
struct storing {
    const struct sound *sound;
    uint32_t source_channels;
    enum workspace_channels channels;
    uint64_t frame; /* of the next frame */
    writer_sound_sink sink;
    void *context;
    const struct writer_reporter *report;
    uint8_t stored[WRITER_PIECE_FRAMES * WRITER_SOURCE_CHANNELS_MAX * WRITER_SAMPLE_BYTES];
};

/* sample: number `index` of the piece. */
static bool refuse_sample(const struct storing *storing, const int32_t *samples, size_t index)
{
    const struct sound *sound = storing->sound;
    bool coded = sound->container.kind == WRITER_SOUND_FLAC;
    unsigned bits = coded ? sound->flac.depth : 8 * sound->pcm.width;
    uint64_t frame = storing->frame + index / storing->source_channels;
    size_t channel = index % storing->source_channels;
    char expected[64];
    char actual[32];
    (void)snprintf(expected, sizeof expected, "%u low bits that are 0", bits - 16);
    (void)snprintf(actual, sizeof actual, "0x%0*" PRIx32, (int)(bits + 3) / 4,
                   (uint32_t)samples[index] >> (WRITER_DEPTH_MAX - bits));
    struct base_details details = {.place = {BASE_AT_FRAME(frame)}, .expected = expected, .actual = actual};
    if (!coded) {
        uint64_t at = (frame * storing->source_channels + channel) * sound->pcm.width;
        details.place =
            (struct base_place){BASE_AT_BYTE(sound->pcm.begin + at, sound->pcm.width), BASE_AT_FRAME(frame)};
    }
    return writer_report(storing->report, DIAG_SOUND_FORMAT, &details,
                         "16 bits do not hold the sample of %" PRIu64 " bits in frame %" PRIu64 ", channel %zu",
                         sound->form.depth.value, frame, channel);
}

static int32_t upper_half(int32_t sample)
{
    return sample / 65536; /* exact: the lower half is 0 */
}

/* One frame of a stereo source as a mono sample. */
static int32_t make_mono(enum workspace_channels channels, int32_t left, int32_t right)
{
    int32_t sum = left + right;
    switch (channels) {
    case WORKSPACE_CHANNELS_RIGHT:
        return right;
    case WORKSPACE_CHANNELS_MIX:
        return (sum - (sum & 1)) / 2; /* sum >> 1, arithmetic */
    case WORKSPACE_CHANNELS_LEFT:
    case WORKSPACE_CHANNELS_ALL:
        break;
    }
    return left;
}

/* Stores frames as 16 bits. No sample may lose anything, of a channel that is dropped neither. */
static bool store(void *context, const int32_t *samples, size_t frames)
{
    struct storing *storing = context;
    size_t count = frames * storing->source_channels;
    bool mono = storing->source_channels == 2 && storing->channels != WORKSPACE_CHANNELS_ALL;
    for (size_t i = 0; i < count; i++) {
        if (((uint32_t)samples[i] & 0xFFFF) != 0) {
            return refuse_sample(storing, samples, i);
        }
    }
    size_t stored = mono ? frames : count;
    for (size_t i = 0; i < stored; i++) {
        int32_t sample = mono ? make_mono(storing->channels, upper_half(samples[2 * i]), upper_half(samples[2 * i + 1]))
                              : upper_half(samples[i]);
        base_store_le16(storing->stored + i * WRITER_SAMPLE_BYTES, (uint16_t)sample);
    }
    storing->frame += frames;
    return storing->sink(storing->context, base_bytes_make(storing->stored, stored * WRITER_SAMPLE_BYTES));
}

static bool decode(struct storing *storing, const struct writer_sound_bytes *bytes)
{
    const struct sound *sound = storing->sound;
    uint64_t frames;
    if (sound->container.kind != WRITER_SOUND_FLAC) {
        return writer_pcm_decode(bytes, &sound->pcm, &sound->form, store, storing, storing->report);
    }
    return writer_flac_check_blocks(bytes, &sound->flac, &frames, storing->report) &&
           writer_flac_decode(bytes, &sound->flac, frames, store, storing, storing->report);
}

bool writer_sound_decode(const struct writer_sound_bytes *bytes, const struct writer_sound_facts *facts,
                         enum workspace_channels channels, writer_sound_sink sink, void *context,
                         const struct writer_reporter *report)
{
    struct sound sound;
    if (!open_sound(&sound, bytes, report)) {
        return false;
    }
    if (sound.form.frames != facts->frames || sound.form.channels.value != facts->channels ||
        sound.form.sample_rate.value != facts->sample_rate) {
        return writer_report(report, DIAG_INPUT_CHANGED, NULL, "the sound changed while the build ran");
    }
    struct storing *storing = malloc(sizeof *storing);
    if (storing == NULL) {
        return writer_report_memory(report->findings);
    }
    storing->sound = &sound;
    storing->source_channels = facts->channels;
    storing->channels = channels;
    storing->frame = 0;
    storing->sink = sink;
    storing->context = context;
    storing->report = report;
    bool done = decode(storing, bytes);
    free(storing);
    return done;
}
