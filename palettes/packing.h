/* Sets in palettes, where a palette may have more colours than it can hold: the state of a local search.
 *
 * Threads: a packing belongs to one thread at a time. */
#ifndef PRPACK_PALETTES_PACKING_H
#define PRPACK_PALETTES_PACKING_H

#include "palettes/problem.h"

enum { PALETTES_NOWHERE = 0xFFFF };

/* Invariant: all counts are those of the sets that `of` puts into a palette, and of what its room has. */
struct palettes_packing {
    const struct palettes_problem *problem;
    unsigned bins;      /* the open ones, then new ones */
    uint16_t *of;       /* of each set: its bin, or PALETTES_NOWHERE */
    uint16_t *uses;     /* [bin * colours + colour]: how many sets there have the colour */
    uint16_t *size;     /* of each bin: its colours */
    uint16_t *missing;  /* [set * bins + bin]: colours of the set that the bin does not have */
    uint32_t *sets_of;  /* the sets that have a colour: from begin_of[colour] to begin_of[colour + 1] */
    uint32_t *begin_of; /* colours + 1 */
};

/* An empty packing. False when memory ran out. Free it in either case. The problem must outlive it. */
bool palettes_packing_begin(struct palettes_packing *packing, const struct palettes_problem *problem, unsigned bins);
void palettes_packing_free(struct palettes_packing *packing);

static inline unsigned palettes_packing_most(const struct palettes_packing *packing, unsigned bin)
{
    const struct palettes_problem *problem = packing->problem;
    return bin < problem->open_count ? problem->open[bin].most : problem->fresh.most;
}

/* How many colours too many a bin of `size` colours has. */
static inline int palettes_packing_over(const struct palettes_packing *packing, unsigned bin, int size)
{
    int most = (int)palettes_packing_most(packing, bin);
    return size > most ? size - most : 0;
}

/* The colours that only this set has in its bin. */
unsigned palettes_packing_own(const struct palettes_packing *packing, size_t set);

/* Takes a set out of its bin, if it is in one, and puts it into another one, or PALETTES_NOWHERE. */
void palettes_packing_move(struct palettes_packing *packing, size_t set, unsigned bin);

/* Puts each set into the bin that gets the fewest colours too many by it; of these, where it brings the fewest new
 * colours; the largest sets first. Sets that are in a bin stay there. True when no bin has too many colours. */
bool palettes_packing_fill(struct palettes_packing *packing);

#endif
