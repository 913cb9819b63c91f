/* Sounds of the console as WAV: docs/contracts/extract.md 2.2.
 *
 * Threads: no shared state. */
#ifndef PRPACK_EXPORT_WAV_H
#define PRPACK_EXPORT_WAV_H

#include "base/bytes.h"

enum { EXPORT_WAV_HEAD = 44, EXPORT_WAV_LOOP = 68 };

/* The most bytes of samples that a WAV can have here: its sizes have 32 bits. */
#define EXPORT_WAV_MOST UINT64_C(4294967040)

/* One channel of 16 bits. */
struct export_wav {
    uint32_t sample_rate; /* frames per second */
    uint64_t frames;      /* 2 bytes each; at most EXPORT_WAV_MOST bytes together */
    bool has_loop;
    uint64_t loop_start; /* frames; below loop_end, which is at most `frames` */
    uint64_t loop_end;
};

/* What comes before the samples, and what comes after those of a sound that loops. */
void export_wav_head(const struct export_wav *wav, uint8_t head[EXPORT_WAV_HEAD]);
void export_wav_loop(const struct export_wav *wav, uint8_t loop[EXPORT_WAV_LOOP]);

#endif
