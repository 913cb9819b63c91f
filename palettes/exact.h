/* The exact step: is there a solution with this many palettes?
 *
 * The weights of a relaxation leave a slack: what `count` palettes can hold less what all sets weigh. A group of sets
 * that wastes more than that cannot be in such a solution. All other groups are listed, if they are not too many, and a
 * search over them finds a solution or proves that there is none. */
#ifndef PRPACK_PALETTES_EXACT_H
#define PRPACK_PALETTES_EXACT_H

#include "palettes/relax.h"

enum palettes_verdict {
    PALETTES_YES,
    PALETTES_NO,      /* proved */
    PALETTES_UNKNOWN, /* the effort was used up, or there are too many groups */
    PALETTES_EXACT_NO_MEMORY
};

/* relax has relaxed all sets. With PALETTES_YES, of[set] is the palette of each set. */
enum palettes_verdict palettes_exact(struct palettes_relax *relax, unsigned count, uint16_t *of,
                                     struct palettes_effort *effort);

#endif
