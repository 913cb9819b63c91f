/* A walk through the directories below assets/, at a cost for each that does not grow with its depth: of the
 * directories on the way to the last one every WORKSPACE_DESCENT_STRIDE-th stays open, and the next one is opened from
 * there. */
#ifndef PRPACK_WORKSPACE_DESCENT_H
#define PRPACK_WORKSPACE_DESCENT_H

#include <stddef.h>

/* A path that the kernel takes has 2,047 components at most. */
enum { WORKSPACE_DESCENT_STRIDE = 32, WORKSPACE_DESCENT_OPEN_MAX = 64 };

/* Only descent.c writes the members. */
struct workspace_descent {
    int assets_fd; /* borrowed */
    size_t count;
    int open_fds[WORKSPACE_DESCENT_OPEN_MAX]; /* [i]: the ancestor with (i + 1) * WORKSPACE_DESCENT_STRIDE components */
};

/* assets_fd must outlive the walk. End the walk with workspace_descent_end. */
void workspace_descent_begin(struct workspace_descent *descent, int assets_fd);

/* Opens the directory `path` below assets/, which is a plain relative path or "". The paths come depth first: the
 * parent of each is the last one that was opened, or lies on the way to it. Returns 0 with a descriptor that the caller
 * closes, or a problem as base/file_problem.h names them. */
int workspace_descent_open(struct workspace_descent *descent, const char *path, int *fd);

void workspace_descent_end(struct workspace_descent *descent);

#endif
