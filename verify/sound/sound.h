/* The source of a SOUNDS/pcm16le_v1 asset, read by code of the verifier's own: docs/contracts/workspace.md, 3.2.3.
 *
 * The container is found by content, its chunks say where the samples lie and how they are coded, and the samples are
 * handed out piece by piece as 16 bits. The writer reads the same files through a library; nothing of that is known
 * here.
 *
 * Memory: about 64 KiB, for a FLAC up to 4 MiB more, for chunks whose length is not given up to 200 KiB, whatever the
 * file claims. Threads: one thread at a time uses a
 * sound. */
#ifndef PRPACK_VERIFY_SOUND_SOUND_H
#define PRPACK_VERIFY_SOUND_SOUND_H

#include "verify/flac/flac.h"
#include "verify/sound/coding.h"
#include "verify/sound/loop.h"

enum { VERIFY_SOUND_AT_ONCE = 8192 };

struct verify_sound_facts {
    const char *container; /* static: "Wave64" */
    uint32_t rate;         /* frames per second, in the range of the contract */
    uint32_t channels;     /* 1 or 2 */
    uint32_t depth;        /* bits per sample, as the file says */
    bool has_frames;       /* false: a FLAC of unknown length that has not been read to its end */
    uint64_t frames;       /* not 0 */
};

struct verify_sound {
    struct verify_sound_fault fault;
    struct verify_sound_facts facts;

    /* Private. */
    const struct base_file *file;
    struct verify_sound_bytes bytes;
    struct verify_sound_container container;
    struct verify_sound_layout layout; /* not of a FLAC */
    struct verify_sound_coding coding; /* likewise */
    uint64_t frame;                    /* the next one */
    struct verify_flac flac;
    void *buffer; /* room for VERIFY_SOUND_AT_ONCE frames as they are read */
};

/* Finds out what the sound is. False after a fault. Close it in either case. The file must outlive it; task may be
 * NULL.
 */
bool verify_sound_open(struct verify_sound *sound, const struct base_file *file, struct base_task *task);
void verify_sound_close(struct verify_sound *sound);

/* The next `frames` frames, at most VERIFY_SOUND_AT_ONCE, of all channels, interleaved. *got is how many: fewer only at
 * the end. False after a fault: sound-format when 16 bits cannot hold a sample exactly. */
bool verify_sound_read(struct verify_sound *sound, int16_t *out, size_t frames, size_t *got);

/* After the last frame: what a FLAC says about all of it, and facts.frames. False after a fault. */
bool verify_sound_finish(struct verify_sound *sound);

/* Then: the loop that the sound has, inside its frames. False after a fault: sound-loop when it has none. */
bool verify_sound_read_loop(struct verify_sound *sound, struct verify_sound_loop *loop);

/* Where a frame that has been read lies in the file. False: that is not known. */
bool verify_sound_position(const struct verify_sound *sound, uint64_t frame, uint64_t *at);

#endif
