/* The root that a file of a directory gets by `add --each`. */
#ifndef PRPACK_WORKSPACE_EDIT_EACH_ROOT_H
#define PRPACK_WORKSPACE_EDIT_EACH_ROOT_H

#include "workspace/edit/addition.h"

/* Finds the directory that add->typed names, assets/ itself included, and checks that its files may be moved: fills
 * root, root_fd and root_display. */
bool workspace_each_find_directory(struct workspace_addition *add);

/* Reports that nothing in a directory that was found can be added. */
void workspace_each_report_none(struct workspace_addition *add);

/* Fills what workspace_add_find_root fills, from add->each; and source_root. The root does not exist yet: root_fd is
 * the directory where the file is now, and root_display the path of the file. */
bool workspace_each_find_root(struct workspace_addition *add);

/* The path of what is moved, relative to assets/ (free() it). NULL when memory ran out. */
char *workspace_each_source(const struct workspace_each_file *file);

/* The length of the name of a file's directory: the file's name without the ending. */
size_t workspace_each_stem(const char *name);

#endif
