#include "palettes/cover.h"

#include "palettes/packing.h"

#include <stdlib.h>

static const double tiny = 1e-9;

bool palettes_cover_begin(struct palettes_cover *cover, const struct palettes_columns *columns, size_t rows,
                          const uint16_t *row_of, const uint16_t *set_of)
{
    *cover = (struct palettes_cover){.columns = columns, .rows = rows, .row_of = row_of};
    cover->inverse = calloc(rows * rows + 1, sizeof *cover->inverse);
    cover->amount = calloc(rows + 1, sizeof *cover->amount);
    cover->dual = calloc(rows + 1, sizeof *cover->dual);
    cover->basis = calloc(rows + 1, sizeof *cover->basis);
    cover->direction = calloc(rows + 1, sizeof *cover->direction);
    if (cover->inverse == NULL || cover->amount == NULL || cover->dual == NULL || cover->basis == NULL ||
        cover->direction == NULL) {
        return false;
    }
    for (size_t r = 0; r < rows; r++) {
        cover->inverse[r * rows + r] = 1;
        /* Slightly different amounts: of equal ones many become zero at once, and then pivots lead nowhere. */
        cover->amount[r] = 1 + 1e-9 * (double)(r * 7919 % 1009);
        cover->dual[r] = 1;
        cover->basis[r] = set_of[r];
    }
    return true;
}

void palettes_cover_free(struct palettes_cover *cover)
{
    free(cover->inverse);
    free(cover->amount);
    free(cover->dual);
    free(cover->basis);
    free(cover->direction);
    *cover = (struct palettes_cover){.columns = NULL};
}

/* What the total falls by for each unit of a column, as a number below 0. */
static double reduced_cost(const struct palettes_cover *cover, size_t column)
{
    const struct palettes_columns *columns = cover->columns;
    double cost = 1;
    for (size_t i = palettes_column_begin(columns, column); i < columns->ends[column]; i++) {
        uint16_t row = cover->row_of[columns->members[i]];
        cost -= row == PALETTES_NOWHERE ? 0 : cover->dual[row];
    }
    return cost;
}

/* The variable that enters, numbered as in `basis`. False: none improves the total. */
static bool choose_entering(const struct palettes_cover *cover, size_t *entering, double *cost)
{
    *cost = -tiny;
    bool found = false;
    for (size_t k = 0; k < cover->columns->count; k++) {
        double own = reduced_cost(cover, k);
        if (own < *cost) {
            *cost = own;
            *entering = k;
            found = true;
        }
    }
    for (size_t r = 0; r < cover->rows; r++) {
        if (cover->dual[r] < *cost) {
            *cost = cover->dual[r];
            *entering = SIZE_MAX - r;
            found = true;
        }
    }
    return found;
}

/* How the basic variables fall for each unit of the one that enters. */
static void find_direction(struct palettes_cover *cover, size_t entering)
{
    const struct palettes_columns *columns = cover->columns;
    for (size_t r = 0; r < cover->rows; r++) {
        const double *inverse = cover->inverse + r * cover->rows;
        double sum = 0;
        if (entering < columns->count) {
            for (size_t i = palettes_column_begin(columns, entering); i < columns->ends[entering]; i++) {
                uint16_t row = cover->row_of[columns->members[i]];
                sum += row == PALETTES_NOWHERE ? 0 : inverse[row];
            }
        } else {
            sum = -inverse[SIZE_MAX - entering];
        }
        cover->direction[r] = sum;
    }
}

/* The row whose variable leaves, or `rows`. */
static size_t choose_leaving(const struct palettes_cover *cover)
{
    size_t leaving = cover->rows;
    double least = 0;
    for (size_t r = 0; r < cover->rows; r++) {
        double fall = cover->direction[r];
        if (fall > 1e-7 && (leaving == cover->rows || cover->amount[r] < least * fall)) {
            least = cover->amount[r] / fall;
            leaving = r;
        }
    }
    return leaving;
}

static void pivot(struct palettes_cover *cover, size_t leaving, size_t entering, double cost)
{
    size_t rows = cover->rows;
    double *pivotal = cover->inverse + leaving * rows;
    double fall = cover->direction[leaving];
    for (size_t i = 0; i < rows; i++) {
        pivotal[i] /= fall;
    }
    cover->amount[leaving] /= fall;
    for (size_t r = 0; r < rows; r++) {
        double by = cover->direction[r];
        if (r == leaving || by == 0) {
            continue;
        }
        double *row = cover->inverse + r * rows;
        for (size_t i = 0; i < rows; i++) {
            row[i] -= by * pivotal[i];
        }
        double left = cover->amount[r] - by * cover->amount[leaving];
        cover->amount[r] = left > 0 ? left : 0;
    }
    for (size_t i = 0; i < rows; i++) {
        cover->dual[i] += cost * pivotal[i];
    }
    cover->basis[leaving] = entering;
}

bool palettes_cover_solve(struct palettes_cover *cover, struct palettes_effort *effort)
{
    size_t entering;
    double cost;
    while (choose_entering(cover, &entering, &cost)) {
        if (!palettes_effort_take(effort, cover->rows * cover->rows + 4 * cover->columns->member_count + 100)) {
            return false;
        }
        find_direction(cover, entering);
        size_t leaving = choose_leaving(cover);
        if (leaving == cover->rows) {
            return false; /* only rounding can lead here: more of every column never makes the total smaller */
        }
        pivot(cover, leaving, entering, cost);
    }
    return true;
}

double palettes_cover_total(const struct palettes_cover *cover)
{
    double total = 0;
    for (size_t r = 0; r < cover->rows; r++) {
        total += cover->basis[r] < cover->columns->count ? cover->amount[r] : 0;
    }
    return total;
}
