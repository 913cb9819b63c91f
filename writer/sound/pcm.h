/* The samples of WAV and AIFF: integers of 8 to 32 bits, one after the other.
 *
 * Threads: no shared state. */
#ifndef PRPACK_WRITER_SOUND_PCM_H
#define PRPACK_WRITER_SOUND_PCM_H

#include "writer/report.h"
#include "writer/sound/bytes.h"
#include "writer/sound/form.h"

enum { WRITER_DEPTH_MAX = 32, WRITER_PIECE_FRAMES = 16384 };

/* Takes frames: samples scaled to 32 bits, interleaved, at most WRITER_PIECE_FRAMES. Returns false to stop. */
typedef bool (*writer_frames_sink)(void *context, const int32_t *samples, size_t frames);

/* Whether the samples are a whole number of frames, at least one; sets form->frames. pcm has all but the width. Reports
 * sound-format and sound-invalid. Channels and depth of the form may be any. */
bool writer_pcm_check(struct writer_pcm *pcm, struct writer_sound_form *form, const struct writer_reporter *report);

/* Reads all frames. Reports read errors. False too when the sink stopped, or the task was cancelled. */
bool writer_pcm_decode(const struct writer_sound_bytes *bytes, const struct writer_pcm *pcm,
                       const struct writer_sound_form *form, writer_frames_sink sink, void *context,
                       const struct writer_reporter *report);

#endif
