/* The chunks of a WAV, RF64, BW64 or Wave64: where its samples are, and what they are.
 *
 * Threads: no shared state. */
#ifndef PRPACK_WRITER_SOUND_WAV_H
#define PRPACK_WRITER_SOUND_WAV_H

#include "writer/sound/container.h"
#include "writer/sound/form.h"

/* Reports sound-invalid, sound-lossy and sound-format, about everything but the number of channels and the rate, and
 * read errors. *form and *pcm are set in any case, as far as the file could be read. */
bool writer_wav_read(const struct writer_sound_bytes *bytes, const struct writer_sound_container *container,
                     struct writer_sound_form *form, struct writer_pcm *pcm, const struct writer_reporter *report);

#endif
