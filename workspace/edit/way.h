/* What is on the way to a path that something is to be moved from or to. Nothing here follows a link.
 *
 * Paths are plain and relative to assets/. */
#ifndef PRPACK_WORKSPACE_EDIT_WAY_H
#define PRPACK_WORKSPACE_EDIT_WAY_H

#include <stddef.h>
#include <sys/types.h>

/* Looks at the directories of a path, one after the other, and at its end. *present is how much of the path is there,
 * whole components. Returns 0 when all of it is there, ENOENT when the rest is missing, ELOOP when a link is on the way
 * or at the end, ENOTDIR when something else than a directory is on the way, or another errno value. */
int workspace_way_look(int assets_fd, const char *path, size_t *present);

/* Whether entries may be taken out of a directory and put into it: the first `length` bytes of the path, which are
 * there; 0 is assets/ itself. *device is the file system that it is on. Returns 0 or an errno value. */
int workspace_way_check(int assets_fd, const char *path, size_t length, dev_t *device);

/* The length of the path of the directory above a path; 0: that is assets/ itself. */
size_t workspace_way_above(const char *path);

#endif
