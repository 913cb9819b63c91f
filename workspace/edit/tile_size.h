/* The tile size that fits the PNGs of a directory. */
#ifndef PRPACK_WORKSPACE_EDIT_TILE_SIZE_H
#define PRPACK_WORKSPACE_EDIT_TILE_SIZE_H

#include "workspace/edit/files.h"

/* Chooses the tile size that divides all PNGs of the root, or checks the one that was asked for (0: none). */
bool workspace_add_tile_size(struct workspace_addition *add, const struct workspace_files *files, uint32_t asked,
                             uint32_t *tile_size);

#endif
