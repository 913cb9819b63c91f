#include "palettes/dive.h"

#include "palettes/packing.h"

#include <stdlib.h>
#include <string.h>

/* Takes the columns that are taken as a whole; or the one that is taken most, or the nth after it. */
struct choice {
    double amount;
    size_t column;
};

static size_t choose(const struct palettes_relax *relax, unsigned nth)
{
    const struct palettes_cover *cover = &relax->cover;
    double below = 2 * PALETTES_COLOURS_MAX;
    struct choice best = {.column = SIZE_MAX};
    for (unsigned i = 0; i <= nth; i++) {
        struct choice next = {.column = SIZE_MAX};
        for (size_t r = 0; r < cover->rows; r++) {
            size_t column = cover->basis[r];
            double amount = cover->amount[r];
            if (column < relax->columns.count && amount < below && amount > 1e-6 &&
                (next.column == SIZE_MAX || amount > next.amount)) {
                next = (struct choice){.amount = amount, .column = column};
            }
        }
        if (next.column == SIZE_MAX) {
            break;
        }
        best = next;
        below = next.amount;
    }
    return best.column;
}

/* Gives the sets of a column that are left to a palette. Returns how many. */
static size_t take(const struct palettes_columns *columns, size_t column, uint8_t *wanted, uint16_t *of,
                   unsigned palette)
{
    size_t taken = 0;
    for (size_t i = palettes_column_begin(columns, column); i < columns->ends[column]; i++) {
        uint16_t set = columns->members[i];
        if (wanted[set] != 0) {
            wanted[set] = 0;
            of[set] = (uint16_t)palette;
            taken++;
        }
    }
    return taken;
}

static bool dive(struct palettes_relax *relax, unsigned first, uint8_t *wanted, uint16_t *of, unsigned *count,
                 unsigned *bound, struct palettes_effort *effort)
{
    size_t left = relax->problem->count;
    unsigned palette = 0;
    while (left > 0) {
        unsigned of_rest = 0;
        if (!palettes_relax(relax, wanted, UINT32_MAX, palette == 0 ? bound : &of_rest, effort)) {
            return false;
        }
        size_t column = choose(relax, palette == 0 ? first : 0);
        if (column == SIZE_MAX || effort->left == 0) {
            return true;
        }
        left -= take(&relax->columns, column, wanted, of, palette++);
    }
    *count = palette;
    return true;
}

bool palettes_dive(struct palettes_relax *relax, unsigned first, uint16_t *of, unsigned *count, unsigned *bound,
                   struct palettes_effort *effort)
{
    *count = 0;
    uint8_t *wanted = malloc(relax->problem->count + 1);
    if (wanted == NULL) {
        return false;
    }
    memset(wanted, 1, relax->problem->count + 1);
    bool fine = dive(relax, first, wanted, of, count, bound, effort);
    free(wanted);
    return fine;
}
