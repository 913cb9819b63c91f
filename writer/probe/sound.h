/* SOUNDS/pcm16le_v1: what its source says before it is decoded. Threads: many assets at once, each by one thread. */
#ifndef PRPACK_WRITER_PROBE_SOUND_H
#define PRPACK_WRITER_PROBE_SOUND_H

#include "writer/plan/plan.h"

/* Reads the head of the one source and fills sound, sizes and metadata of the plan. False when it reported something.
 */
bool writer_probe_sound(const struct writer_work *work);

#endif
