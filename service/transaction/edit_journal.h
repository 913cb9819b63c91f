/* The journal of an edit: what it moves, and which files of asset roots it writes. It is a file in assets/.prometeu,
 * and only the process that holds the workspace lock uses it.
 *
 *   .prpack-edit           the edit is being staged: what it has written so far is discarded
 *   .prpack-edit-commit    everything that it names is staged and durable, and is to be moved into place
 *
 * The text, a line each; a PATH is in hexadecimal digits:
 *
 *   prpack-edit 3 I B J C  I and B are the inode number and the time of birth (base/identity.h) of assets/.prometeu,
 *                       J and C those of the staged registry. So a journal that came with a copy of the workspace is
 *                       not taken for one that was written here. The number of the device is not in it: it may be
 *                       another one after a power cut, and a committed edit must be known again.
 *
 *   - `way N PATH`: before the commit the edit makes this directory; the first N bytes of its path existed before.
 *   - `record PATH`: before the commit the edit writes this record of a new folder of the quarantine.
 *   - `file PATH PATH`: a file is renamed from the first path to the second one.
 *   - `directory PATH PATH`: the same for a directory.
 *   - `copy PATH PATH`: a directory goes into the quarantine, or comes out of it, from another file system: before the
 *     commit it is copied to .NAME.new beside the second path, after the commit the first one is deleted.
 *   - `drop PATH`: this record is deleted with its folder, when nothing else is in it.
 *   - `ID`: the asset ID gets an asset.json; its root did not have one.
 *   - `ID HASH`: the same; it replaces an asset.json whose content has this hash.
 *   - `ID - PATH`: the asset ID gets a new file; PATH is its plain relative path below the root.
 *   - `ID HASH PATH`: the same; it replaces a file whose content has this hash.
 *   - `delete ID HASH`, `delete ID HASH PATH`: such a file is deleted if its content has this hash.
 *   - `end HASH`: the hash of all lines before.
 *
 * The root of an asset is that of the registry that the edit has staged, else that of the one which is replaced. The
 * paths of the other lines are plain, relative to assets/, and not in .prometeu, but for those of folders of the
 * quarantine (folder.h). A journal of version 2, which prpack wrote before it moved anything, has lines with an ID
 * only. */
#ifndef PRPACK_SERVICE_TRANSACTION_EDIT_JOURNAL_H
#define PRPACK_SERVICE_TRANSACTION_EDIT_JOURNAL_H

#include "base/hash_value.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A directory that is made with those that are missing above it. */
struct service_edit_way {
    size_t present; /* so many bytes of the path were there before: whole components */
    char *path;     /* owned */
};

/* A record in a folder of the quarantine. */
struct service_edit_record {
    bool is_dropped; /* else it is written */
    char *path;      /* owned */
};

struct service_edit_move {
    bool is_directory;
    bool is_copied; /* the directory goes to another file system */
    char *from;     /* owned, as is the next */
    char *to;
};

struct service_edit_file {
    int32_t asset_id;
    bool is_deleted; /* `replaces` is set then */
    bool replaces;
    struct base_hash replaced;
    char *path; /* below the root; owned */
};

/* Zero-initialise. */
struct service_edit {
    struct service_edit_way *ways;
    size_t way_count;
    size_t way_capacity;
    struct service_edit_record *records;
    size_t record_count;
    size_t record_capacity;
    struct service_edit_move *moves;
    size_t move_count;
    size_t move_capacity;
    struct service_edit_file *files;
    size_t count;
    size_t capacity;
};

void service_edit_free(struct service_edit *edit);

/* Reads a journal by its name. Returns 0; EBADMSG when it is cut or is not one; ESTALE when it was not written here; or
 * another errno value. Free *edit in any case. */
int service_edit_read(int registry_fd, const char *name, struct service_edit *edit);

#endif
