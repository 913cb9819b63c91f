#include "palettes/reduce.h"

#include "palettes/packing.h"

#include <stdlib.h>

uint16_t palettes_find_open(const struct palettes_problem *problem, const struct palettes_set *set)
{
    for (size_t i = 0; i < problem->open_count; i++) {
        if (palettes_set_within(set, &problem->open[i].has)) {
            return (uint16_t)i;
        }
    }
    return PALETTES_NOWHERE;
}

/* The set of the smaller problem that this one lies within, or PALETTES_NOWHERE. */
static uint16_t find_around(const struct palettes_reduced *reduced, const struct palettes_set *set)
{
    for (size_t i = 0; i < reduced->problem.count; i++) {
        if (palettes_set_within(set, &reduced->sets[i])) {
            return (uint16_t)i;
        }
    }
    return PALETTES_NOWHERE;
}

/* The largest sets come first, so a set never lies within a later one that is larger. */
bool palettes_reduce(struct palettes_reduced *reduced, const struct palettes_problem *whole)
{
    *reduced = (struct palettes_reduced){.problem = *whole};
    reduced->sets = calloc(whole->count + 1, sizeof *reduced->sets);
    reduced->within = calloc(whole->count + 1, sizeof *reduced->within);
    reduced->problem.sets = reduced->sets;
    reduced->problem.count = 0;
    if (reduced->sets == NULL || reduced->within == NULL) {
        return false;
    }
    for (unsigned size = PALETTES_SET_MAX + 1; size-- > 0;) {
        for (size_t s = 0; s < whole->count; s++) {
            const struct palettes_set *set = &whole->sets[s];
            if (set->size != size) {
                continue;
            }
            reduced->within[s] = PALETTES_NOWHERE;
            if (palettes_find_open(whole, set) != PALETTES_NOWHERE) {
                continue;
            }
            reduced->within[s] = find_around(reduced, set);
            if (reduced->within[s] == PALETTES_NOWHERE) {
                reduced->within[s] = (uint16_t)reduced->problem.count;
                reduced->sets[reduced->problem.count++] = *set;
            }
        }
    }
    return true;
}

void palettes_reduced_free(struct palettes_reduced *reduced)
{
    free(reduced->sets);
    free(reduced->within);
    *reduced = (struct palettes_reduced){.sets = NULL};
}
