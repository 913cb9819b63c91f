#include "verify/sources/colour_masks.h"

_Static_assert(VERIFY_COLOUR_SLOTS >= 2 * VERIFY_PALETTE_INDICES * VERIFY_PALETTE_ENTRIES, "a slot is always free");

/* The slot that has the colour, or the free one where it belongs. */
static size_t find_slot(const struct verify_colour_masks *masks, uint16_t colour)
{
    size_t slot = (colour * 40503U >> 5) % VERIFY_COLOUR_SLOTS;
    while (masks->slots[slot].used && masks->slots[slot].colour != colour) {
        slot = (slot + 1) % VERIFY_COLOUR_SLOTS;
    }
    return slot;
}

void verify_colour_masks_fill(struct verify_colour_masks *masks, const struct verify_palettes *palettes)
{
    for (uint32_t i = 0; i < palettes->authored; i++) {
        const struct verify_sheet_palette *palette = &palettes->items[i];
        for (uint32_t entry = 0; entry < palette->count; entry++) {
            struct verify_colour_mask *mask = &masks->slots[find_slot(masks, palette->colours[entry])];
            mask->used = true;
            mask->colour = palette->colours[entry];
            mask->drawn |= (uint64_t)(entry > 0) << i;
            mask->first |= (uint64_t)(entry == 0) << i;
        }
    }
}

const struct verify_colour_mask *verify_colour_masks_of(const struct verify_colour_masks *masks, uint16_t colour)
{
    return &masks->slots[find_slot(masks, colour)];
}
