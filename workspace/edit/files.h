/* The files of a directory that becomes an asset root, and what their endings say. */
#ifndef PRPACK_WORKSPACE_EDIT_FILES_H
#define PRPACK_WORKSPACE_EDIT_FILES_H

#include "base/names.h"
#include "workspace/edit/addition.h"
#include "workspace/model/file_kind.h"

void workspace_files_count(const struct base_names *files, size_t counts[WORKSPACE_FILE_KINDS]);
/* Keeps the files of two kinds, drops the others. */
void workspace_files_keep(struct base_names *files, enum workspace_file_kind a, enum workspace_file_kind b);

/* The files directly in the root of add, in byte order; no hidden ones. */
bool workspace_add_list_files(struct workspace_addition *add, struct base_names *files);

#endif
