/* The relaxation: groups of sets may be taken in part. Its total, rounded up, is a bound: no solution has fewer
 * palettes.
 *
 * Columns are generated as they are needed (price.h). The bound is proved with integers: each set has a weight, pricing
 * says how much weight one palette can hold at most, and so many palettes are needed for the weight of all sets.
 *
 * Threads: a relaxation belongs to one thread at a time. */
#ifndef PRPACK_PALETTES_RELAX_H
#define PRPACK_PALETTES_RELAX_H

#include "palettes/cover.h"
#include "palettes/price.h"

struct palettes_relax {
    const struct palettes_problem *problem; /* its `open` and fresh.has are not looked at */
    struct palettes_price *price;
    struct palettes_columns columns; /* the first ones are the sets, one by one */
    struct palettes_cover cover;     /* of what was relaxed last */
    uint16_t *row_of;
    uint16_t *set_of;
    uint64_t *weights;
    uint64_t sum;  /* of the weights */
    uint64_t most; /* weight that one palette can hold; UINT64_MAX: not known for these weights */
};

/* False when memory ran out. Free it in either case. */
bool palettes_relax_begin(struct palettes_relax *relax, const struct palettes_problem *problem);
void palettes_relax_free(struct palettes_relax *relax);

/* Relaxes the problem of the sets with wanted[set] != 0, and raises *bound to what is proved for them. Stops early once
 * *bound is `enough`, or the effort is used up; the cover is what was found so far. False when memory ran out. */
bool palettes_relax(struct palettes_relax *relax, const uint8_t *wanted, unsigned enough, unsigned *bound,
                    struct palettes_effort *effort);

/* The same for all sets. */
bool palettes_relax_all(struct palettes_relax *relax, unsigned *bound, struct palettes_effort *effort);

#endif
