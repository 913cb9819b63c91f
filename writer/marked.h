/* Whether the pictures of a new asset mark what is transparent by a colour: docs/contracts/workspace.md 6.3.
 *
 * Threads: no shared state. */
#ifndef PRPACK_WRITER_MARKED_H
#define PRPACK_WRITER_MARKED_H

#include "base/findings.h"
#include "base/names.h"

/* Whether no picture has transparency, entry 0 of every palette is #ff00ff, and a pixel of a picture has that colour.
 * Names are below root_fd; without palette files the palettes are those of the indexed pictures. A file that cannot be
 * read answers no, and is not reported: the build will do that. Only findings->out_of_memory may be set. */
bool writer_pictures_are_marked(int root_fd, const struct base_names *pictures, const struct base_names *palettes,
                                struct base_findings *findings);

#endif
