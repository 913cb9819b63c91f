/* Sets of colours that go into one palette. A colour is a number that the caller has given to it.
 *
 * Threads: no shared state. */
#ifndef PRPACK_PALETTES_SET_H
#define PRPACK_PALETTES_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Entries of a palette that are drawn: docs/contracts/workspace.md, 3.2. */
enum { PALETTES_SET_MAX = 15 };

/* Invariant: the colours rise. */
struct palettes_set {
    uint16_t size; /* 0 … PALETTES_SET_MAX */
    uint16_t colours[PALETTES_SET_MAX];
};

/* Adds a colour, unless it is in the set. False when the set is full; it stays as it was. */
bool palettes_set_add(struct palettes_set *set, uint16_t colour);

bool palettes_set_has(const struct palettes_set *set, uint16_t colour);

/* Whether each colour of `inner` is one of `outer`. */
bool palettes_set_within(const struct palettes_set *inner, const struct palettes_set *outer);

#endif
