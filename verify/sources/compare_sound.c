#include "verify/sources/compare_sound.h"

#include "verify/core/findings.h"
#include "verify/core/format.h"
#include "verify/sound/sound.h"
#include "verify/sources/mono.h"
#include "verify/workspace/sound_members.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SAMPLES_AT_ONCE = VERIFY_SOUND_AT_ONCE * VERIFY_SOUND_SOURCE_CHANNELS_MAX };

/* One comparison. */
struct comparison {
    const struct verify_source_asset *asset;
    struct verify_declared *declared;
    const char *shown;
    struct verify_sound sound;
    uint64_t allowed;  /* bytes that the sound may decode to */
    int16_t *samples;  /* room for SAMPLES_AT_ONCE */
    uint8_t *expected; /* the same as the payload has them */
    uint8_t *stored;   /* of the payload */
    bool differs;      /* which is reported */
};

/* ---- Faults of the source ---- */

static void report_fault(const struct comparison *comparison)
{
    const struct verify_sound_fault *fault = &comparison->sound.fault;
    if (fault->problem != 0) {
        verify_report_read_failure(&comparison->asset->sink->findings, comparison->shown, 0, fault->problem);
        return;
    }
    struct base_details details = {
        .place = {.file = comparison->shown, BASE_AT_BYTE(fault->at, fault->length)},
        .expected = fault->expected[0] != '\0' ? fault->expected : NULL,
    };
    verify_report_source_value(comparison->asset, fault->diagnostic, &details, "%s", fault->text);
}

/* The pack has one channel: which one, of two, must be said. */
static bool check_channels(const struct comparison *comparison)
{
    if (comparison->sound.facts.channels == 1 || comparison->declared->channels != VERIFY_CHANNELS_NONE) {
        return true;
    }
    struct base_details details = {.place.file = comparison->shown,
                                   .expected = "1, or output.pipeline.channels in asset.json"};
    verify_report_source_value(comparison->asset, DIAG_SOUND_FORMAT, &details, "the sound has 2 channels");
    return false;
}

static bool report_budget(const struct comparison *comparison, uint64_t bytes)
{
    verify_report_source(comparison->asset, DIAG_DECODED_BUDGET, &(struct base_place){.file = comparison->shown},
                         "the sound decodes to %" PRIu64 " bytes; expected at most %" PRIu64, bytes,
                         comparison->allowed);
    verify_report_not_checked(comparison->asset->sink, "sounds that would decode to more bytes than are allowed");
    return false;
}

/* ---- Samples ---- */

static void report_difference(struct comparison *comparison, uint64_t frame, const uint8_t *expected,
                              const uint8_t *stored)
{
    char expected_text[8];
    char stored_text[8];
    struct base_details details = {
        .place = {.file = comparison->shown, BASE_AT_FRAME(frame)}, .expected = expected_text, .actual = stored_text};
    uint64_t at;
    if (verify_sound_position(&comparison->sound, frame, &at)) {
        details.place.has_byte_offset = true;
        details.place.byte_offset = at;
    }
    (void)snprintf(expected_text, sizeof expected_text, "%d", (int16_t)base_load_le16(expected));
    (void)snprintf(stored_text, sizeof stored_text, "%d", (int16_t)base_load_le16(stored));
    verify_report_source_value(comparison->asset, DIAG_SOURCE_MISMATCH, &details,
                               "frame %" PRIu64 " of the payload, at its byte %" PRIu64 ", is not %s of the sound",
                               frame, frame * READER_SOUND_SAMPLE_BYTES,
                               verify_channels_name(comparison->declared->channels, comparison->sound.facts.channels));
    comparison->differs = true;
}

/* Frames of the sound, as comparison->expected has them, against the payload. False when the comparison is over, which
 * is reported. */
static bool compare_frames(struct comparison *comparison, uint64_t frame, size_t frames)
{
    const struct verify_source_asset *asset = comparison->asset;
    size_t size = frames * READER_SOUND_SAMPLE_BYTES;
    uint64_t position = verify_payload_position(asset->facts, asset->known) + frame * READER_SOUND_SAMPLE_BYTES;
    int problem = verify_file_read(&asset->subject->input, position, comparison->stored, size);
    if (problem != 0) {
        verify_report_read_failure(&asset->sink->findings, asset->subject->path, position, problem);
        return false;
    }
    if (memcmp(comparison->expected, comparison->stored, size) == 0) {
        return true;
    }
    size_t at = 0;
    while (memcmp(comparison->expected + at, comparison->stored + at, READER_SOUND_SAMPLE_BYTES) == 0) {
        at += READER_SOUND_SAMPLE_BYTES;
    }
    report_difference(comparison, frame + at / READER_SOUND_SAMPLE_BYTES, comparison->expected + at,
                      comparison->stored + at);
    return false;
}

