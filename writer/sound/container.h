/* Which kind of sound a file is, and where the sound begins: tags may come before it.
 *
 * Threads: no shared state. */
#ifndef PRPACK_WRITER_SOUND_CONTAINER_H
#define PRPACK_WRITER_SOUND_CONTAINER_H

#include "writer/report.h"
#include "writer/sound/bytes.h"

enum writer_sound_kind {
    WRITER_SOUND_WAV,
    WRITER_SOUND_RIFX, /* a WAV whose numbers are big endian */
    WRITER_SOUND_RF64, /* RF64 and BW64 */
    WRITER_SOUND_WAVE64,
    WRITER_SOUND_AIFF,
    WRITER_SOUND_AIFF_C,
    WRITER_SOUND_FLAC
};

struct writer_sound_container {
    enum writer_sound_kind kind;
    uint64_t begin; /* of the sound in the file */
};

/* Reports sound-invalid and sound-lossy, with the name of the medium if it is known, and read errors. */
bool writer_sound_container(const struct writer_sound_bytes *bytes, struct writer_sound_container *container,
                            const struct writer_reporter *report);

#endif
