/* Writes the files of the staging directory.
 *
 * Writes are by position and complete; each file is synced before it counts. Faults are environment-write with the
 * file's name, reported once per file: what follows a failed write fails silently. Threads: writer_out_write may
 * be called by many threads at once, each with findings of its own; the rest by one. */
#ifndef PRPACK_WRITER_EMIT_OUT_H
#define PRPACK_WRITER_EMIT_OUT_H

#include "base/findings.h"
#include "base/hash_value.h"
#include "base/task.h"
#include "writer/memory.h"

#include <stdatomic.h>

/* Where files are written. All borrowed. */
struct writer_staging {
    struct base_task *task;             /* or NULL */
    int fd;                             /* the staging directory; -1: nothing is written, unless `memory` is there */
    const char *display;                /* its name in messages */
    const struct writer_memory *memory; /* holds the files in place of a directory; or NULL */
};

/* fd is -1 when closed, and for a file that is not written. */
struct writer_out {
    struct base_task *task; /* NULL after writer_out_create; the caller may set one, for writes and syncs to look at */
    int fd;
    const char *directory; /* for messages; borrowed */
    const char *name;      /* borrowed */
    bool nowhere;          /* what is written goes nowhere */
    bool in_memory;        /* running out of room is running out of memory */
    atomic_bool failed;
};

/* Creates a file that must not exist yet. */
bool writer_out_create(struct writer_out *out, const struct writer_staging *staging, const char *name,
                       struct base_findings *findings);

/* Takes the room for `size` bytes at once, where the file system can: a disk that is full is noticed before anything is
 * encoded. */
bool writer_out_reserve(struct writer_out *out, uint64_t size, struct base_findings *findings);

/* Pieces that end at multiples of this are written fastest, and read fastest afterwards: they stay in one piece in the
 * page cache. */
enum { WRITER_OUT_PIECE = 1 << 21 };

/* How memory is aligned from which a piece is written: copying whole pages is faster. */
enum { WRITER_OUT_ALIGNMENT = 4096 };

/* False also when the task was cancelled, which is not reported. */
bool writer_out_write(struct writer_out *out, uint64_t position, struct base_bytes bytes,
                      struct base_findings *findings);

/* Hashes the first `size` bytes of the file as they can be read back; the hash of a file that is not written is zero.
 * jobs: workers; 0 is one per processor. False also when the task was cancelled, which is not reported. */
bool writer_out_hash(struct writer_out *out, uint64_t size, struct base_task *task, unsigned jobs,
                     struct base_hash *hash, struct base_findings *findings);

/* Reports the first fault of a file. Always false. */
bool writer_out_fail(struct writer_out *out, const char *what, int problem, struct base_findings *findings);

/* Syncs and closes. False also when the task was cancelled, which is not reported. */
bool writer_out_finish(struct writer_out *out, struct base_findings *findings);

/* Closes without syncing; accepts a closed file. */
void writer_out_abandon(struct writer_out *out);

#endif
