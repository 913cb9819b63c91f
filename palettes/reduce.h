/* A smaller problem with the same answer: sets that lie within another one are left out. */
#ifndef PRPACK_PALETTES_REDUCE_H
#define PRPACK_PALETTES_REDUCE_H

#include "palettes/problem.h"

struct palettes_reduced {
    struct palettes_problem problem; /* its sets are owned, all else is that of the whole problem */
    struct palettes_set *sets;
    uint16_t *within; /* of each set of the whole problem: the set here that it lies within, or PALETTES_NOWHERE: an
                         open palette has it already */
};

/* False when memory ran out. Free it in either case. */
bool palettes_reduce(struct palettes_reduced *reduced, const struct palettes_problem *whole);
void palettes_reduced_free(struct palettes_reduced *reduced);

/* The open palette that has all colours of a set, or PALETTES_NOWHERE. */
uint16_t palettes_find_open(const struct palettes_problem *problem, const struct palettes_set *set);

#endif
