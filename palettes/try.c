#include "palettes/try.h"

#include <stdlib.h>

/* The sets in the order in which they are put: the largest first, since they have the fewest palettes to go to. */
static void sort_sets(const struct palettes_problem *problem, uint16_t *order)
{
    size_t count = 0;
    for (unsigned size = PALETTES_SET_MAX + 1; size-- > 0;) {
        for (size_t s = 0; s < problem->count; s++) {
            if (problem->sets[s].size == size) {
                order[count++] = (uint16_t)s;
            }
        }
    }
}

static bool has_room(const struct palettes_packing *packing, size_t set, unsigned bin)
{
    unsigned size = (unsigned)packing->size[bin] + packing->missing[set * packing->bins + bin];
    return size <= palettes_packing_most(packing, bin);
}

/* One past the last palette that a set may go to: of the new ones that are still empty, the first stands for all. */
static unsigned end_of_choice(const struct palettes_packing *packing, const unsigned *used, size_t depth)
{
    unsigned open = (unsigned)packing->problem->open_count;
    unsigned begun = depth == 0 ? open : used[depth - 1];
    return begun < packing->bins ? begun + 1 : packing->bins;
}

/* bin[depth] is the next palette to try, used[depth] one past the last that has a set. */
static enum palettes_trial search(struct palettes_packing *packing, const uint16_t *order, unsigned *bin,
                                  unsigned *used, struct palettes_effort *effort)
{
    size_t depth = 0;
    bin[0] = 0;
    while (depth < packing->problem->count) {
        size_t set = order[depth];
        unsigned end = end_of_choice(packing, used, depth);
        while (bin[depth] < end && !has_room(packing, set, bin[depth])) {
            bin[depth]++;
        }
        if (!palettes_effort_take(effort, 300)) {
            return PALETTES_TRIED_ENOUGH;
        }
        if (bin[depth] < end) {
            unsigned begun = depth == 0 ? (unsigned)packing->problem->open_count : used[depth - 1];
            used[depth] = bin[depth] == begun ? begun + 1 : begun;
            palettes_packing_move(packing, set, bin[depth]++);
            bin[++depth] = 0;
        } else if (depth == 0) {
            return PALETTES_TRIED_NONE;
        } else {
            palettes_packing_move(packing, order[--depth], PALETTES_NOWHERE);
        }
    }
    return PALETTES_TRIED_FOUND;
}

enum palettes_trial palettes_try(struct palettes_packing *packing, struct palettes_effort *effort)
{
    size_t count = packing->problem->count;
    uint16_t *order = calloc(count + 1, sizeof *order);
    unsigned *bin = calloc(count + 1, sizeof *bin);
    unsigned *used = calloc(count + 1, sizeof *used);
    enum palettes_trial trial = PALETTES_TRIED_NO_MEMORY;
    if (order != NULL && bin != NULL && used != NULL) {
        sort_sets(packing->problem, order);
        trial = search(packing, order, bin, used, effort);
    }
    free(order);
    free(bin);
    free(used);
    return trial;
}
