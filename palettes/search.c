#include "palettes/search.h"

#include "palettes/bound.h"
#include "palettes/dive.h"
#include "palettes/exact.h"
#include "palettes/packing.h"
#include "palettes/reduce.h"
#include "palettes/tabu.h"
#include "palettes/try.h"

#include <stdlib.h>
#include <string.h>

/* Steps of each part (effort.h). */
static const uint64_t effort_of_bound = UINT64_C(1500000000);
static const uint64_t effort_of_dives = UINT64_C(1500000000);
static const uint64_t effort_of_tabu = UINT64_C(1500000000);
static const uint64_t effort_of_trial = UINT64_C(30000000);
static const uint64_t effort_of_exact = UINT64_C(3000000000);
enum { DIVES = 4 };

/* One search in the reduced problem. */
struct search {
    const struct palettes_problem *problem;
    struct base_task *task;
    uint16_t *of;   /* of the best solution */
    unsigned count; /* its new palettes; more than the limit: there is no solution yet */
    unsigned bound;
};

static bool is_done(const struct search *search)
{
    return search->count <= search->bound || search->bound > search->problem->limit;
}

static void take(struct search *search, const uint16_t *of, unsigned count)
{
    if (count < search->count) {
        memcpy(search->of, of, search->problem->count * sizeof *of);
        search->count = count;
    }
}

/* ---- A first solution ---- */

/* The fewest new palettes with which filling them set by set leads to a solution. */
static bool fill(struct search *search)
{
    const struct palettes_problem *problem = search->problem;
    for (unsigned count = search->bound; count <= problem->limit && !base_task_cancelled(search->task); count++) {
        struct palettes_packing packing;
        bool fine = palettes_packing_begin(&packing, problem, (unsigned)problem->open_count + count);
        bool fits = fine && palettes_packing_fill(&packing);
        if (fits) {
            take(search, packing.of, count);
        }
        palettes_packing_free(&packing);
        if (!fine || fits) {
            return fine;
        }
    }
    return true;
}

/* ---- New palettes alone ---- */

/* The problem without open palettes, and without the colours that every new palette has. */
struct plain {
    struct palettes_set *sets;
    struct palettes_problem whole;
    struct palettes_reduced reduced;
    struct palettes_relax relax; /* of the reduced problem */
    uint16_t *of;                /* of its sets */
    uint16_t *of_whole;
};

static void strip(const struct palettes_problem *problem, struct palettes_set *sets)
{
    for (size_t s = 0; s < problem->count; s++) {
        for (unsigned i = 0; i < problem->sets[s].size; i++) {
            uint16_t colour = problem->sets[s].colours[i];
            if (!palettes_set_has(&problem->fresh.has, colour)) {
                sets[s].colours[sets[s].size++] = colour;
            }
        }
    }
}

/* False when memory ran out. Free it in either case. */
static bool plain_begin(struct plain *plain, const struct palettes_problem *problem)
{
    *plain = (struct plain){
        .sets = calloc(problem->count + 1, sizeof *plain->sets),
        .of = calloc(problem->count + 1, sizeof *plain->of),
        .of_whole = calloc(problem->count + 1, sizeof *plain->of_whole),
    };
    if (plain->sets == NULL || plain->of == NULL || plain->of_whole == NULL) {
        return false;
    }
    strip(problem, plain->sets);
    plain->whole = (struct palettes_problem){
        .sets = plain->sets,
        .count = problem->count,
        .colours = problem->colours,
        .fresh.most = (uint16_t)(problem->fresh.most - problem->fresh.has.size),
        .limit = problem->limit,
    };
    return palettes_reduce(&plain->reduced, &plain->whole) &&
           palettes_relax_begin(&plain->relax, &plain->reduced.problem);
}

static void plain_free(struct plain *plain)
{
    palettes_relax_free(&plain->relax);
    palettes_reduced_free(&plain->reduced);
    free(plain->sets);
    free(plain->of);
    free(plain->of_whole);
}

static void take_plain(struct search *search, const struct plain *plain, unsigned count)
{
    for (size_t s = 0; s < search->problem->count; s++) {
        plain->of_whole[s] = (uint16_t)(plain->of[plain->reduced.within[s]] + search->problem->open_count);
    }
    take(search, plain->of_whole, count);
}

static bool dive(struct search *search, struct plain *plain)
{
    struct palettes_effort effort = {.task = search->task, .left = effort_of_bound};
    unsigned with_open = 0;
    unsigned *bound = search->problem->open_count == 0 ? &search->bound : &with_open;
    bool fine = true;
    for (unsigned i = 0; fine && i < DIVES && !is_done(search) && effort.left > 0; i++) {
        unsigned count;
        fine = palettes_dive(&plain->relax, i, plain->of, &count, bound, &effort);
        if (fine && count > 0) {
            take_plain(search, plain, count);
        }
        effort.left = i == 0 ? effort_of_dives : effort.left;
    }
    return fine;
}

