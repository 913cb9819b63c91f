/* Which file a sound is in. docs/contracts/workspace.md, 3.2.3. */
#ifndef PRPACK_VERIFY_SOUND_CONTAINER_H
#define PRPACK_VERIFY_SOUND_CONTAINER_H

#include "verify/sound/bytes.h"

enum verify_sound_kind {
    VERIFY_SOUND_WAV,
    VERIFY_SOUND_RIFX,
    VERIFY_SOUND_RF64, /* and BW64 */
    VERIFY_SOUND_WAVE64,
    VERIFY_SOUND_AIFF,
    VERIFY_SOUND_AIFF_C,
    VERIFY_SOUND_FLAC
};

struct verify_sound_container {
    enum verify_sound_kind kind;
    const char *name; /* static: "Wave64" */
    uint64_t begin;   /* of the sound in the file: after the tags */
    uint64_t chunks;  /* where the first chunk begins; not of a FLAC */
};

static inline bool verify_sound_is_aiff(enum verify_sound_kind kind)
{
    return kind == VERIFY_SOUND_AIFF || kind == VERIFY_SOUND_AIFF_C;
}

static inline bool verify_sound_is_big_endian(enum verify_sound_kind kind)
{
    return kind == VERIFY_SOUND_RIFX || verify_sound_is_aiff(kind);
}

/* False when the file is of no kind that is read, or could not be read; then bytes->fault has it. */
bool verify_sound_find_container(struct verify_sound_bytes *bytes, struct verify_sound_container *container);

#endif
