/* The files of an edit, found through its journal and the registry that it has staged.
 *
 * A journal is hostile until it is checked (edit_journal.h), and so is the registry. Nothing is touched but the
 * files that it names, and their stages, in a root that the registry names, below assets_fd, and the registry. No link
 * is followed on the way. All functions return 0 or an errno value, and can be interrupted and repeated. */
#ifndef PRPACK_SERVICE_TRANSACTION_EDIT_FILES_H
#define PRPACK_SERVICE_TRANSACTION_EDIT_FILES_H

#include "service/transaction/edit_journal.h"

#include <limits.h>

struct service_edit_blocked {
    char name[NAME_MAX + 1];
};

/* Carries the moves out, then brings everything that is staged into place, the registry last, and makes that durable. A
 * root that is gone, and a file that another program has written since the edit was planned, are left as they are.
 * EBADMSG: the staged registry is not one, and nothing was moved. */
int service_edit_move(int registry_fd, int assets_fd, const struct service_edit *edit);

/* Removes everything that is staged, but for the registry, and the directories that were made for it, and makes that
 * durable. */
int service_edit_unstage(int registry_fd, int assets_fd, const struct service_edit *edit);

/* Before the journal is written: whether a file, by its plain relative path below a root, can be staged and then get
 * its name, as far as that shows. A directory that is missing is passed over: it may be made for a move, or staging
 * says so. ENAMETOOLONG: the name of the stage is too long. Else *blocked is set: the name of the stage in whose place
 * something is, EEXIST if that is not a regular file, which prpack never staged; or "" when the fault lies at the file
 * itself. */
int service_edit_check_file(int assets_fd, const char *root, const char *path, struct service_edit_blocked *blocked);

/* The same of the registry, the history and the journal. What an earlier edit has left is dropped before. */
int service_edit_check_registry(int registry_fd, struct service_edit_blocked *blocked);

/* Stages one file, by its plain relative path below a root, durably if the root is on another file system than the
 * registry's directory: that one is synced once for all. */
int service_edit_stage(int registry_fd, int assets_fd, const char *root, const char *path, struct base_bytes content);

#endif
