/* Tabu search: moves one set at a time until no palette has too many colours. */
#ifndef PRPACK_PALETTES_TABU_H
#define PRPACK_PALETTES_TABU_H

#include "palettes/effort.h"
#include "palettes/packing.h"

enum palettes_end {
    PALETTES_FOUND,
    PALETTES_GAVE_UP, /* no step is left, or the task was cancelled */
    PALETTES_NO_MEMORY
};

/* Each set of the packing is in a bin. PALETTES_FOUND: no bin has too many colours; else the packing is of no use. */
enum palettes_end palettes_tabu(struct palettes_packing *packing, struct palettes_effort *effort);

#endif
