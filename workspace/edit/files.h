/* The files of a directory that becomes an asset root, and what their endings say. */
#ifndef PRPACK_WORKSPACE_EDIT_FILES_H
#define PRPACK_WORKSPACE_EDIT_FILES_H

#include "base/names.h"
#include "workspace/edit/addition.h"

/* What the files of a directory are, by their endings. */
enum workspace_file_kind {
    WORKSPACE_FILE_PNG,
    WORKSPACE_FILE_PALETTE,
    WORKSPACE_FILE_SOUND,
    WORKSPACE_FILE_OTHER,
    WORKSPACE_FILE_KINDS
};
enum workspace_file_kind workspace_file_kind_of(const char *name);
void workspace_files_count(const struct base_names *files, size_t counts[WORKSPACE_FILE_KINDS]);
/* Keeps the files of two kinds, drops the others. */
void workspace_files_keep(struct base_names *files, enum workspace_file_kind a, enum workspace_file_kind b);

/* The files directly in the root of add, in byte order; no hidden ones. */
bool workspace_add_list_files(struct workspace_addition *add, struct base_names *files);

#endif
