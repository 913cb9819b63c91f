/* The samples of a FLAC, through libFLAC. Threads: no shared state. */
#ifndef PRPACK_WRITER_SOUND_FLAC_DECODE_H
#define PRPACK_WRITER_SOUND_FLAC_DECODE_H

#include "writer/sound/flac.h"
#include "writer/sound/pcm.h"

/* Decodes `frames` frames of a FLAC whose chain of blocks was checked and has so many. Reports sound-invalid, when a
 * block cannot be decoded or the samples do not have the MD5 of STREAMINFO, and read errors. False too when the sink
 * stopped, or the task was cancelled. */
bool writer_flac_decode(const struct writer_sound_bytes *bytes, const struct writer_flac *flac, uint64_t frames,
                        writer_frames_sink sink, void *context, const struct writer_reporter *report);

#endif
