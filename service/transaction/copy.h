/* The content of a directory that is moved to another file system: it is copied before an edit is committed, and
 * deleted after it.
 *
 * No link is followed, and the depth of the nesting costs no stack. Functions return 0, an errno value or a
 * base_file_problem. Threads: one at a time. */
#ifndef PRPACK_SERVICE_TRANSACTION_COPY_H
#define PRPACK_SERVICE_TRANSACTION_COPY_H

#include "base/task.h"

/* Copies what is below from_fd into the empty directory to_fd, with rights and times, makes it durable, and compares
 * the two. ECANCELED when the task was cancelled; EXDEV: something below is a mount point; ENOTSUP: it is a socket or a
 * device; EBUSY: another program has changed it meanwhile; EPERM or EACCES: it could not be deleted afterwards. */
int service_copy(struct base_task *task, int from_fd, int to_fd);

/* Deletes below from_fd what to_fd has likewise: files of the same content, links to the same target, and directories
 * that are empty then. Whatever else is there stays, as does what the kernel does not let go. */
int service_copy_drop_original(int from_fd, int to_fd);

/* Deletes a directory, unless something is in it or the kernel does not let it go: then it stays, and that is fine. */
int service_copy_drop_directory(int directory_fd, const char *name);

#endif
