/* A few bytes of a sound at a time, by position, through one buffer. Threads: one thread at a time uses a view. */
#ifndef PRPACK_VERIFY_SOUND_BYTES_H
#define PRPACK_VERIFY_SOUND_BYTES_H

#include "base/file.h"
#include "verify/sound/fault.h"

enum { VERIFY_SOUND_WINDOW = 32768 };

struct verify_sound_bytes {
    const struct base_file *file;
    struct base_task *task;           /* or NULL */
    struct verify_sound_fault *fault; /* where a failure goes */
    uint8_t *window;                  /* VERIFY_SOUND_WINDOW bytes */
    uint64_t begin;                   /* of the bytes in the window, in the file */
    size_t size;                      /* how many there are */
};

/* False when memory ran out, which is the fault then. File, task and fault are borrowed. End the view in any case. */
bool verify_sound_bytes_begin(struct verify_sound_bytes *bytes, const struct base_file *file, struct base_task *task,
                              struct verify_sound_fault *fault);
void verify_sound_bytes_end(struct verify_sound_bytes *bytes);

/* The `size` bytes at a position, 1 … VERIFY_SOUND_WINDOW; valid until the next call. NULL when they do not lie inside
 * the file, and when they could not be read or the task was cancelled, which is the fault then. */
const uint8_t *verify_sound_bytes_at(struct verify_sound_bytes *bytes, uint64_t position, size_t size);

/* Numbers of 2, 4 and 8 bytes. */
static inline uint16_t verify_sound_u16(const uint8_t *at, bool big_endian)
{
    return (uint16_t)(big_endian ? at[0] << 8 | at[1] : at[1] << 8 | at[0]);
}

static inline uint32_t verify_sound_u32(const uint8_t *at, bool big_endian)
{
    uint32_t first = verify_sound_u16(at, big_endian);
    uint32_t second = verify_sound_u16(at + 2, big_endian);
    return big_endian ? first << 16 | second : second << 16 | first;
}

#endif
