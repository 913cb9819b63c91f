/* Diving: takes one column after the other, each time the one of which the relaxation of what is left takes the most.
 */
#ifndef PRPACK_PALETTES_DIVE_H
#define PRPACK_PALETTES_DIVE_H

#include "palettes/relax.h"

/* Fills of[set] with palettes 0 … *count - 1 for all sets. `first` chooses where the first step goes: 0 takes the best
 * column, 1 the next best one, and so on. *bound is raised by the first step. False when memory ran out; *count is 0
 * when effort ran out before all sets had a palette. */
bool palettes_dive(struct palettes_relax *relax, unsigned first, uint16_t *of, unsigned *count, unsigned *bound,
                   struct palettes_effort *effort);

#endif
