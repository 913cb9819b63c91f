/* Opens a path that must stay below a directory. Private to base/: other rooms use base_file_open_below and
 * base_directory_open_below (base/directory.h). */
#ifndef PRPACK_BASE_BELOW_H
#define PRPACK_BASE_BELOW_H

/* Opens `relative` below root_fd with the flags of open(2). A link is followed if its target is below root_fd. Returns
 * 0 with the descriptor in *fd, or a problem as base/file_problem.h names them. */
int base_open_below(int *fd, int root_fd, const char *relative, int flags);

/* The same, but no link is followed: one on the way is BASE_FILE_OUTSIDE_ROOT. */
int base_open_below_without_links(int *fd, int root_fd, const char *relative, int flags);

/* The same where the kernel has no openat2: component by component, and no link is followed at all. */
int base_open_below_stepwise(int *fd, int root_fd, const char *relative, int flags);

#endif
