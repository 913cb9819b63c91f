/* What is examined, as bytes by position: a file, or memory that must outlive this.
 *
 * Files are read by position and never mapped, so one that shrinks is an error value, not a SIGBUS.
 * Threads: reading is safe from many threads at once. */
#ifndef PRPACK_VERIFY_CORE_INPUT_H
#define PRPACK_VERIFY_CORE_INPUT_H

#include "base/file.h"

struct verify_file {
    const struct base_file *file; /* NULL: memory */
    struct base_bytes bytes;      /* when it is memory */
    uint64_t size;                /* bytes */
};

struct verify_file verify_file_from_file(const struct base_file *file);
struct verify_file verify_file_from_bytes(struct base_bytes bytes);

/* Reads exactly size bytes at offset. Returns 0, an errno value or a base_file_problem (BASE_FILE_SHRUNK past the
 * end). */
int verify_file_read(const struct verify_file *input, uint64_t offset, void *out, size_t size);

/* The same for many bytes: ECANCELED when the task, which may be NULL, was cancelled meanwhile. */
int verify_file_read_long(const struct verify_file *input, uint64_t offset, void *out, size_t size,
                          struct base_task *task);

/* Reads all of it into memory that the caller frees with free(). Fails with BASE_FILE_TOO_LARGE above limit, ENOMEM, or
 * like verify_file_read_long; then *memory is NULL. */
int verify_file_read_all(const struct verify_file *input, struct base_task *task, uint64_t limit, uint8_t **memory,
                         struct base_bytes *bytes);

#endif
