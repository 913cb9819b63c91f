/* Which PNGs of a new asset show a palette: docs/contracts/workspace.md, 3.2.1 and 6.3.
 *
 * Threads: no shared state. */
#ifndef PRPACK_WRITER_STRIPS_H
#define PRPACK_WRITER_STRIPS_H

#include "base/findings.h"

/* The number of colours of a file that is a strip; 0 if it is not. The name is below root_fd. A file that cannot be
 * read is not a strip, and is not reported: the build will do that. Only findings->out_of_memory may be set. */
uint32_t writer_strip_colours(int root_fd, const char *name, struct base_findings *findings);

#endif
