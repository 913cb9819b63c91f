/* What is examined, as bytes by position: a file, or memory that the caller lends.
 *
 * Files are read by position and never mapped, so one that shrinks is an error value and no SIGBUS.
 * Threads: reading is safe from many threads at once. */
#ifndef PRPACK_VERIFY_INPUT_H
#define PRPACK_VERIFY_INPUT_H

#include "base/file.h"

struct pp_input {
    const struct pp_file *file; /* NULL: memory */
    struct pp_bytes bytes;      /* when it is memory */
    uint64_t size;              /* bytes */
};

struct pp_input pp_input_from_file(const struct pp_file *file);
struct pp_input pp_input_from_bytes(struct pp_bytes bytes);

/* Reads exactly size bytes at offset. Returns 0, an errno value or a pp_file_problem (PP_FILE_SHRUNK past the end). */
int pp_input_read(const struct pp_input *input, uint64_t offset, void *out, size_t size);

/* Reads all of it into memory that the caller frees with free(). Fails with PP_FILE_TOO_LARGE above limit, ENOMEM, or
 * like pp_input_read; then *memory is NULL. */
int pp_input_read_all(const struct pp_input *input, uint64_t limit, uint8_t **memory, struct pp_bytes *bytes);

#endif
