/* System calls on descriptors, repeated when a signal interrupts them.
 *
 * Each function returns 0 or an errno value. Threads: no shared state. */
#ifndef PRPACK_BASE_DESCRIPTOR_H
#define PRPACK_BASE_DESCRIPTOR_H

#include "base/bytes.h"

/* openat(2). O_CLOEXEC is always added; a new file gets the rights 0666 less the umask. directory_fd is AT_FDCWD for a
 * path that is absolute or relative to the current directory. *fd is -1 after a failure. */
int base_descriptor_open(int *fd, int directory_fd, const char *path, int flags);

/* Writes all bytes at the current position. */
int base_descriptor_write(int fd, struct base_bytes bytes);

/* Makes what was written durable: fsync(2). */
int base_descriptor_sync(int fd);

/* Makes the entries of a directory durable. A file system that cannot sync a directory counts as success: it has
 * nothing to lose there. */
int base_descriptor_sync_directory(int directory_fd);

/* Makes everything durable that was changed in the file system of a descriptor: syncfs(2). */
int base_descriptor_sync_file_system(int fd);

/* renameat(2). */
int base_descriptor_rename(int from_fd, const char *from, int to_fd, const char *to);

/* The same, but fails with EEXIST where `to` is there already. Where the file system cannot do that in one step,
 * another process can make `to` meanwhile, and then loses it. */
int base_descriptor_rename_new(int from_fd, const char *from, int to_fd, const char *to);

/* flock(2). */
int base_descriptor_lock(int fd, int operation);

/* Closes after writing, and returns the error that only close(2) reports. The descriptor is closed whatever the result.
 */
int base_descriptor_close(int fd);

/* Writes all bytes, syncs and closes. The descriptor is closed whatever the result. */
int base_descriptor_finish(int fd, struct base_bytes content);

/* Makes a regular file in a directory, with its content, durable but for its name. EEXIST: something has the name, a
 * link included. After another failure a part of the file may be there. */
int base_descriptor_make(int directory_fd, const char *name, struct base_bytes content);

#endif
