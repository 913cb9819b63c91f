/* What `add` says of sprites that have no palettes. */
#ifndef PRPACK_WORKSPACE_EDIT_PALETTES_NEEDED_H
#define PRPACK_WORKSPACE_EDIT_PALETTES_NEEDED_H

#include "workspace/edit/addition.h"

/* Warns with palettes-needed when the declaration names no palettes and none of its sprites is an indexed PNG. A sprite
 * that cannot be read counts as indexed: a build says what is wrong with it. */
void workspace_add_check_palettes(struct workspace_addition *add);

#endif
