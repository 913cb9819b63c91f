/* The journal of an edit: which files of asset roots it writes. It is a file in assets/.prometeu, and belongs to the
 * process that holds the workspace lock.
 *
 *   .prpack-edit           the edit is being staged: what it has written so far is worth nothing
 *   .prpack-edit-commit    everything that it names is staged and durable, and is to be moved into place
 *
 * The text, a line each:
 *
 *   prpack-edit 2 I B J C  I and B are the inode number and the time of birth (base/identity.h) of assets/.prometeu,
 *                       J and C those of the staged registry. So a journal that came with a copy of the workspace is
 *                       not taken for one that was written here. The number of the device is not in it: it may be
 *                       another one after a power cut, and a committed edit must be known again.
 *   ID                  the asset ID gets an asset.json, where its root has none
 *   ID HASH             the same, in place of an asset.json whose content has this hash
 *   ID - PATH           the asset ID gets another file, where there is none: its plain relative path below the root, in
 *                       hexadecimal digits
 *   ID HASH PATH        the same, in place of a file whose content has this hash
 *   end HASH            of all lines before
 *
 * The root of an asset is that of the registry that the edit has staged. */
#ifndef PRPACK_SERVICE_TRANSACTION_EDIT_JOURNAL_H
#define PRPACK_SERVICE_TRANSACTION_EDIT_JOURNAL_H

#include "base/hash_value.h"
#include "base/text.h"
#include "workspace/edit/plan.h"

struct service_edit_file {
    int32_t asset_id;
    bool replaces;
    struct base_hash replaced;
    char *path; /* below the root; owned */
};

/* Zero-initialise. */
struct service_edit {
    struct service_edit_file *files;
    size_t count;
    size_t capacity;
};

void service_edit_free(struct service_edit *edit);

/* Appends the journal of a plan whose registry is staged. Returns 0 or an errno value. */
int service_edit_print(int registry_fd, const struct workspace_plan *plan, struct base_text *text);

/* Reads a journal by its name. Returns 0; EBADMSG when it is cut or is not one; ESTALE when it was not written here; or
 * another errno value. Free *edit in any case. */
int service_edit_read(int registry_fd, const char *name, struct service_edit *edit);

#endif
