/* The outer form of a sound file, checked before a decoder reads it: a WAV or AIFF whose sample data would pass the
 * end of the file is cut off, which decoders tend to hide.
 *
 * Threads: no shared state. */
#ifndef PRPACK_WRITER_SOUND_CONTAINER_H
#define PRPACK_WRITER_SOUND_CONTAINER_H

#include "base/file.h"
#include "writer/source.h"

enum writer_sound_kind { WRITER_SOUND_WAV, WRITER_SOUND_AIFF, WRITER_SOUND_FLAC };

struct writer_sound_container {
    enum writer_sound_kind kind;
    uint64_t data_size; /* bytes of samples; WAV and AIFF */
};

/* Reports sound-invalid, sound-lossy (by their magic) and read errors. */
bool writer_sound_container(const struct base_file *file, struct writer_sound_container *container,
                            const struct writer_reporter *report);

#endif
