/* Where each sprite lies: docs/contracts/workspace.md, 3.2.2.1. */
#ifndef PRPACK_VERIFY_SOURCES_PLACEMENT_H
#define PRPACK_VERIFY_SOURCES_PLACEMENT_H

#include "verify/sources/sheet.h"

/* Finds first_tile of each sprite, whose pictures are there, and says in taken which tiles have one. False when a
 * sprite has no place, which is reported. */
bool verify_place_sprites(struct verify_sheet *sheet, bool taken[VERIFY_SHEET_TILES_MAX]);

#endif
