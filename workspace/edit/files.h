/* The files of a directory that becomes an asset root, and what each of them is: docs/contracts/workspace.md, 6.3. */
#ifndef PRPACK_WORKSPACE_EDIT_FILES_H
#define PRPACK_WORKSPACE_EDIT_FILES_H

#include "base/names.h"
#include "workspace/edit/addition.h"
#include "workspace/model/file_kind.h"

struct workspace_file {
    char *name;
    enum workspace_file_kind kind; /* a strip is a palette */
    uint32_t colours;              /* of a strip; 0: it is not one, or it was not looked at */
};

/* Zero-initialise with WORKSPACE_FILES_EMPTY, free in any case. */
struct workspace_files {
    struct workspace_file *items; /* in natural order of their names */
    size_t count;
    size_t capacity;
    struct base_names ignored; /* working files, hidden ones too, and what `ignore` names, in natural order; not among
                                  the items */
    size_t left_out;           /* how many of them `ignore` names */
};

#define WORKSPACE_FILES_EMPTY ((struct workspace_files){.items = NULL})

/* Lists the files directly in the root of add, or the one file that it is made of; no hidden ones. False with the
 * reason in add->findings. */
bool workspace_add_list_files(struct workspace_addition *add, struct workspace_files *files);

/* Makes working files files of other kinds, except those that are hidden or that `ignore` names. False when memory
 * ran out, which findings then says. */
bool workspace_files_take_working(struct workspace_files *files, const struct workspace_addition *add);

/* Finds the strips among the PNGs. They are palettes if a PNG that is not a strip is there, too. */
void workspace_files_find_strips(struct workspace_files *files, const struct workspace_addition *add);

void workspace_files_count(const struct workspace_files *files, size_t counts[WORKSPACE_FILE_KINDS]);
/* Keeps the files of two kinds, drops the others. */
void workspace_files_keep(struct workspace_files *files, enum workspace_file_kind a, enum workspace_file_kind b);

/* Whether asset.json can have the name of a file: the name is UTF-8 without a backslash. */
bool workspace_add_check_file_name(struct workspace_addition *add, const char *name);

void workspace_files_free(struct workspace_files *files);

#endif
