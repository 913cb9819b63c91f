/* A bound for problems with open palettes, or with a shared base. */
#ifndef PRPACK_PALETTES_BOUND_H
#define PRPACK_PALETTES_BOUND_H

#include "palettes/effort.h"
#include "palettes/problem.h"

/* Copies the sets that no open palette has room for, without the colours that each new palette has. Each of them needs
 * a new one. Returns how many; copy has room for all sets. */
size_t palettes_copy_homeless(const struct palettes_problem *problem, struct palettes_set *copy);

/* Raises *bound to what can be proved although open palettes take some of the sets. False when memory ran out. */
bool palettes_bound_with_open(const struct palettes_problem *problem, unsigned *bound, struct palettes_effort *effort);

#endif
