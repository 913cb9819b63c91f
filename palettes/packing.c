#include "palettes/packing.h"

#include <stdlib.h>

static bool list_sets(struct palettes_packing *packing)
{
    const struct palettes_problem *problem = packing->problem;
    size_t total = 0;
    for (size_t s = 0; s < problem->count; s++) {
        total += problem->sets[s].size;
    }
    packing->begin_of = calloc((size_t)problem->colours + 2, sizeof *packing->begin_of);
    packing->sets_of = calloc(total + 1, sizeof *packing->sets_of);
    if (packing->begin_of == NULL || packing->sets_of == NULL) {
        return false;
    }
    uint32_t *next = packing->begin_of + 1;
    for (size_t s = 0; s < problem->count; s++) {
        for (unsigned i = 0; i < problem->sets[s].size; i++) {
            next[problem->sets[s].colours[i] + 1U]++;
        }
    }
    for (uint32_t c = 0; c < problem->colours; c++) {
        next[c + 1] += next[c];
    }
    for (size_t s = 0; s < problem->count; s++) {
        for (unsigned i = 0; i < problem->sets[s].size; i++) {
            packing->sets_of[next[problem->sets[s].colours[i]]++] = (uint32_t)s;
        }
    }
    return true;
}

/* A colour comes into a bin, or goes: difference is -1 or 1. */
static void change_missing(struct palettes_packing *packing, unsigned bin, uint16_t colour, int difference)
{
    for (uint32_t i = packing->begin_of[colour]; i < packing->begin_of[colour + 1U]; i++) {
        uint16_t *missing = &packing->missing[(size_t)packing->sets_of[i] * packing->bins + bin];
        *missing = (uint16_t)(*missing + difference);
    }
}

static void add(struct palettes_packing *packing, unsigned bin, const struct palettes_set *set)
{
    uint16_t *uses = packing->uses + (size_t)bin * packing->problem->colours;
    for (unsigned i = 0; i < set->size; i++) {
        if (uses[set->colours[i]]++ == 0) {
            packing->size[bin]++;
            change_missing(packing, bin, set->colours[i], -1);
        }
    }
}

static void take(struct palettes_packing *packing, unsigned bin, const struct palettes_set *set)
{
    uint16_t *uses = packing->uses + (size_t)bin * packing->problem->colours;
    for (unsigned i = 0; i < set->size; i++) {
        if (--uses[set->colours[i]] == 0) {
            packing->size[bin]--;
            change_missing(packing, bin, set->colours[i], 1);
        }
    }
}

bool palettes_packing_begin(struct palettes_packing *packing, const struct palettes_problem *problem, unsigned bins)
{
    *packing = (struct palettes_packing){.problem = problem, .bins = bins};
    packing->of = calloc(problem->count + 1, sizeof *packing->of);
    packing->uses = calloc((size_t)bins * problem->colours + 1, sizeof *packing->uses);
    packing->size = calloc((size_t)bins + 1, sizeof *packing->size);
    packing->missing = calloc((size_t)bins * problem->count + 1, sizeof *packing->missing);
    if (packing->of == NULL || packing->uses == NULL || packing->size == NULL || packing->missing == NULL ||
        !list_sets(packing)) {
        return false;
    }
    for (size_t s = 0; s < problem->count; s++) {
        packing->of[s] = PALETTES_NOWHERE;
        for (unsigned bin = 0; bin < bins; bin++) {
            packing->missing[s * bins + bin] = problem->sets[s].size;
        }
    }
    for (unsigned bin = 0; bin < bins; bin++) {
        add(packing, bin, bin < problem->open_count ? &problem->open[bin].has : &problem->fresh.has);
    }
    return true;
}

void palettes_packing_free(struct palettes_packing *packing)
{
    free(packing->of);
    free(packing->uses);
    free(packing->size);
    free(packing->missing);
    free(packing->sets_of);
    free(packing->begin_of);
    *packing = (struct palettes_packing){.problem = NULL};
}

unsigned palettes_packing_own(const struct palettes_packing *packing, size_t set)
{
    const struct palettes_set *colours = &packing->problem->sets[set];
    const uint16_t *uses = packing->uses + (size_t)packing->of[set] * packing->problem->colours;
    unsigned own = 0;
    for (unsigned i = 0; i < colours->size; i++) {
        own += uses[colours->colours[i]] == 1;
    }
    return own;
}

void palettes_packing_move(struct palettes_packing *packing, size_t set, unsigned bin)
{
    if (packing->of[set] != PALETTES_NOWHERE) {
        take(packing, packing->of[set], &packing->problem->sets[set]);
    }
    packing->of[set] = (uint16_t)bin;
    if (bin != PALETTES_NOWHERE) {
        add(packing, bin, &packing->problem->sets[set]);
    }
}

static unsigned best_bin(const struct palettes_packing *packing, size_t set)
{
    unsigned best = 0;
    int best_over = 0;
    for (unsigned bin = 0; bin < packing->bins; bin++) {
        const uint16_t *missing = &packing->missing[set * packing->bins];
        int over = palettes_packing_over(packing, bin, packing->size[bin] + missing[bin]) -
                   palettes_packing_over(packing, bin, packing->size[bin]);
        bool better =
            bin == 0 || over < best_over ||
            (over == best_over && (missing[bin] < missing[best] ||
                                   (missing[bin] == missing[best] && packing->size[bin] > packing->size[best])));
        if (better) {
            best = bin;
            best_over = over;
        }
    }
    return best;
}

bool palettes_packing_fill(struct palettes_packing *packing)
{
    const struct palettes_problem *problem = packing->problem;
    for (unsigned size = PALETTES_SET_MAX + 1; size-- > 0;) {
        for (size_t s = 0; s < problem->count; s++) {
            if (problem->sets[s].size == size && packing->of[s] == PALETTES_NOWHERE) {
                palettes_packing_move(packing, s, best_bin(packing, s));
            }
        }
    }
    bool fits = true;
    for (unsigned bin = 0; bin < packing->bins; bin++) {
        fits = fits && palettes_packing_over(packing, bin, packing->size[bin]) == 0;
    }
    return fits;
}
