/* Problems for the search, made of numbers that are the same every time, and their solutions by trying everything. */
#ifndef PRPACK_TESTS_PALETTES_PROBLEMS_H
#define PRPACK_TESTS_PALETTES_PROBLEMS_H

#include "palettes/search.h"

/* Zero-initialise, except `random`. */
struct problems {
    uint64_t random; /* not 0 */
    struct palettes_set sets[1024];
    struct palettes_room open[3];
    uint16_t of[1024];
    struct palettes_problem problem; /* borrows the sets */
};

struct problems_size {
    unsigned sets;
    unsigned colours;
    unsigned least; /* colours of a set */
    unsigned most;
};

/* Below `below`. */
unsigned problems_random(struct problems *problems, unsigned below);

/* Sets of colours that are drawn one by one; new palettes hold 15. */
void problems_draw(struct problems *problems, const struct problems_size *size);

/* Sets out of `palettes` palettes of 15 colours, which may share colours: so many palettes are enough. */
void problems_draw_packed(struct problems *problems, unsigned palettes, const struct problems_size *size);

/* The fewest new palettes, by trying all ways to put sets into them; limit + 1 when that is not enough. */
unsigned problems_least(const struct palettes_problem *problem);

/* Whether each set lies in the palette that it has, and no palette has too many colours. */
bool problems_holds(const struct palettes_problem *problem, const uint16_t *of, unsigned count);

#endif
