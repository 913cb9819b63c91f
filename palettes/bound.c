#include "palettes/bound.h"

#include "palettes/relax.h"

#include <stdlib.h>

static unsigned count_missing(const struct palettes_set *set, const struct palettes_set *has)
{
    unsigned missing = 0;
    for (unsigned i = 0; i < set->size; i++) {
        missing += !palettes_set_has(has, set->colours[i]);
    }
    return missing;
}

static bool fits_open(const struct palettes_problem *problem, const struct palettes_set *set)
{
    bool fits = false;
    for (size_t i = 0; i < problem->open_count; i++) {
        const struct palettes_room *open = &problem->open[i];
        fits = fits || open->has.size + count_missing(set, &open->has) <= open->most;
    }
    return fits;
}

size_t palettes_copy_homeless(const struct palettes_problem *problem, struct palettes_set *copy)
{
    size_t count = 0;
    for (size_t s = 0; s < problem->count; s++) {
        const struct palettes_set *set = &problem->sets[s];
        if (fits_open(problem, set)) {
            continue;
        }
        struct palettes_set *stripped = &copy[count++];
        stripped->size = 0;
        for (unsigned i = 0; i < set->size; i++) {
            if (!palettes_set_has(&problem->fresh.has, set->colours[i])) {
                stripped->colours[stripped->size++] = set->colours[i];
            }
        }
    }
    return count;
}

/* The bound of some sets, with palettes of so many colours. */
static bool bound_of(const struct palettes_problem *problem, const struct palettes_set *sets, size_t count,
                     unsigned most, unsigned *bound, struct palettes_effort *effort)
{
    const struct palettes_problem plain = {
        .sets = sets,
        .count = count,
        .colours = problem->colours,
        .fresh.most = (uint16_t)most,
        .limit = problem->limit,
    };
    struct palettes_relax relax;
    *bound = count > 0;
    bool fine = palettes_relax_begin(&relax, &plain) && palettes_relax_all(&relax, bound, effort);
    palettes_relax_free(&relax);
    return fine;
}

/* Two bounds: that of the sets which no open palette has room for; and that of all sets, where each open palette may
 * stand in for one of those that are needed. */
bool palettes_bound_with_open(const struct palettes_problem *problem, unsigned *bound, struct palettes_effort *effort)
{
    struct palettes_set *sets = calloc(problem->count + 1, sizeof *sets);
    if (sets == NULL) {
        return false;
    }
    unsigned of_homeless = 0;
    unsigned of_all = 0;
    size_t count = palettes_copy_homeless(problem, sets);
    struct palettes_effort half = {.task = effort->task, .left = effort->left / 2};
    bool fine = bound_of(problem, sets, count, (unsigned)(problem->fresh.most - problem->fresh.has.size), &of_homeless,
                         &half) &&
                bound_of(problem, problem->sets, problem->count, PALETTES_SET_MAX, &of_all, effort);
    unsigned rest = of_all > problem->open_count ? of_all - (unsigned)problem->open_count : 0;
    *bound = of_homeless > *bound ? of_homeless : *bound;
    *bound = rest > *bound ? rest : *bound;
    free(sets);
    return fine;
}
