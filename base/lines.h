/* Lines and columns in a text.
 *
 * A line ends with the byte 0x0A, which still belongs to it. Lines and columns count from 1, columns in bytes.
 * Characters are what editors count: code units of UTF-16, from 0. A byte that is not part of UTF-8 counts as one.
 *
 * A cursor goes from the place that was asked for last to the next one, forwards or backwards, and looks only at the
 * bytes between them: places in rising order cost one walk together. Threads: one thread at a time uses a cursor; any
 * number of threads may share the text. */
#ifndef PRPACK_BASE_LINES_H
#define PRPACK_BASE_LINES_H

#include "base/bytes.h"

/* Invariants: begin <= at <= text.size; `line` is the number of the line that `at` is in, and begins at `begin`;
 * begin <= counted, and `characters` are those from `begin` to `counted`. Only lines.c touches the members but `text`.
 */
struct base_lines {
    struct base_bytes text; /* borrowed */
    size_t at;
    size_t begin;
    uint64_t line;
    size_t counted;
    uint64_t characters;
};

/* A cursor at the begin of a text, which must outlive it. */
struct base_lines base_lines_of(struct base_bytes text);

/* The line and column of a position, which may be the end of the text. False when the position is beyond the end. */
bool base_lines_find(struct base_lines *lines, uint64_t position, uint64_t *line, uint64_t *column);

/* How many characters of its line come before the position that was found last; at first, that is the begin of the
 * text. Of a character that the position is inside of, its first byte counts for all of it. */
uint64_t base_lines_character(struct base_lines *lines);

/* Cursors that begin near any position of a text: for a long text that several threads look into. */
struct base_lines_marks {
    struct base_bytes text;   /* borrowed */
    struct base_lines *marks; /* private */
};

/* Walks along the text once; it must outlive the marks. When there was no memory, cursors begin at its begin. Threads:
 * any number may share the marks until they are freed. */
struct base_lines_marks base_lines_mark(struct base_bytes text);
struct base_lines base_lines_near(const struct base_lines_marks *marks, uint64_t position);
void base_lines_unmark(struct base_lines_marks *marks);

/* Whether the line of a position is one of those that version control writes around the two sides of a conflict: it
 * begins with seven '<', '=', '>' or '|'. position <= text.size. */
bool base_lines_is_conflict(struct base_bytes text, size_t position);

#endif
