/* Pricing: the most valuable group of sets whose colours fit into one palette together.
 *
 * Exact, by branch and bound. A node has a union of colours that is chosen already. Its bound spreads the weight of
 * each remaining set over the colours that the set still lacks: with room for n more colours, no more can be gained
 * than the n richest colours have got.
 *
 * Threads: a price belongs to one thread at a time. */
#ifndef PRPACK_PALETTES_PRICE_H
#define PRPACK_PALETTES_PRICE_H

#include "palettes/columns.h"
#include "palettes/effort.h"
#include "palettes/problem.h"

struct palettes_price;

/* NULL when memory ran out. The problem must outlive it; its `open` and fresh.has are not looked at. */
struct palettes_price *palettes_price_create(const struct palettes_problem *problem);
void palettes_price_destroy(struct palettes_price *price);

/* weights[set]; a set of weight 0 does not count. Appends columns that are worth more than `worth`, if there are any:
 * without `exact` those that greedy searches find, with it the best ones. *most is a number that no column exceeds,
 * whatever effort is left; it is UINT64_MAX without `exact`. False when memory ran out. */
bool palettes_price_columns(struct palettes_price *price, const uint64_t *weights, uint64_t worth, bool exact,
                            struct palettes_columns *columns, uint64_t *most, struct palettes_effort *effort);

/* Appends every column that is worth more than `worth` and that no further set fits into. *complete is false when more
 * than `limit` columns were found, or the effort was used up: some may be missing then. A column may be appended twice.
 * False when memory ran out. */
bool palettes_price_all(struct palettes_price *price, const uint64_t *weights, uint64_t worth, size_t limit,
                        struct palettes_columns *columns, bool *complete, struct palettes_effort *effort);

#endif
