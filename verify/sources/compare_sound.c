#include "verify/sources/compare_sound.h"

#include "verify/core/findings.h"
#include "verify/core/format.h"
#include "verify/flac/flac.h"
#include "verify/sources/sound_library.h"

#include <inttypes.h>
#include <stdlib.h>

enum { SAMPLES_AT_ONCE = VERIFY_SOUND_AT_ONCE * VERIFY_SOUND_CHANNELS_MAX };

/* One comparison. */
struct comparison {
    const struct verify_source_asset *asset;
    const char *shown;
    struct verify_flac *flac;             /* NULL: through the library */
    struct verify_sound_library *library; /* or NULL */
    unsigned channels;
    int32_t *samples;
    uint8_t *stored;
};

/* ---- The source ---- */

static void report_faulty_flac(const struct comparison *comparison)
{
    const struct verify_flac *flac = comparison->flac;
    if (flac->problem != 0) {
        verify_report_read_failure(&comparison->asset->sink->findings, comparison->shown, 0, flac->problem);
    } else if (flac->text != NULL) {
        verify_report_source(comparison->asset, DIAG_SOUND_INVALID,
                             &(struct base_place){.file = comparison->shown, BASE_AT_BYTE(flac->at, 0)}, "%s",
                             flac->text);
    }
}

/* Reads the next frames, scaled to 32 bits. False when that is not possible, which is reported. */
static bool read_frames(const struct comparison *comparison, uint64_t frame, uint32_t frames)
{
    if (comparison->flac != NULL) {
        if (!verify_flac_read(comparison->flac, comparison->samples, frames)) {
            report_faulty_flac(comparison);
            return false;
        }
        return true;
    }
    size_t got;
    bool exact;
    int problem = verify_sound_library_read(comparison->library, comparison->samples, frames, &got, &exact);
    if (problem != 0) {
        verify_report_read_failure(&comparison->asset->sink->findings, comparison->shown, 0, problem);
    } else if (got != frames || !exact) {
        verify_report_source(comparison->asset, DIAG_SOURCE_MISMATCH, &(struct base_place){.file = comparison->shown},
                             exact ? "the sound ends among the %" PRIu32 " frames from %" PRIu64 " on"
                                   : "16 bits cannot hold one of the %" PRIu32 " frames from %" PRIu64 " on",
                             frames, frame);
    }
    return problem == 0 && got == frames && exact;
}

/* ---- Samples ---- */

