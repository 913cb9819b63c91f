/* How a file of chunks ends: where bytes were put into it, or chunks would be heard as samples, its samples are not the
 * author's. docs/contracts/workspace.md, 3.2.3.
 *
 * Threads: no shared state. */
#ifndef PRPACK_WRITER_SOUND_ENDING_H
#define PRPACK_WRITER_SOUND_ENDING_H

#include "writer/sound/chunks.h"

/* Where a file says how large it is. */
struct writer_ending_size {
    uint64_t at;
    unsigned size;      /* bytes of the number: 4 or 8 */
    unsigned uncounted; /* bytes of the file that the number does not count */
};

/* The length of the samples was given, and the walk is after the last chunk. Reports sound-invalid when the line ends
 * of the file were converted, and read errors. Returns false without a finding when the task was cancelled. */
bool writer_ending_check_lines(const struct writer_chunks *chunks, struct writer_ending_size whole);

/* The length was not given, so the samples go from `begin` up to the end of the file. Reports sound-invalid when the
 * file ends with chunks, and read errors. Returns false without a finding when the task was cancelled. aiff: the file
 * is an AIFF or AIFF-C; no Wave64 comes here. */
bool writer_ending_check_samples(const struct writer_chunks *chunks, uint64_t begin, bool aiff);

#endif
