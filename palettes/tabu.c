#include "palettes/tabu.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* One search. The cost of a packing is the number of colours that are too many, over all bins; of two packings with the
 * same cost, the one with fewer colours in all its bins together is better. */
struct tabu {
    struct palettes_packing *packing;
    uint64_t *until; /* [set * bins + bin]: the turn before which the set does not go back there */
    uint64_t turn;
    uint64_t random; /* of xorshift; it begins with the same number every time */
    int cost;
    int best;
};

struct move {
    int cost; /* what changes */
    int size;
    size_t set;
    unsigned bin;
    unsigned ties; /* moves that were as good */
};

static uint64_t next_random(struct tabu *tabu)
{
    tabu->random ^= tabu->random << 13;
    tabu->random ^= tabu->random >> 7;
    tabu->random ^= tabu->random << 17;
    return tabu->random;
}

static void consider(struct tabu *tabu, const struct move *candidate, struct move *best)
{
    if (candidate->cost > best->cost || (candidate->cost == best->cost && candidate->size > best->size)) {
        return;
    }
    bool better = candidate->cost < best->cost || candidate->size < best->size;
    unsigned ties = better ? 1 : best->ties + 1;
    if (better || next_random(tabu) % ties == 0) {
        *best = *candidate;
    }
    best->ties = ties;
}

/* All moves of one set. */
static void consider_set(struct tabu *tabu, size_t set, struct move *best)
{
    const struct palettes_packing *packing = tabu->packing;
    unsigned from = packing->of[set];
    int own = (int)palettes_packing_own(packing, set);
    int left = palettes_packing_over(packing, from, packing->size[from] - own) -
               palettes_packing_over(packing, from, packing->size[from]);
    const uint16_t *missing = &packing->missing[set * packing->bins];
    const uint64_t *until = &tabu->until[set * packing->bins];
    for (unsigned bin = 0; bin < packing->bins; bin++) {
        if (bin == from) {
            continue;
        }
        int size = packing->size[bin];
        struct move move = {
            .cost = left + palettes_packing_over(packing, bin, size + missing[bin]) -
                    palettes_packing_over(packing, bin, size),
            .size = missing[bin] - own,
            .set = set,
            .bin = bin,
        };
        if (until[bin] <= tabu->turn || tabu->cost + move.cost < tabu->best) {
            consider(tabu, &move, best);
        }
    }
}

/* The best move out of a bin that has too many colours. Returns how many sets were looked at. */
static size_t find_move(struct tabu *tabu, struct move *best)
{
    const struct palettes_packing *packing = tabu->packing;
    size_t looked = 0;
    *best = (struct move){.cost = INT_MAX, .size = INT_MAX};
    for (size_t s = 0; s < packing->problem->count; s++) {
        unsigned bin = packing->of[s];
        if (palettes_packing_over(packing, bin, packing->size[bin]) > 0) {
            consider_set(tabu, s, best);
            looked++;
        }
    }
    return looked;
}

static void make(struct tabu *tabu, const struct move *move, size_t looked)
{
    struct palettes_packing *packing = tabu->packing;
    tabu->until[move->set * packing->bins + packing->of[move->set]] =
        tabu->turn + 5 + next_random(tabu) % 10 + (uint64_t)looked / 4;
    palettes_packing_move(packing, move->set, move->bin);
    tabu->cost += move->cost;
    tabu->best = tabu->cost < tabu->best ? tabu->cost : tabu->best;
}

static int cost_of(const struct palettes_packing *packing)
{
    int cost = 0;
    for (unsigned bin = 0; bin < packing->bins; bin++) {
        cost += palettes_packing_over(packing, bin, packing->size[bin]);
    }
    return cost;
}

enum palettes_end palettes_tabu(struct palettes_packing *packing, struct palettes_effort *effort)
{
    struct tabu tabu = {.packing = packing, .random = UINT64_C(0x9E3779B97F4A7C15), .cost = cost_of(packing)};
    tabu.best = tabu.cost;
    tabu.until = calloc(packing->problem->count * packing->bins + 1, sizeof *tabu.until);
    enum palettes_end end = tabu.until == NULL ? PALETTES_NO_MEMORY : PALETTES_FOUND;
    for (tabu.turn = 1; end == PALETTES_FOUND && tabu.cost > 0; tabu.turn++) {
        struct move best;
        size_t looked = find_move(&tabu, &best);
        if (!palettes_effort_take(effort, packing->problem->count + 3 * looked * packing->bins + 100)) {
            end = PALETTES_GAVE_UP;
        } else if (best.cost != INT_MAX) {
            make(&tabu, &best, looked);
        }
    }
    free(tabu.until);
    return end;
}
