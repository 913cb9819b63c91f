/* The question: how many palettes do these sets of colours need, so that each set lies in one palette?
 *
 * Everything is borrowed from the caller. */
#ifndef PRPACK_PALETTES_PROBLEM_H
#define PRPACK_PALETTES_PROBLEM_H

#include "palettes/set.h"

enum { PALETTES_COUNT_MAX = 64, PALETTES_COLOURS_MAX = PALETTES_COUNT_MAX * PALETTES_SET_MAX };

/* A palette before the search: what it has, and how many different colours it can have with them. */
struct palettes_room {
    struct palettes_set has;
    uint16_t most; /* has.size … PALETTES_SET_MAX */
};

struct palettes_problem {
    const struct palettes_set *sets;
    size_t count;
    uint16_t colours;                 /* each colour is below this */
    const struct palettes_room *open; /* palettes that are there and cost nothing */
    size_t open_count;
    struct palettes_room fresh; /* each new one */
    unsigned limit;             /* new ones at most; open_count + limit <= PALETTES_COUNT_MAX */
};

#endif
