/* Why sets do not fit: a few of them that need more palettes than there may be. */
#ifndef PRPACK_PALETTES_CONFLICT_H
#define PRPACK_PALETTES_CONFLICT_H

#include "base/task.h"
#include "palettes/problem.h"

enum { PALETTES_EXCESS_UNKNOWN = 0xFFFF };

struct palettes_conflict {
    bool proved;    /* these sets cannot fit; else they are all there are, and no solution was found */
    size_t count;   /* of them */
    uint16_t *sets; /* in rising order; owned */
    uint16_t
        *excess; /* of each: with so many colours less it would fit beside the others, as these were packed; owned */
};

/* The problem has neither open palettes nor a base, and palettes_search has found no solution. The conflict is as small
 * as could be made within a bounded effort. False when memory ran out. Free it in either case. */
bool palettes_conflict_find(struct palettes_conflict *conflict, const struct palettes_problem *problem,
                            struct base_task *task);
void palettes_conflict_free(struct palettes_conflict *conflict);

#endif
