/* The pixels of a GLYPH payload against those that the sprites give. */
#ifndef PRPACK_VERIFY_SOURCES_COMPARE_PIXELS_H
#define PRPACK_VERIFY_SOURCES_COMPARE_PIXELS_H

#include "verify/sources/sheet.h"

/* opacity-mismatch and source-mismatch, each once per sprite, and source-mismatch for the first stray tile. Every
 * sprite has its place and its palettes; taken says which tiles have a sprite. */
void verify_compare_pixels(const struct verify_sheet *sheet, const bool taken[VERIFY_SHEET_TILES_MAX]);

#endif
