/* The bytes of a sound file, in memory or in an open file. */
#ifndef PRPACK_WRITER_SOUND_BYTES_H
#define PRPACK_WRITER_SOUND_BYTES_H

#include "base/file.h"

/* Borrowed. */
struct writer_sound_bytes {
    const struct base_file *file; /* its size counts in both cases */
    struct base_bytes memory;     /* data NULL: not in memory */
    struct base_task *task;       /* or NULL */
};

/* Reads exactly size bytes, which must lie inside the file. Returns 0, an errno value or a base_file_problem. */
int writer_sound_read(const struct writer_sound_bytes *bytes, uint64_t offset, void *out, size_t size);

/* A number of 1 to 8 bytes. */
uint64_t writer_sound_load(const uint8_t *at, unsigned size, bool big_endian);

#endif
