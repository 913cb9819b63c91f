/* The search for the least number of palettes.
 *
 * A relaxation gives a bound, and diving a solution. Where the two differ, the exact step closes the gap if it can;
 * else tabu search tries to do with one palette less, as long as the bound allows one. The result depends on the
 * problem alone: not on the machine, the time or the threads. */
#ifndef PRPACK_PALETTES_SEARCH_H
#define PRPACK_PALETTES_SEARCH_H

#include "base/task.h"
#include "palettes/problem.h"

/* Another algorithm, which may find other palettes for the same problem, gets another number. */
enum { PALETTES_ALGORITHM = 1 };

enum palettes_outcome {
    PALETTES_FIT,        /* every set lies in a palette */
    PALETTES_DO_NOT_FIT, /* no solution within the limit was found */
    PALETTES_CANCELLED,
    PALETTES_OUT_OF_MEMORY
};

struct palettes_answer {
    unsigned count; /* new palettes; with PALETTES_FIT */
    unsigned bound; /* there is no solution with fewer, within the limit or beyond it */
};

/* Fills of[set] with the palette of each set: below open_count an open one, else open_count + n is the new palette n.
 * New palettes are numbered in the order of the first set that needs them. */
enum palettes_outcome palettes_search(const struct palettes_problem *problem, struct base_task *task, uint16_t *of,
                                      struct palettes_answer *answer);

#endif
