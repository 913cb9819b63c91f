#include "writer/image/palette_set.h"

#include "base/bytes.h"

#include <stdlib.h>
#include <string.h>

bool writer_palette_set_reserve(struct writer_palette_set *set, uint32_t authored)
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

bool writer_palette_is_kin(const struct writer_palette *a, const struct writer_palette *b)
{
    uint32_t count = a->count < b->count ? a->count : b->count;
    for (uint32_t i = 0; i < count; i++) {
        if (writer_rgb565(a->colours[i]) != writer_rgb565(b->colours[i])) {
            return false;
        }
    }
    return true;
}

static enum writer_palette_added append(struct writer_palette_set *set, const struct writer_palette *palette)
{
    if (set->authored == WRITER_PALETTES) {
        return WRITER_PALETTE_NO_ROOM;
    }
    struct writer_palette *items = realloc(set->items, (set->authored + 1) * sizeof *items);
    if (items == NULL) {
        return WRITER_PALETTE_NO_MEMORY;
    }
    items[set->authored] = *palette;
    set->items = items;
    set->authored++;
    return WRITER_PALETTE_ADDED;
}

/* Keeps the longer one of two palettes that are kin. */
static enum writer_palette_added keep_longer(struct writer_palette *there, const struct writer_palette *palette)
{
    if (palette->count > there->count) {
        *there = *palette;
    }
    return WRITER_PALETTE_KNOWN;
}

enum writer_palette_added writer_palette_set_add(struct writer_palette_set *set, const struct writer_palette *palette)
{
    for (uint32_t i = 0; i < set->authored; i++) {
        if (writer_palette_is_kin(&set->items[i], palette)) {
            return keep_longer(&set->items[i], palette);
        }
    }
    return append(set, palette);
}

enum writer_palette_added writer_palette_set_put(struct writer_palette_set *set, uint32_t index,
                                                 const struct writer_palette *palette)
{
    if (index >= set->authored) {
        return append(set, palette);
    }
    return writer_palette_is_kin(&set->items[index], palette) ? keep_longer(&set->items[index], palette)
                                                              : WRITER_PALETTE_NO_ROOM;
}

int writer_palette_set_find(const struct writer_palette_set *set, const struct writer_palette *palette)
{
    for (uint32_t i = 0; i < set->authored; i++) {
        if (set->items[i].count >= palette->count && writer_palette_is_kin(&set->items[i], palette)) {
            return (int)i;
        }
    }
    return -1;
}

void writer_palette_set_free(struct writer_palette_set *set)
{
    free(set->items);
    *set = WRITER_PALETTE_SET_EMPTY;
}

int writer_palette_find(const struct writer_palette *palette, uint32_t colour)
{
    for (uint32_t i = WRITER_TRANSPARENT_INDEX + 1; i < palette->count; i++) {
        if (writer_rgb565(palette->colours[i]) == writer_rgb565(colour)) {
            return (int)i;
        }
    }
    return -1;
}

void writer_palette_set_store(const struct writer_palette_set *set, uint8_t out[WRITER_PALETTE_TABLE_BYTES])
{
    memset(out, 0, WRITER_PALETTE_TABLE_BYTES);
    for (uint32_t i = 0; i < set->authored; i++) {
        const struct writer_palette *palette = &set->items[i];
        for (uint32_t k = 0; k < palette->count; k++) {
            base_store_le16(out + (size_t)i * WRITER_PALETTE_BYTES + (size_t)k * 2, writer_rgb565(palette->colours[k]));
        }
    }
}
