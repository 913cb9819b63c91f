/* Lines and columns in a text.
 *
 * A line ends with the byte 0x0A, which still belongs to it. Lines and columns count from 1, columns in bytes.
 *
 * A cursor goes from the place that was asked for last to the next one, forwards or backwards, and looks only at the
 * bytes between them: places in rising order cost one walk together. Threads: one thread at a time uses a cursor; any
 * number of threads may share the text. */
#ifndef PRPACK_BASE_LINES_H
#define PRPACK_BASE_LINES_H

#include "base/bytes.h"

/* Invariants: begin <= at <= text.size; `line` is the number of the line that `at` is in, and begins at `begin`. Only
 * lines.c touches the members but `text`. */
struct base_lines {
    struct base_bytes text; /* borrowed */
    size_t at;
    size_t begin;
    uint64_t line;
};

/* A cursor at the begin of a text, which must outlive it. */
struct base_lines base_lines_of(struct base_bytes text);

/* The line and column of a position, which may be the end of the text. False when the position is beyond the end. */
bool base_lines_find(struct base_lines *lines, uint64_t position, uint64_t *line, uint64_t *column);

/* Whether the line of a position is one of those that version control writes around the two sides of a conflict: it
 * begins with seven '<', '=', '>' or '|'. position <= text.size. */
bool base_lines_is_conflict(struct base_bytes text, size_t position);

#endif
