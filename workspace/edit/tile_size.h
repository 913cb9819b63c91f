/* The tile size that fits the PNGs of a directory. */
#ifndef PRPACK_WORKSPACE_EDIT_TILE_SIZE_H
#define PRPACK_WORKSPACE_EDIT_TILE_SIZE_H

#include "workspace/edit/files.h"

/* The default tile size if it divides width and height of every PNG among the files of the root; else 8, or the default
 * where pictures are to be padded and 8 does not divide them either. A file that cannot be read as a PNG does not
 * count: a build reports what is wrong with it. */
uint32_t workspace_add_tile_size(const struct workspace_addition *add, const struct workspace_files *files);

#endif