/* Reads the sound to its end, and compares it with the payload until they differ. What comes after the end of the
 * payload is counted as long as the budget allows. False after a fault, which is reported. */
static bool compare_samples(struct comparison *comparison)
{
    struct verify_sound *sound = &comparison->sound;
    uint64_t packed = comparison->asset->known->size / READER_SOUND_SAMPLE_BYTES;
    size_t got = 1;
    for (uint64_t frame = 0; got > 0; frame += got) {
        if (!verify_sound_read(sound, comparison->samples, VERIFY_SOUND_AT_ONCE, &got)) {
            report_fault(comparison);
            return false;
        }
        if (got > 0 && frame + got > comparison->allowed / READER_SOUND_SAMPLE_BYTES) {
            return report_budget(comparison, (frame + got) * READER_SOUND_SAMPLE_BYTES);
        }
        size_t both = frame >= packed ? 0 : packed - frame < got ? (size_t)(packed - frame) : got;
        if (both > 0) {
            verify_take_channels(comparison->declared->channels, sound->facts.channels, comparison->samples, both,
                                 comparison->expected);
            if (!compare_frames(comparison, frame, both)) {
                return false;
            }
        }
    }
    if (!verify_sound_finish(sound)) {
        report_fault(comparison);
        return false;
    }
    return true;
}

/* ---- The sound as a whole ---- */

/* Another number of frames is a fault of the metadata; then the samples are not compared. */
static bool compare_content(struct comparison *comparison)
{
    const struct verify_sound_facts *facts = &comparison->sound.facts;
    if (facts->has_frames && facts->frames != comparison->asset->known->size / READER_SOUND_SAMPLE_BYTES) {
        return true;
    }
    comparison->samples = calloc(SAMPLES_AT_ONCE, sizeof *comparison->samples);
    comparison->expected = calloc(SAMPLES_AT_ONCE, READER_SOUND_SAMPLE_BYTES);
    comparison->stored = calloc(SAMPLES_AT_ONCE, READER_SOUND_SAMPLE_BYTES);
    if (comparison->samples == NULL || comparison->expected == NULL || comparison->stored == NULL) {
        base_report_out_of_memory(&comparison->asset->sink->findings, comparison->shown);
        return false;
    }
    return compare_samples(comparison) || comparison->differs;
}

static bool take_loop(struct comparison *comparison, struct verify_computed *computed)
{
    struct verify_sound_loop loop;
    if (!comparison->declared->loop_of_source) {
        return verify_declared_check_loop(comparison->declared, computed->frames);
    }
    if (!verify_sound_read_loop(&comparison->sound, &loop)) {
        report_fault(comparison);
        return false;
    }
    computed->has_loop = true;
    computed->loop_start = loop.start;
    computed->loop_end = loop.end;
    return true;
}

static void compare(struct comparison *comparison, const struct base_file *file, struct verify_computed *computed)
{
    const struct verify_sound_facts *facts = &comparison->sound.facts;
    if (!verify_sound_open(&comparison->sound, file, comparison->asset->subject->options->task)) {
        report_fault(comparison);
        return;
    }
    if (!check_channels(comparison)) {
        return;
    }
    if (!compare_content(comparison) || !facts->has_frames) {
        return;
    }
    struct verify_computed found = {.sample_rate = facts->rate, .frames = facts->frames};
    found.has_sound = take_loop(comparison, &found);
    *computed = found;
}

/* What decoding would take is asked before anything is decoded. The pack has as many bytes already. */
static void compare_in_budget(struct comparison *comparison, const struct base_file *file,
                              struct verify_computed *computed)
{
    uint64_t allowed = comparison->asset->subject->options->max_decoded;
    comparison->allowed = allowed != 0 ? allowed : VERIFY_DECODED_DEFAULT;
    if (comparison->asset->known->size > comparison->allowed) {
        (void)report_budget(comparison, comparison->asset->known->size);
        return;
    }
    compare(comparison, file, computed);
    verify_sound_close(&comparison->sound);
    free(comparison->samples);
    free(comparison->expected);
    free(comparison->stored);
}

void verify_compare_sound(const struct verify_source_asset *asset, struct verify_declared *declared,
                          struct verify_computed *computed)
{
    struct base_file file;
    char *shown;
    if (!verify_source_open(asset, declared->inputs[declared->first_source].path, &file, &shown)) {
        return;
    }
    struct comparison comparison = {.asset = asset, .declared = declared, .shown = shown};
    compare_in_budget(&comparison, &file, computed);
    base_file_close(&file);
    free(shown);
}
