/* An input read once, from front to end, and hashed on the way: the bytes that are hashed are the bytes that are
 * packed.
 *
 * A source that is written to while it is read shows in writer_source_finish. Threads: one at a time. */
#ifndef PRPACK_WRITER_SOURCE_H
#define PRPACK_WRITER_SOURCE_H

#include "base/file.h"
#include "base/hash.h"
#include "base/stamp.h"
#include "writer/report.h"

/* What an input was when it was first opened, and what its bytes were. */
struct writer_input_facts {
    bool opened; /* device and seen->stamp are set */
    bool faulty; /* a finding says why; it is not opened again */
    uint64_t device;
    struct base_content *seen; /* borrowed; the hash is set once the file has been read */
};

/* Invariants: begin <= end <= capacity; buffer[begin, end) is what follows in the file, hashed already; next is the
 * file position after it. Only source.c writes the members; file, position and problem may be read. */
struct writer_source {
    struct base_task *task; /* NULL after writer_source_begin; the caller may set one. Or NULL */
    struct base_file file;
    struct base_hasher *hasher;
    uint8_t *buffer;
    size_t capacity;
    size_t begin;
    size_t end;
    uint64_t next;
    int problem; /* of the first failed read, as base_file_problem_text takes it; 0 */
};

/* Takes over an open file; it is closed on failure too. False when memory ran out. */
bool writer_source_begin(struct writer_source *source, struct base_file *file);

/* Opens a file below the directory root_fd and starts reading it. False when it cannot be opened, or memory ran out. */
bool writer_source_open_below(struct writer_source *source, int root_fd, const char *relative);

/* Reads the next bytes. Returns how many: fewer than size only at the end of the file or after a failed read. */
size_t writer_source_read(struct writer_source *source, void *out, size_t size);

/* Lends what follows without consuming it, at most `size` bytes and at most 4096. */
struct base_bytes writer_source_peek(struct writer_source *source, size_t size);

/* Position of the next byte that writer_source_read delivers. */
uint64_t writer_source_position(const struct writer_source *source);

/* Reads the rest and records size and hash. Reports input-changed, when the file is not as it was when it was first
 * opened (facts->opened) or changed since, and environment-read; returns false then. */
bool writer_source_finish(struct writer_source *source, struct writer_input_facts *facts,
                          const struct writer_reporter *report);

/* Closes; accepts a source whose begin failed. */
void writer_source_end(struct writer_source *source);

/* Remembers what a file was when it was opened, or compares: reports input-changed and returns false when it was
 * another one before. */
bool writer_input_same(struct writer_input_facts *facts, const struct base_file *file,
                       const struct writer_reporter *report);

/* Whether the open file is still as it was when it was opened; reports input-changed or environment-read. */
bool writer_input_unchanged(const struct base_file *file, const struct writer_reporter *report);

/* Reports a failed read: input-changed when the file became shorter, else environment-read. Always false. */
bool writer_report_read(const struct writer_reporter *report, int problem);

#endif
