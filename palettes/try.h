/* Trying everything, for small problems: each set goes into each palette that has room for it. */
#ifndef PRPACK_PALETTES_TRY_H
#define PRPACK_PALETTES_TRY_H

#include "palettes/effort.h"
#include "palettes/packing.h"

enum palettes_trial {
    PALETTES_TRIED_FOUND,
    PALETTES_TRIED_NONE,   /* proved: there is no solution with so many palettes */
    PALETTES_TRIED_ENOUGH, /* the effort was used up */
    PALETTES_TRIED_NO_MEMORY
};

/* The packing is empty. PALETTES_TRIED_FOUND: it is a solution; else it is of no use. */
enum palettes_trial palettes_try(struct palettes_packing *packing, struct palettes_effort *effort);

#endif
