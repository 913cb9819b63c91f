/* The linear program: how much of each column covers all sets at the least total?
 *
 * Revised simplex with an explicit inverse of the basis. It computes with floating-point numbers, so its result is a
 * hint: relax.h proves with integers what follows from it.
 *
 * Threads: a cover belongs to one thread at a time. */
#ifndef PRPACK_PALETTES_COVER_H
#define PRPACK_PALETTES_COVER_H

#include "palettes/columns.h"
#include "palettes/effort.h"

/* A row for each set that is to be covered. */
struct palettes_cover {
    const struct palettes_columns *columns;
    size_t rows;
    const uint16_t *row_of; /* of each set, or PALETTES_NOWHERE; borrowed */
    double *inverse;        /* [row * rows + row] */
    double *amount;         /* of each basic variable */
    double *dual;           /* of each row */
    size_t *basis;          /* of each row: a column, or SIZE_MAX - i: what row i is covered too much */
    double *direction;      /* scratch */
};

/* set_of[row] is the set of a row; column s is that of set s alone, for each set s. False when memory ran out. Free it
 * in either case. */
bool palettes_cover_begin(struct palettes_cover *cover, const struct palettes_columns *columns, size_t rows,
                          const uint16_t *row_of, const uint16_t *set_of);
void palettes_cover_free(struct palettes_cover *cover);

/* Solves for the columns that there are now. False when the effort was used up before. */
bool palettes_cover_solve(struct palettes_cover *cover, struct palettes_effort *effort);

/* The total of what was solved. */
double palettes_cover_total(const struct palettes_cover *cover);

#endif
