/* The palettes that a sprite may get, in the order in which they are tried. */
#ifndef PRPACK_VERIFY_SOURCES_CANDIDATES_H
#define PRPACK_VERIFY_SOURCES_CANDIDATES_H

#include "verify/sources/sheet.h"

struct verify_candidates {
    uint8_t order[VERIFY_PALETTE_INDICES];
    uint32_t count;
};

/* False when the asset does not have the palette that the sprite fixes; count is then 0. */
bool verify_candidates_of(const struct verify_sheet *sheet, const struct verify_sprite *sprite,
                          struct verify_candidates *candidates);

/* The first candidate whose bit in the mask is set; VERIFY_PALETTE_INDICES: none. */
uint32_t verify_candidates_first(const struct verify_candidates *candidates, uint64_t mask);

#endif
