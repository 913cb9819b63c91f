#include "palettes/conflict.h"

#include "palettes/packing.h"
#include "palettes/reduce.h"
#include "palettes/relax.h"
#include "palettes/tabu.h"

#include <stdlib.h>
#include <string.h>

static const uint64_t effort_of_weights = UINT64_C(1500000000);
static const uint64_t effort_of_drops = UINT64_C(1500000000);
static const uint64_t effort_of_excess = UINT64_C(1000000000);
static const uint64_t effort_of_one = UINT64_C(20000000);

/* One search in the reduced problem. */
struct search {
    const struct palettes_problem *problem;
    struct base_task *task;
    uint8_t *wanted; /* the sets of the conflict */
    bool proved;
};

/* ---- Sets of which no two fit together ---- */

static bool fit_together(const struct palettes_problem *problem, size_t a, size_t b)
{
    const struct palettes_set *other = &problem->sets[b];
    unsigned size = problem->sets[a].size;
    for (unsigned i = 0; i < other->size; i++) {
        size += !palettes_set_has(&problem->sets[a], other->colours[i]);
    }
    return size <= problem->fresh.most;
}

/* Begins with a set and takes each further one that fits with none of them. Returns how many they are. */
static size_t grow_clique(const struct palettes_problem *problem, size_t first, uint16_t *clique)
{
    size_t count = 0;
    clique[count++] = (uint16_t)first;
    for (size_t s = 0; s < problem->count && count <= problem->limit; s++) {
        bool alone = s != first;
        for (size_t i = 0; alone && i < count; i++) {
            alone = !fit_together(problem, clique[i], s);
        }
        if (alone) {
            clique[count++] = (uint16_t)s;
        }
    }
    return count;
}

/* The smallest conflict that can be: one set more than there may be palettes. False: none was found. */
static bool find_clique(struct search *search, uint16_t *clique)
{
    const struct palettes_problem *problem = search->problem;
    for (size_t s = 0; s < problem->count && !base_task_cancelled(search->task); s++) {
        if (grow_clique(problem, s, clique) > problem->limit) {
            memset(search->wanted, 0, problem->count);
            for (size_t i = 0; i <= problem->limit; i++) {
                search->wanted[clique[i]] = 1;
            }
            return true;
        }
    }
    return false;
}

/* ---- Sets that weigh too much ---- */

/* Keeps the heaviest sets that are enough to pass what `limit` palettes can hold. */
static void keep_heaviest(struct search *search, const struct palettes_relax *relax)
{
    uint64_t hold = relax->most * search->problem->limit;
    uint64_t sum = 0;
    memset(search->wanted, 0, search->problem->count);
    while (sum <= hold) {
        size_t heaviest = SIZE_MAX;
        for (size_t s = 0; s < search->problem->count; s++) {
            if (search->wanted[s] == 0 && (heaviest == SIZE_MAX || relax->weights[s] > relax->weights[heaviest])) {
                heaviest = s;
            }
        }
        if (heaviest == SIZE_MAX) {
            return;
        }
        search->wanted[heaviest] = 1;
        sum += relax->weights[heaviest];
    }
}

static bool is_too_many(struct palettes_relax *relax, const struct search *search, struct palettes_effort *effort,
                        bool *too_many)
{
    unsigned bound = 0;
    bool fine = palettes_relax(relax, search->wanted, search->problem->limit + 1, &bound, effort);
    *too_many = bound > search->problem->limit;
    return fine;
}

/* Drops each set without which the others are still too many. */
static bool drop_needless(struct search *search, struct palettes_relax *relax)
{
    struct palettes_effort effort = {.task = search->task, .left = effort_of_drops};
    for (size_t s = 0; s < search->problem->count && effort.left > 0; s++) {
        if (search->wanted[s] == 0) {
            continue;
        }
        bool too_many;
        search->wanted[s] = 0;
        if (!is_too_many(relax, search, &effort, &too_many)) {
            return false;
        }
        search->wanted[s] = !too_many;
    }
    return true;
}

static bool find_heavy(struct search *search)
{
    struct palettes_effort effort = {.task = search->task, .left = effort_of_weights};
    struct palettes_relax relax;
    bool fine = palettes_relax_begin(&relax, search->problem) && is_too_many(&relax, search, &effort, &search->proved);
    if (fine && search->proved) {
        keep_heaviest(search, &relax);
        fine = drop_needless(search, &relax);
    }
    palettes_relax_free(&relax);
    return fine;
}

static bool find(struct search *search)
{
    memset(search->wanted, 1, search->problem->count);
    uint16_t *clique = calloc(search->problem->count + 1, sizeof *clique);
    bool fine = clique != NULL;
    if (fine) {
        search->proved = find_clique(search, clique);
        fine = search->proved || find_heavy(search);
    }
    free(clique);
    return fine;
}

