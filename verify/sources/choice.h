/* Which palette each tile of a sprite gets, and by which way: docs/contracts/workspace.md, 3.2.2. */
#ifndef PRPACK_VERIFY_SOURCES_CHOICE_H
#define PRPACK_VERIFY_SOURCES_CHOICE_H

#include "verify/sources/colour_masks.h"
#include "verify/sources/sheet.h"

/* Chooses for every sprite, with all palettes known. False when a sprite gets none, which is reported. */
bool verify_choose_palettes(struct verify_sheet *sheet);

#endif
