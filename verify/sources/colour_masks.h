/* Which palettes have a colour. */
#ifndef PRPACK_VERIFY_SOURCES_COLOUR_MASKS_H
#define PRPACK_VERIFY_SOURCES_COLOUR_MASKS_H

#include "verify/sources/sheet_palettes.h"

/* Twice as many as 64 palettes have entries. */
enum { VERIFY_COLOUR_SLOTS = 2048 };

/* Bit p of a mask stands for palette p. */
struct verify_colour_mask {
    bool used;
    uint16_t colour;
    uint64_t drawn; /* palettes that have the colour at one of the entries 1 … 15 */
    uint64_t first; /* palettes that have it at entry 0 */
};

/* An open hash table. Zero-initialise. */
struct verify_colour_masks {
    struct verify_colour_mask slots[VERIFY_COLOUR_SLOTS];
};

/* Fills an empty table. */
void verify_colour_masks_fill(struct verify_colour_masks *masks, const struct verify_palettes *palettes);

/* The masks of a colour; both are 0 when no palette has it. */
const struct verify_colour_mask *verify_colour_masks_of(const struct verify_colour_masks *masks, uint16_t colour);

#endif
