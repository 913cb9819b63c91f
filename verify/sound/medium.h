/* Files that are not a sound which is read: lossy sounds and others. */
#ifndef PRPACK_VERIFY_SOUND_MEDIUM_H
#define PRPACK_VERIFY_SOUND_MEDIUM_H

#include "verify/sound/bytes.h"

/* Adds sound-lossy or sound-invalid about the file, whose content begins at `begin`, after tags or not. Returns false.
 */
bool verify_sound_refuse_medium(struct verify_sound_bytes *bytes, uint64_t begin, bool after_tags);

#endif
