/* What a sound file says about itself, whatever kind of file it is, and where it says it. docs/contracts/workspace.md,
 * 3.2.3. */
#ifndef PRPACK_WRITER_SOUND_FORM_H
#define PRPACK_WRITER_SOUND_FORM_H

#include <stdbool.h>
#include <stdint.h>

/* The loop of a source. FOUND: start and end, which is exclusive, as the source says; whether they lie inside the sound
 * is not checked. UNUSABLE: the source has loops, and `reason`, a static text, says why none of them is a forward
 * one. */
struct writer_sound_loop {
    enum writer_loop_state { WRITER_LOOP_NONE, WRITER_LOOP_FOUND, WRITER_LOOP_UNUSABLE } state;
    uint64_t start;
    uint64_t end;
    const char *reason;
};

/* A number, and where it is in the file. */
struct writer_sound_number {
    uint64_t value;
    uint64_t at;
    uint64_t size; /* bytes */
};

struct writer_sound_form {
    struct writer_sound_number sample_rate;
    struct writer_sound_number channels;
    struct writer_sound_number depth; /* bits per sample */
    uint64_t frames;
    bool length_given; /* else the samples go up to the end of the file */
    struct writer_sound_loop loop;
};

/* The coded samples of a WAV or AIFF. */
struct writer_pcm {
    uint64_t begin; /* in the file */
    uint64_t size;  /* a whole number of frames */
    uint32_t width; /* bytes per sample: 1 to 4 */
    bool big_endian;
    bool is_unsigned; /* with width 1 */
};

#endif
