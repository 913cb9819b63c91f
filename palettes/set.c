#include "palettes/set.h"

#include <string.h>

/* The place of the first colour that is not below this one. */
static unsigned find(const struct palettes_set *set, uint16_t colour)
{
    unsigned at = 0;
    while (at < set->size && set->colours[at] < colour) {
        at++;
    }
    return at;
}

bool palettes_set_has(const struct palettes_set *set, uint16_t colour)
{
    unsigned at = find(set, colour);
    return at < set->size && set->colours[at] == colour;
}

bool palettes_set_add(struct palettes_set *set, uint16_t colour)
{
    unsigned at = find(set, colour);
    if (at < set->size && set->colours[at] == colour) {
        return true;
    }
    if (set->size == PALETTES_SET_MAX) {
        return false;
    }
    memmove(&set->colours[at + 1], &set->colours[at], (set->size - at) * sizeof set->colours[0]);
    set->colours[at] = colour;
    set->size++;
    return true;
}

bool palettes_set_within(const struct palettes_set *inner, const struct palettes_set *outer)
{
    unsigned at = 0;
    for (unsigned i = 0; i < inner->size; i++) {
        while (at < outer->size && outer->colours[at] < inner->colours[i]) {
            at++;
        }
        if (at == outer->size || outer->colours[at] != inner->colours[i]) {
            return false;
        }
    }
    return true;
}
