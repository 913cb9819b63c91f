/* Whether the kernel will allow an entry of a directory to be renamed or replaced, as far as that can be known. */
#ifndef PRPACK_SERVICE_TRANSACTION_ENTRY_H
#define PRPACK_SERVICE_TRANSACTION_ENTRY_H

#include <sys/stat.h>

/* Whether entries may be put into an open directory and taken out of it. Returns 0; EPERM: it is immutable or
 * append-only; or another errno value. */
int service_entry_check_directory(int directory_fd);

/* `name` is an entry of an open directory, of which `directory` is the status; a link is not followed. Returns 0 with
 * its type in *mode; EBUSY: a mount point; EPERM: immutable, append-only, or another user's in a directory with the
 * sticky bit; ENOENT or another errno value. */
int service_entry_check(int directory_fd, const struct stat *directory, const char *name, mode_t *mode);

#endif