/* Asks for each number of palettes between the bound and the best solution whether there is a solution. */
static bool decide(struct search *search, struct plain *plain)
{
    struct palettes_effort effort = {.task = search->task, .left = effort_of_exact};
    unsigned bound = search->bound;
    bool sure = search->problem->open_count == 0;
    bool fine = palettes_relax_all(&plain->relax, &bound, &effort);
    for (unsigned count = bound; fine && count < search->count && effort.left > 0; count++) {
        struct palettes_effort own = {.task = search->task, .left = effort.left / 2};
        effort.left -= own.left;
        enum palettes_verdict verdict = palettes_exact(&plain->relax, count, plain->of, &own);
        effort.left += own.left;
        fine = verdict != PALETTES_EXACT_NO_MEMORY;
        if (verdict == PALETTES_YES) {
            take_plain(search, plain, count);
        }
        sure = sure && verdict == PALETTES_NO;
        search->bound = sure ? count + 1 : search->bound;
    }
    return fine;
}

/* ---- One palette less ---- */

/* Tries everything, and then tabu search. *none: it is proved that there is no solution. False when memory ran out. */
static bool try_count(struct search *search, struct palettes_packing *packing, struct palettes_effort *effort,
                      bool *none)
{
    struct palettes_effort small = {.task = search->task, .left = effort_of_trial};
    enum palettes_trial trial = palettes_try(packing, &small);
    enum palettes_end end = trial == PALETTES_TRIED_FOUND ? PALETTES_FOUND : PALETTES_GAVE_UP;
    if (trial == PALETTES_TRIED_ENOUGH) {
        for (size_t s = 0; s < search->problem->count; s++) {
            palettes_packing_move(packing, s, PALETTES_NOWHERE);
        }
        (void)palettes_packing_fill(packing);
        end = palettes_tabu(packing, effort);
    }
    if (end == PALETTES_FOUND) {
        take(search, packing->of, packing->bins - (unsigned)search->problem->open_count);
    }
    *none = trial == PALETTES_TRIED_NONE;
    return trial != PALETTES_TRIED_NO_MEMORY && end != PALETTES_NO_MEMORY;
}

/* Tries one palette less, until that fails. */
static bool descend(struct search *search)
{
    const struct palettes_problem *problem = search->problem;
    struct palettes_effort effort = {.task = search->task, .left = effort_of_tabu};
    bool fine = true;
    bool goes_on = true;
    while (fine && goes_on && !is_done(search)) {
        unsigned count = search->count - 1;
        struct palettes_packing packing;
        bool none = false;
        fine = palettes_packing_begin(&packing, problem, (unsigned)problem->open_count + count) &&
               try_count(search, &packing, &effort, &none);
        palettes_packing_free(&packing);
        goes_on = search->count == count;
        search->bound = none ? count + 1 : search->bound;
    }
    return fine;
}

/* ---- All together ---- */

static bool improve(struct search *search)
{
    struct plain plain;
    bool fine = plain_begin(&plain, search->problem) && dive(search, &plain) &&
                (is_done(search) || (decide(search, &plain) && (is_done(search) || descend(search))));
    plain_free(&plain);
    return fine;
}

static bool bound_with_open(struct search *search)
{
    struct palettes_effort effort = {.task = search->task, .left = effort_of_bound};
    return search->problem->open_count == 0 || palettes_bound_with_open(search->problem, &search->bound, &effort);
}

static bool run(struct search *search)
{
    search->count = search->problem->limit + 1;
    search->bound = search->problem->count > 0 && search->problem->open_count == 0;
    if (search->problem->count == 0) {
        search->count = 0;
        return true;
    }
    return fill(search) && (is_done(search) || (bound_with_open(search) && (is_done(search) || improve(search))));
}

/* ---- Back to the whole problem ---- */

static void renumber(const struct palettes_problem *whole, uint16_t *of, struct palettes_answer *answer)
{
    uint16_t number[2 * PALETTES_COUNT_MAX];
    memset(number, 0xFF, sizeof number);
    unsigned count = 0;
    for (size_t s = 0; s < whole->count; s++) {
        if (of[s] >= whole->open_count) {
            uint16_t *own = &number[of[s] - whole->open_count];
            if (*own == PALETTES_NOWHERE) {
                *own = (uint16_t)count++;
            }
            of[s] = (uint16_t)(whole->open_count + *own);
        }
    }
    answer->count = count;
}

static void expand(const struct palettes_problem *whole, const struct palettes_reduced *reduced,
                   const uint16_t *of_reduced, uint16_t *of)
{
    for (size_t s = 0; s < whole->count; s++) {
        uint16_t within = reduced->within[s];
        of[s] = within == PALETTES_NOWHERE ? palettes_find_open(whole, &whole->sets[s]) : of_reduced[within];
    }
}

enum palettes_outcome palettes_search(const struct palettes_problem *problem, struct base_task *task, uint16_t *of,
                                      struct palettes_answer *answer)
{
    struct palettes_reduced reduced;
    struct search search = {.problem = &reduced.problem, .task = task};
    enum palettes_outcome outcome = PALETTES_OUT_OF_MEMORY;
    *answer = (struct palettes_answer){.count = 0};
    search.of = calloc(problem->count + 1, sizeof *search.of);
    bool reduced_it = palettes_reduce(&reduced, problem);
    if (search.of != NULL && reduced_it && run(&search)) {
        outcome = search.count <= problem->limit ? PALETTES_FIT : PALETTES_DO_NOT_FIT;
        answer->bound = search.bound;
    }
    if (base_task_cancelled(task)) {
        outcome = PALETTES_CANCELLED;
    } else if (outcome == PALETTES_FIT) {
        expand(problem, &reduced, search.of, of);
        renumber(problem, of, answer);
    }
    palettes_reduced_free(&reduced);
    free(search.of);
    return outcome;
}
