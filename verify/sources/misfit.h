/* A sprite that no palette fits. Threads: as for the asset. */
#ifndef PRPACK_VERIFY_SOURCES_MISFIT_H
#define PRPACK_VERIFY_SOURCES_MISFIT_H

#include "verify/sources/candidates.h"
#include "verify/sources/colour_masks.h"

/* The candidate that draws the most of the colours of a tile of a sprite; of several the lowest. There is a candidate.
 */
uint32_t verify_nearest_palette(const struct verify_sheet *sheet, const struct verify_sprite *sprite,
                                const struct verify_colour_masks *masks, const struct verify_candidates *candidates,
                                uint32_t tile);

/* Reports pixel-inexpressible about the pixels of a sprite that the nearest candidate of their tile does not have, in
 * all tiles that no candidate fits; there is one. */
void verify_report_misfit(const struct verify_sheet *sheet, const struct verify_sprite *sprite,
                          const struct verify_colour_masks *masks, const struct verify_candidates *candidates);

#endif
