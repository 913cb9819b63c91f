/* SOUNDS/pcm16le_v1: a sound file becomes samples. Threads: many assets at once, each by one thread. */
#ifndef PRPACK_WRITER_ENCODE_SOUND_H
#define PRPACK_WRITER_ENCODE_SOUND_H

#include "writer/encode/payload.h"

/* See writer_encode. False when it reported something, or when a write failed. */
bool writer_encode_sound(const struct writer_work *work, const struct writer_region *region);

#endif
