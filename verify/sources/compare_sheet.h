/* A GLYPH payload against the sheet that its sources give. */
#ifndef PRPACK_VERIFY_SOURCES_COMPARE_SHEET_H
#define PRPACK_VERIFY_SOURCES_COMPARE_SHEET_H

#include "verify/sources/sheet.h"

/* source-mismatch, opacity-mismatch, palette-mismatch, tiles-mismatch, palette-missing. The inputs are unchanged, and
 * the entry has VERIFY_ENTRY_HAS_GLYPH. Returns palette_authored as the sources give it, or 0 when that is not known,
 * because of a fault that was reported. */
uint32_t verify_compare_sheet(const struct verify_source_asset *asset, struct verify_declared *declared);

#endif
