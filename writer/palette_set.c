#include "writer/palette_set.h"

#include "base/bytes.h"

#include <stdlib.h>
#include <string.h>

bool pp_writer_palette_set_reserve(struct pp_palette_set *set, uint32_t authored)
{
    if (authored == 0) {
        return true;
    }
    set->items = calloc(authored, sizeof *set->items);
    if (set->items == NULL) {
        return false;
    }
    set->authored = authored;
    return true;
}

static bool is_equal(const struct pp_palette *a, const struct pp_palette *b)
{
    return a->count == b->count && memcmp(a->colours, b->colours, a->count * sizeof a->colours[0]) == 0;
}

enum pp_palette_added pp_writer_palette_set_add(struct pp_palette_set *set, const struct pp_palette *palette)
{
    for (uint32_t i = 0; i < set->authored; i++) {
        if (is_equal(&set->items[i], palette)) {
            return PP_PALETTE_KNOWN;
        }
    }
    if (set->authored == PP_LAYOUT_PALETTES) {
        return PP_PALETTE_NO_ROOM;
    }
    struct pp_palette *items = realloc(set->items, (set->authored + 1) * sizeof *items);
    if (items == NULL) {
        return PP_PALETTE_NO_MEMORY;
    }
    items[set->authored] = *palette;
    set->items = items;
    set->authored++;
    return PP_PALETTE_ADDED;
}

void pp_writer_palette_set_free(struct pp_palette_set *set)
{
    free(set->items);
    *set = PP_PALETTE_SET_EMPTY;
}

int pp_writer_palette_find(const struct pp_palette *palette, uint32_t colour)
{
    for (uint32_t i = PP_LAYOUT_TRANSPARENT_INDEX + 1; i < palette->count; i++) {
        if (palette->colours[i] == colour) {
            return (int)i;
        }
    }
    return palette->count > 0 && palette->colours[PP_LAYOUT_TRANSPARENT_INDEX] == colour ? PP_LAYOUT_TRANSPARENT_INDEX
                                                                                         : -1;
}

void pp_writer_palette_set_store(const struct pp_palette_set *set, uint8_t out[PP_LAYOUT_PALETTE_TABLE_BYTES])
{
    memset(out, 0, PP_LAYOUT_PALETTE_TABLE_BYTES);
    for (uint32_t i = 0; i < set->authored; i++) {
        const struct pp_palette *palette = &set->items[i];
        for (uint32_t k = 0; k < palette->count; k++) {
            pp_store_le16(out + (size_t)i * PP_LAYOUT_PALETTE_BYTES + (size_t)k * 2, pp_rgb565(palette->colours[k]));
        }
    }
}
