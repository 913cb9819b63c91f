/* Lossless sound files: WAV, RF64, Wave64, AIFF and FLAC with integer samples that 16 bits hold exactly, mono or
 * stereo. docs/contracts/workspace.md, 3.2.3.
 *
 * No rounding, no dithering, no scaling. Threads: no shared state. */
#ifndef PRPACK_WRITER_SOUND_INPUT_H
#define PRPACK_WRITER_SOUND_INPUT_H

#include "writer/report.h"
#include "writer/sound/bytes.h"
#include "writer/sound/form.h"

/* What a sound is, before it is decoded. */
struct writer_sound_facts {
    uint32_t sample_rate;
    uint32_t channels; /* of the source */
    uint64_t frames;
    bool length_given; /* else frames are those up to the end of the file */
    struct writer_sound_loop loop;
};

/* Takes a piece of the payload. Returns false to stop. */
typedef bool (*writer_sound_sink)(void *context, struct base_bytes bytes);

/* Reads what the file says about itself; of a FLAC of unknown length, it walks all blocks. Reports sound-invalid,
 * sound-lossy, sound-format and read errors. *facts is set on success only. False without a finding when the task was
 * cancelled. */
bool writer_sound_probe(const struct writer_sound_bytes *bytes, struct writer_sound_facts *facts,
                        const struct writer_reporter *report);

/* Decodes all samples to signed 16-bit little endian. The samples of a stereo source become mono as `channels` says, or
 * stay interleaved with WORKSPACE_CHANNELS_ALL. Reports what probing does, input-changed when the sound is not the one
 * that was probed, and sound-invalid when a FLAC is not whole (writer/sound/flac.h). False too when the sink stopped,
 * or the task was cancelled. */
bool writer_sound_decode(const struct writer_sound_bytes *bytes, const struct writer_sound_facts *facts,
                         enum workspace_channels channels, writer_sound_sink sink, void *context,
                         const struct writer_reporter *report);

#endif
