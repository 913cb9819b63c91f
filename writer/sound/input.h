/* Lossless sound files, through libsndfile: WAV, AIFF, FLAC with integer samples that 16 bits hold exactly.
 *
 * No rounding, no dithering, no scaling. Threads: no shared state. */
#ifndef PRPACK_WRITER_SOUND_INPUT_H
#define PRPACK_WRITER_SOUND_INPUT_H

#include "writer/sound/bytes.h"
#include "writer/source.h"

/* What the header of a sound says. */
struct writer_sound_facts {
    uint32_t sample_rate;
    uint32_t channels;
    uint64_t frames;
};

/* Takes a piece of the payload. Returns false to stop. */
typedef bool (*writer_sound_sink)(void *context, struct base_bytes bytes);

/* Reads the header. Reports sound-invalid, sound-lossy, sound-format and read errors. *facts is set on success only. */
bool writer_sound_probe(const struct base_file *file, struct writer_sound_facts *facts,
                        const struct writer_reporter *report);

/* Decodes all samples to signed 16-bit little endian, interleaved. Reports what probing does, input-changed when the
 * header is not the one that was probed, and sound-invalid when a FLAC is not whole (writer/sound/flac.h). False too
 * when the sink stopped, or the task was cancelled. */
bool writer_sound_decode(const struct writer_sound_bytes *bytes, const struct writer_sound_facts *facts,
                         writer_sound_sink sink, void *context, const struct writer_reporter *report);

#endif
