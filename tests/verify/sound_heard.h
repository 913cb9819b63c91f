/* What the verifier's reading of a sound file gives, and checks of it. */
#ifndef PRPACK_TESTS_VERIFY_SOUND_HEARD_H
#define PRPACK_TESTS_VERIFY_SOUND_HEARD_H

#include "tests/lib/unit.h"
#include "tests/verify/sound_made.h"
#include "verify/sound/sound.h"

#include <string.h>

enum { SAMPLES_MAX = 64 };

/* What a file gave: its samples, or its fault. */
struct heard {
    struct verify_sound_facts facts;
    struct verify_sound_fault fault;
    bool length_is_given;
    size_t count; /* samples of all channels */
    int16_t samples[SAMPLES_MAX];
};

static inline bool read_all(struct verify_sound *sound, struct heard *heard)
{
    size_t frames = SAMPLES_MAX / sound->facts.channels;
    size_t got;
    if (!verify_sound_read(sound, heard->samples, frames, &got)) {
        return false;
    }
    heard->count = got * sound->facts.channels;
    return verify_sound_read(sound, heard->samples + heard->count, 0, &got) && verify_sound_finish(sound);
}

static inline struct heard hear(struct base_bytes data)
{
    static struct verify_sound sound;
    struct heard heard = {.count = 0};
    struct base_file file;
    unit_write_file("sound", data.data, data.size);
    REQUIRE(base_file_open(&file, unit_path("sound")) == 0);
    if (verify_sound_open(&sound, &file, NULL) && read_all(&sound, &heard)) {
        heard.length_is_given =
            sound.container.kind == VERIFY_SOUND_FLAC ? sound.flac.info.frames != 0 : sound.layout.length_is_given;
    }
    heard.facts = sound.facts;
    heard.fault = sound.fault;
    verify_sound_close(&sound);
    base_file_close(&file);
    return heard;
}

/* Checks that the file gives these samples, of which there are `count`. Frees the file. */
static inline void check_samples(struct base_text *file, const int16_t *samples, size_t count, bool given,
                                 unsigned line)
{
    struct heard heard = hear(base_text_bytes(file));
    (void)unit_check_string(heard.fault.text, "", "fault", __FILE__, line);
    (void)unit_check_u64(heard.count, count, "samples", __FILE__, line);
    (void)unit_check_u64(memcmp(heard.samples, samples, count * sizeof *samples) == 0 ? 1 : 0, 1, "same", __FILE__,
                         line);
    (void)unit_check_u64(heard.length_is_given, given, "given", __FILE__, line);
    base_text_free(file);
}
#define CHECK_SAMPLES(file, ...) CHECK_SAMPLES_OF(file, true, __VA_ARGS__)
#define CHECK_SAMPLES_OF(file, given, ...)                                                                             \
    check_samples(file, (const int16_t[]){__VA_ARGS__}, sizeof(const int16_t[]){__VA_ARGS__} / sizeof(int16_t), given, \
                  __LINE__)

/* Checks id, place and message. Frees the file. */
static inline void check_fault(struct base_text *file, enum diag diagnostic, uint64_t at, const char *text,
                               unsigned line)
{
    struct heard heard = hear(base_text_bytes(file));
    (void)unit_check_u64((uint64_t)heard.fault.problem, 0, "problem", __FILE__, line);
    (void)unit_check_string(heard.fault.text, text, "text", __FILE__, line);
    (void)unit_check_u64(heard.fault.diagnostic, diagnostic, "diagnostic", __FILE__, line);
    (void)unit_check_u64(heard.fault.at, at, "at", __FILE__, line);
    base_text_free(file);
}
#define CHECK_FAULT(file, diagnostic, at, text) check_fault(file, diagnostic, at, text, __LINE__)

#define BYTES(...) base_bytes_make((const uint8_t[]){__VA_ARGS__}, sizeof(const uint8_t[]){__VA_ARGS__})
#define TWO BYTES(1, 0, 255, 255) /* 1 and -1, little endian */

#endif