static bool samples_equal(const struct comparison *comparison, size_t count, size_t *differs)
{
    struct base_bytes stored = base_bytes_make(comparison->stored, count * READER_SOUND_SAMPLE_BYTES);
    for (size_t i = 0; i < count; i++) {
        int16_t sample;
        if (!pp_sound_decode(stored, i, &sample, 1) || comparison->samples[i] != (int)sample * 65536) {
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
    size_t differs;
    if (!read_frames(comparison, frame, frames)) {
        return false;
    }
    int problem = verify_file_read(&asset->subject->input, position, comparison->stored, (size_t)(frames * frame_size));
    if (problem != 0) {
        verify_report_read_failure(&asset->sink->findings, asset->subject->path, position, problem);
        return false;
    }
    if (!samples_equal(comparison, (size_t)frames * comparison->channels, &differs)) {
        frame += differs / comparison->channels;
        verify_report_source(asset, DIAG_SOURCE_MISMATCH, &(struct base_place){.file = comparison->shown},
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
    for (uint64_t frame = 0; frame < frames; frame += count) {
        count = frames - frame < VERIFY_SOUND_AT_ONCE ? (uint32_t)(frames - frame) : VERIFY_SOUND_AT_ONCE;
        if (base_task_cancelled(task) || !compare_block(comparison, frame, count)) {
            return;
        }
    }
    if (comparison->flac != NULL && !verify_flac_finish(comparison->flac)) {
        report_faulty_flac(comparison);
    }
}

/* ---- The sound as a whole ---- */

static bool facts_equal(const struct comparison *comparison, const struct verify_sound_facts *facts)
{
    const struct verify_entry *known = comparison->asset->known;
    uint64_t frame_bytes = (uint64_t)known->bank_facts.sound.channels * READER_SOUND_SAMPLE_BYTES;
    uint64_t frames = known->size / frame_bytes;
    if (facts->channels != known->bank_facts.sound.channels ||
        facts->sample_rate != known->bank_facts.sound.sample_rate || facts->frames < 0 ||
        (uint64_t)facts->frames != frames) {
        verify_report_source(comparison->asset, DIAG_SOURCE_MISMATCH, &(struct base_place){.file = comparison->shown},
                             "the sound has %" PRId64 " channels, %" PRId64 " frames per second and %" PRId64
                             " frames; the pack says otherwise",
                             facts->channels, facts->sample_rate, facts->frames);
        return false;
    }
    return true;
}

static void compare_open(struct comparison *comparison, const struct verify_sound_facts *facts)
{
    if (!facts_equal(comparison, facts)) {
        return;
    }
    comparison->channels = (unsigned)facts->channels;
    comparison->samples = calloc(SAMPLES_AT_ONCE, sizeof *comparison->samples);
    comparison->stored = malloc((size_t)SAMPLES_AT_ONCE * READER_SOUND_SAMPLE_BYTES);
    if (comparison->samples == NULL || comparison->stored == NULL) {
        base_report_out_of_memory(&comparison->asset->sink->findings, comparison->shown);
    } else {
        compare_samples(comparison);
    }
    free(comparison->samples);
    free(comparison->stored);
}

static void compare_flac(struct comparison *comparison, const struct base_file *file)
{
    struct verify_flac flac;
    comparison->flac = &flac;
    if (verify_flac_open(&flac, file, comparison->asset->subject->options->task)) {
        compare_open(comparison, &(const struct verify_sound_facts){.sample_rate = flac.info.sample_rate,
                                                                    .channels = flac.info.channels,
                                                                    .frames = (int64_t)flac.info.frames});
    } else {
        report_faulty_flac(comparison);
    }
    verify_flac_close(&flac);
    comparison->flac = NULL;
}

static void compare_by_library(struct comparison *comparison, const struct base_file *file)
{
    struct verify_sound_facts facts;
    int problem = verify_sound_library_open(&comparison->library, file, &facts);
    if (problem != 0) {
        verify_report_read_failure(&comparison->asset->sink->findings, comparison->shown, 0, problem);
    } else if (comparison->library == NULL) {
        verify_report_source(comparison->asset, DIAG_SOURCE_MISMATCH, &(struct base_place){.file = comparison->shown},
                             "the sound cannot be read");
    } else {
        compare_open(comparison, &facts);
    }
    verify_sound_library_close(comparison->library);
}

/* What decoding would take is asked before anything is decoded. The pack has as many bytes already. */
static bool check_budget(const struct verify_source_asset *asset, const char *shown)
{
    uint64_t allowed = asset->subject->options->max_decoded;
    allowed = allowed != 0 ? allowed : VERIFY_DECODED_DEFAULT;
    if (asset->known->size > allowed) {
        verify_report_source(asset, DIAG_DECODED_BUDGET, &(struct base_place){.file = shown},
                             "the sound decodes to %" PRIu64 " bytes; expected at most %" PRIu64, asset->known->size,
                             allowed);
    }
    return asset->known->size <= allowed;
}

void verify_compare_sound(const struct verify_source_asset *asset, const char *path)
{
    struct base_file file;
    char *shown;
    if (!verify_source_open(asset, path, &file, &shown)) {
        return;
    }
    struct comparison comparison = {.asset = asset, .shown = shown};
    if (!check_budget(asset, shown)) {
        verify_report_not_checked(asset->sink, "sounds that would decode to more bytes than are allowed");
    } else if (verify_flac_is_one(&file)) {
        compare_flac(&comparison, &file);
    } else {
        compare_by_library(&comparison, &file);
    }
    base_file_close(&file);
    free(shown);
}
