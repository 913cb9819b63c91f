/* What the first bytes of a PNG say, for questions that need no decoder.
 *
 * Threads: no shared state. */
#ifndef PRPACK_WORKSPACE_EDIT_PNG_BEGIN_H
#define PRPACK_WORKSPACE_EDIT_PNG_BEGIN_H

#include <stdbool.h>
#include <stdint.h>

/* As they are in the file: nothing of it is checked. */
struct workspace_png_begin {
    uint32_t width; /* pixels, as is height */
    uint32_t height;
    bool is_indexed;
};

/* Reads the file `name` below root_fd. False when it cannot be read, or does not begin as a PNG does. */
bool workspace_read_png_begin(int root_fd, const char *name, struct workspace_png_begin *begin);

#endif
