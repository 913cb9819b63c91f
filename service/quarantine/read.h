/* A folder of the quarantine as it is read: docs/contracts/workspace.md, 8.7. It is hostile until it is read.
 *
 * Threads: one at a time. */
#ifndef PRPACK_SERVICE_QUARANTINE_READ_H
#define PRPACK_SERVICE_QUARANTINE_READ_H

#include "base/names.h"
#include "service/service.h"

/* Reads the folder of that name in the quarantine. What is wrong with it is its fault, and not a failure; *unread is
 * the errno value of what the system could not read, or 0. Returns 0 or ENOMEM. Free it in either case. */
int service_quarantine_read(int quarantine_fd, const char *name, struct service_kept *kept, int *unread);
void service_kept_free(struct service_kept *kept);

/* Opens the quarantine of a workspace below registry_fd. Returns 0; ENOENT where there is none, or a link or a file is
 * in its place; or another errno value. */
int service_quarantine_open(int registry_fd, int *fd);

/* The names of all folders, in rising number; other entries do not count. quarantine_fd stays open. Returns 0 or an
 * errno value. */
int service_quarantine_folders(int quarantine_fd, struct base_names *names);

#endif
