/* An indexed picture that brings its palette. */
#ifndef PRPACK_VERIFY_SOURCES_BROUGHT_H
#define PRPACK_VERIFY_SOURCES_BROUGHT_H

#include "verify/sources/sheet.h"

/* Fills the palette that the picture of a sprite brings, with the colour of its opaque pixels of index 0 moved to
 * another entry, which becomes sprite->moved. False when it brings none, which is reported. */
bool verify_brought_palette(const struct verify_sheet *sheet, struct verify_sprite *sprite,
                            struct verify_sheet_palette *palette);

#endif
