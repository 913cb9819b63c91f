/* Regular files whose content is not trusted: opened so that no link leads out of their root, and read by position.
 *
 * Functions that return int return 0, an errno value, or a value of base/file_problem.h, which lies outside errno.
 * Calls that a signal interrupts are repeated; reads that return less than was asked for are completed. Threads: a
 * base_file may be read by many threads at once; open and close belong to one. */
#ifndef PRPACK_BASE_FILE_H
#define PRPACK_BASE_FILE_H

#include "base/bytes.h"
#include "base/file_problem.h"
#include "base/task.h"

#include <stdbool.h>
#include <stdint.h>

/* An open regular file. fd is -1 when closed. The members may be read. */
struct base_file {
    int fd;
    uint64_t size; /* bytes, when it was opened */
    uint64_t device;
    uint64_t inode;
    int64_t modified_s; /* modification time: seconds and nanoseconds */
    int64_t modified_ns;
    int64_t changed_s; /* time of the last change to content, name or rights: unlike modified, no call can set it */
    int64_t changed_ns;
};

#define BASE_FILE_CLOSED ((struct base_file){.fd = -1})

/* Opens for reading. Does not wait for the writer of a FIFO, and a terminal does not become the controlling one. After
 * a failure *file is BASE_FILE_CLOSED. */
int base_file_open(struct base_file *file, const char *path);

/* The same for a path that, when it is relative, begins at the directory root_fd (base/directory.h). */
int base_file_open_at(struct base_file *file, int root_fd, const char *path);

/* Opens `relative` below the directory `root_fd`; every link on the way must stay below it. `relative` uses '/', is not
 * empty, has no empty, "." or ".." component (else BASE_FILE_OUTSIDE_ROOT). */
int base_file_open_below(struct base_file *file, int root_fd, const char *relative);

/* Closes; accepts a closed file. */
void base_file_close(struct base_file *file);

/* Reads exactly size bytes at offset. BASE_FILE_SHRUNK when the file ends before that; *out is then partly written. */
int base_file_read_at(const struct base_file *file, uint64_t offset, void *out, size_t size);

/* The same for many bytes: reads them in pieces, between which it looks at the task. ECANCELED when that was cancelled;
 * *out is then partly written. */
int base_file_read_long(const struct base_file *file, uint64_t offset, void *out, size_t size, struct base_task *task);

/* Reads a whole small file (a document) into memory that the caller frees with free(). The memory holds one NUL more
 * than *size. Fails with BASE_FILE_TOO_LARGE above limit, ENOMEM, BASE_FILE_SHRUNK. On failure *data is NULL. */
int base_file_read_all(const struct base_file *file, uint64_t limit, uint8_t **data, size_t *size);

/* A read-only mapping of part of a file. `bytes` is what was asked for; base and length are the whole pages that hold
 * it. */
struct base_mapping {
    struct base_bytes bytes;
    void *base;
    size_t length;
};

/* Maps [offset, offset + size), which must lie inside the file as it was opened. size 0 maps nothing. Reading a mapping
 * of a file that was truncated later raises SIGBUS: use base_file_read_at where that can happen. */
int base_file_map(const struct base_file *file, uint64_t offset, size_t size, struct base_mapping *mapping);
void base_file_unmap(struct base_mapping *mapping);

#endif