/* ---- What each one would have to lose ---- */

/* How many colours too many a set brings, at least, into a packing that fits. */
static uint16_t least_over(const struct palettes_packing *packing, const struct palettes_set *set)
{
    int least = PALETTES_EXCESS_UNKNOWN;
    for (unsigned bin = 0; bin < packing->bins; bin++) {
        const uint16_t *uses = packing->uses + (size_t)bin * packing->problem->colours;
        int size = packing->size[bin];
        for (unsigned i = 0; i < set->size; i++) {
            size += uses[set->colours[i]] == 0;
        }
        int over = palettes_packing_over(packing, bin, size);
        least = over < least ? over : least;
    }
    return (uint16_t)least;
}

/* Packs the others, and looks what the set would bring. */
static bool find_excess(const struct palettes_problem *others, const struct palettes_set *set, uint16_t *excess,
                        struct palettes_effort *effort)
{
    struct palettes_packing packing;
    bool fine = palettes_packing_begin(&packing, others, others->limit);
    if (fine && others->limit > 0) {
        bool fits = palettes_packing_fill(&packing);
        enum palettes_end end = fits ? PALETTES_FOUND : palettes_tabu(&packing, effort);
        fine = end != PALETTES_NO_MEMORY;
        *excess = end == PALETTES_FOUND ? least_over(&packing, set) : PALETTES_EXCESS_UNKNOWN;
    }
    palettes_packing_free(&packing);
    return fine;
}

static bool find_all_excess(struct palettes_conflict *conflict, const struct palettes_problem *problem,
                            struct base_task *task)
{
    struct palettes_set *sets = calloc(conflict->count + 1, sizeof *sets);
    bool fine = sets != NULL;
    uint64_t left = effort_of_excess;
    for (size_t i = 0; fine && i < conflict->count; i++) {
        conflict->excess[i] = PALETTES_EXCESS_UNKNOWN;
        size_t count = 0;
        for (size_t k = 0; k < conflict->count; k++) {
            if (k != i) {
                sets[count++] = problem->sets[conflict->sets[k]];
            }
        }
        struct palettes_problem members = *problem;
        members.sets = sets;
        members.count = count;
        struct palettes_effort effort = {.task = task, .left = left < effort_of_one ? left : effort_of_one};
        uint64_t given = effort.left;
        if (conflict->proved && given > 0) {
            fine = find_excess(&members, &problem->sets[conflict->sets[i]], &conflict->excess[i], &effort);
        }
        left -= given - effort.left;
    }
    free(sets);
    return fine;
}

/* ---- Back to the whole problem ---- */

/* The first set of the whole problem that is this one of the reduced problem. */
static size_t origin(const struct palettes_problem *whole, const struct palettes_reduced *reduced, size_t set)
{
    size_t s = 0;
    while (s + 1 < whole->count && (reduced->within[s] != set || whole->sets[s].size != reduced->sets[set].size)) {
        s++;
    }
    return s;
}

static int by_number(const void *a, const void *b)
{
    uint16_t left = *(const uint16_t *)a;
    uint16_t right = *(const uint16_t *)b;
    return (left > right) - (left < right);
}

static bool take(struct palettes_conflict *conflict, const struct palettes_problem *whole,
                 const struct palettes_reduced *reduced, const struct search *search)
{
    conflict->proved = search->proved;
    conflict->sets = calloc(reduced->problem.count + 1, sizeof *conflict->sets);
    conflict->excess = calloc(reduced->problem.count + 1, sizeof *conflict->excess);
    if (conflict->sets == NULL || conflict->excess == NULL) {
        return false;
    }
    for (size_t s = 0; s < reduced->problem.count; s++) {
        if (search->wanted[s] != 0) {
            conflict->sets[conflict->count++] = (uint16_t)origin(whole, reduced, s);
        }
    }
    qsort(conflict->sets, conflict->count, sizeof *conflict->sets, by_number);
    return true;
}

bool palettes_conflict_find(struct palettes_conflict *conflict, const struct palettes_problem *problem,
                            struct base_task *task)
{
    *conflict = (struct palettes_conflict){.count = 0};
    struct palettes_reduced reduced;
    bool fine = palettes_reduce(&reduced, problem);
    struct search search = {.problem = &reduced.problem, .task = task};
    search.wanted = malloc(problem->count + 1);
    fine = fine && search.wanted != NULL && find(&search) && take(conflict, problem, &reduced, &search) &&
           find_all_excess(conflict, problem, task);
    free(search.wanted);
    palettes_reduced_free(&reduced);
    return fine;
}

void palettes_conflict_free(struct palettes_conflict *conflict)
{
    free(conflict->sets);
    free(conflict->excess);
    *conflict = (struct palettes_conflict){.count = 0};
}
