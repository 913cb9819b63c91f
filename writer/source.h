/* An input read once, from front to end, and hashed on the way: the bytes that are hashed are the bytes that are
 * packed.
 *
 * A source that is written to while it is read shows in pp_writer_source_finish. Threads: one at a time. */
#ifndef PRPACK_WRITER_SOURCE_H
#define PRPACK_WRITER_SOURCE_H

#include "base/file.h"
#include "base/hash.h"
#include "workspace/stamp.h"
#include "writer/report.h"

/* What an input was when it was first opened, and what its bytes were. */
struct pp_input_facts {
    bool opened; /* device and seen->stamp are set */
    bool faulty; /* a finding says why; it is not opened again */
    uint64_t device;
    struct pp_seen *seen; /* borrowed; the hash is set once the file has been read */
};

/* Invariants: begin <= end <= capacity; buffer[begin, end) is what follows in the file, hashed already; next is the
 * file position after it. Only source.c writes the members; file, position and problem may be read. */
struct pp_source {
    struct pp_file file;
    struct pp_hasher *hasher;
    uint8_t *buffer;
    size_t capacity;
    size_t begin;
    size_t end;
    uint64_t next;
    int problem; /* of the first failed read, as pp_file_problem_text takes it; 0 */
};

/* Takes over an open file; it is closed on failure too. False when memory ran out. */
bool pp_writer_source_begin(struct pp_source *source, struct pp_file *file);

/* Reads the next bytes. Returns how many: fewer than size only at the end of the file or after a failed read. */
size_t pp_writer_source_read(struct pp_source *source, void *out, size_t size);

/* Lends what follows without consuming it, at most `size` bytes and at most 4096. */
struct pp_bytes pp_writer_source_peek(struct pp_source *source, size_t size);

/* Position of the next byte that pp_writer_source_read delivers. */
uint64_t pp_writer_source_position(const struct pp_source *source);

/* Reads the rest and records size and hash. Reports input-changed, when the file is not as it was when it was first
 * opened (facts->opened) or changed since, and environment-read; returns false then. */
bool pp_writer_source_finish(struct pp_source *source, struct pp_input_facts *facts, const struct pp_report *report);

/* Closes; accepts a source whose begin failed. */
void pp_writer_source_end(struct pp_source *source);

/* Remembers what a file was when it was opened, or compares: reports input-changed and returns false when it was
 * another one before. */
bool pp_writer_input_same(struct pp_input_facts *facts, const struct pp_file *file, const struct pp_report *report);

/* Whether the open file is still as it was when it was opened; reports input-changed or environment-read. */
bool pp_writer_input_unchanged(const struct pp_file *file, const struct pp_report *report);

/* Reports a failed read: input-changed when the file became shorter, else environment-read. Always false. */
bool pp_writer_report_read(const struct pp_report *report, int problem);

#endif
