#include "palettes/relax.h"

#include "palettes/packing.h"

#include <stdlib.h>
#include <string.h>

/* Weights are parts of this. */
static const uint64_t whole = UINT64_C(1) << 30;

bool palettes_relax_begin(struct palettes_relax *relax, const struct palettes_problem *problem)
{
    *relax = (struct palettes_relax){.problem = problem};
    relax->price = palettes_price_create(problem);
    relax->row_of = calloc(problem->count + 1, sizeof *relax->row_of);
    relax->set_of = calloc(problem->count + 1, sizeof *relax->set_of);
    relax->weights = calloc(problem->count + 1, sizeof *relax->weights);
    if (relax->price == NULL || relax->row_of == NULL || relax->set_of == NULL || relax->weights == NULL) {
        return false;
    }
    for (size_t s = 0; s < problem->count; s++) {
        if (!palettes_columns_add_member(&relax->columns, (uint16_t)s) || !palettes_columns_end(&relax->columns)) {
            return false;
        }
    }
    return true;
}

void palettes_relax_free(struct palettes_relax *relax)
{
    palettes_price_destroy(relax->price);
    palettes_columns_free(&relax->columns);
    palettes_cover_free(&relax->cover);
    free(relax->row_of);
    free(relax->set_of);
    free(relax->weights);
    *relax = (struct palettes_relax){.problem = NULL};
}

static size_t number_rows(struct palettes_relax *relax, const uint8_t *wanted)
{
    size_t rows = 0;
    for (size_t s = 0; s < relax->problem->count; s++) {
        relax->row_of[s] = wanted[s] != 0 ? (uint16_t)rows : PALETTES_NOWHERE;
        if (wanted[s] != 0) {
            relax->set_of[rows++] = (uint16_t)s;
        }
    }
    return rows;
}

/* Integers in place of the duals. Returns their sum. */
static uint64_t weigh(struct palettes_relax *relax)
{
    uint64_t sum = 0;
    for (size_t s = 0; s < relax->problem->count; s++) {
        uint16_t row = relax->row_of[s];
        bool counts = row != PALETTES_NOWHERE && relax->problem->sets[s].size > 0;
        double dual = counts ? relax->cover.dual[row] : 0;
        dual = dual < 0 ? 0 : dual > 1 ? 1 : dual;
        relax->weights[s] = (uint64_t)(dual * (double)whole);
        sum += relax->weights[s];
    }
    return sum;
}

static void raise(const struct palettes_relax *relax, unsigned *bound)
{
    if (relax->most == 0 || relax->most == UINT64_MAX) {
        return;
    }
    uint64_t proved = relax->sum / relax->most + (relax->sum % relax->most != 0);
    *bound = proved > *bound && proved <= relax->problem->count ? (unsigned)proved : *bound;
}

/* One round: more columns for the duals there are. *more: there were some. */
static bool generate(struct palettes_relax *relax, unsigned *bound, bool *more, struct palettes_effort *effort)
{
    uint64_t worth = whole + whole / 1000000;
    size_t before = relax->columns.count;
    relax->sum = weigh(relax);
    for (int exact = 0; exact < 2 && relax->columns.count == before; exact++) {
        if (!palettes_price_columns(relax->price, relax->weights, worth, exact != 0, &relax->columns, &relax->most,
                                    effort)) {
            return false;
        }
        raise(relax, bound);
    }
    *more = relax->columns.count > before;
    return true;
}

bool palettes_relax(struct palettes_relax *relax, const uint8_t *wanted, unsigned enough, unsigned *bound,
                    struct palettes_effort *effort)
{
    size_t rows = number_rows(relax, wanted);
    palettes_cover_free(&relax->cover);
    if (!palettes_cover_begin(&relax->cover, &relax->columns, rows, relax->row_of, relax->set_of)) {
        return false;
    }
    bool more = rows > 0;
    while (more && *bound < enough && palettes_cover_solve(&relax->cover, effort)) {
        if (!generate(relax, bound, &more, effort)) {
            return false;
        }
    }
    return true;
}

bool palettes_relax_all(struct palettes_relax *relax, unsigned *bound, struct palettes_effort *effort)
{
    uint8_t *wanted = malloc(relax->problem->count + 1);
    if (wanted == NULL) {
        return false;
    }
    memset(wanted, 1, relax->problem->count + 1);
    bool fine = palettes_relax(relax, wanted, UINT32_MAX, bound, effort);
    free(wanted);
    return fine;
}
