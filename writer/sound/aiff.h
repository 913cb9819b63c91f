/* The chunks of an AIFF or AIFF-C: where its samples are, and what they are.
 *
 * Threads: no shared state. */
#ifndef PRPACK_WRITER_SOUND_AIFF_H
#define PRPACK_WRITER_SOUND_AIFF_H

#include "writer/sound/container.h"
#include "writer/sound/form.h"

/* As writer_wav_read. */
bool writer_aiff_read(const struct writer_sound_bytes *bytes, const struct writer_sound_container *container,
                      struct writer_sound_form *form, struct writer_pcm *pcm, const struct writer_reporter *report);

#endif
