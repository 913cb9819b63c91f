/* Folders of the quarantine that are deleted for good: docs/contracts/workspace.md, 8.7.
 *
 * A folder is renamed to .purge-NAME first. So a process that is killed leaves no half folder that could be restored;
 * the next purge deletes the rest. Functions return 0, an errno value or a base_file_problem. Threads: one at a time;
 * the caller holds the workspace lock. */
#ifndef PRPACK_SERVICE_QUARANTINE_PURGE_H
#define PRPACK_SERVICE_QUARANTINE_PURGE_H

#include "base/names.h"

/* Renames a folder, durably. */
int service_purge_begin(int quarantine_fd, const char *folder);

/* Appends the names of all folders that are renamed so, in no particular order. */
int service_purge_begun(int quarantine_fd, struct base_names *names);

/* Deletes all of them. */
int service_purge_finish(int quarantine_fd);

#endif
