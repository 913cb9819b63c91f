#include "writer/image/indexed.h"

#include <string.h>

/* The entry that changes places with entry 0, so that index 0 is the transparent one; or 0. */
static uint32_t find_exchanged(const uint32_t *colours, uint32_t count, bool keyed)
{
    for (uint32_t i = 0; keyed && i < count && i < WRITER_PALETTE_COLOURS; i++) {
        if (colours[i] >> 24 == 0) {
            return i;
        }
    }
    return 0;
}

static enum writer_opacity opacity_of(uint32_t index, uint32_t alpha, bool keyed,
                                      const struct workspace_picture_rules *rules)
{
    if (keyed) {
        return alpha == 255 ? WRITER_OPAQUE : alpha == 0 ? WRITER_TRANSPARENT : WRITER_TRANSLUCENT;
    }
    uint32_t entry = rules->banked ? index % WRITER_PALETTE_COLOURS : index;
    if (entry != WRITER_TRANSPARENT_INDEX || rules->transparent == WORKSPACE_TRANSPARENT_ALPHA) {
        return WRITER_OPAQUE;
    }
    return rules->transparent == WORKSPACE_TRANSPARENT_INDEX ? WRITER_TRANSPARENT : WRITER_HIDDEN;
}

struct writer_indexed writer_indexed_of(const uint32_t *colours, uint32_t colour_count, bool keyed,
                                        const struct workspace_picture_rules *rules)
{
    struct writer_indexed indexed = {
        .colour_count = colour_count,
        .colours = colours,
        .exchanged = rules->banked ? 0 : find_exchanged(colours, colour_count, keyed),
        .palette.count = colour_count < WRITER_PALETTE_COLOURS ? colour_count : WRITER_PALETTE_COLOURS,
    };
    for (uint32_t i = 0; i < indexed.palette.count; i++) {
        uint32_t from = i == 0 ? indexed.exchanged : i == indexed.exchanged ? 0 : i;
        indexed.palette.colours[i] = colours[from] & 0xFFFFFF;
    }
    for (uint32_t i = 0; i < colour_count; i++) {
        indexed.opacity[i] = (uint8_t)opacity_of(i, colours[i] >> 24, keyed, rules);
    }
    return indexed;
}

void writer_indexed_uses(const struct writer_image *image, bool used[WRITER_PNG_PALETTE_MAX])
{
    size_t count = (size_t)image->width * image->height;
    memset(used, 0, WRITER_PNG_PALETTE_MAX * sizeof used[0]);
    for (size_t i = 0; i < count; i++) {
        used[image->pixels[i]] = true;
    }
}

void writer_indexed_draws(const struct writer_indexed *indexed, const struct writer_image *image,
                          bool drawn[WRITER_PALETTE_COLOURS])
{
    bool used[WRITER_PNG_PALETTE_MAX];
    writer_indexed_uses(image, used);
    memset(drawn, 0, WRITER_PALETTE_COLOURS * sizeof drawn[0]);
    for (uint32_t i = 0; i < indexed->palette.count; i++) {
        if (used[i] && indexed->opacity[i] == WRITER_OPAQUE) {
            drawn[i == 0 ? indexed->exchanged : i] = true;
        }
    }
}

bool writer_indexed_may_move(const struct writer_indexed *indexed)
{
    return indexed->exchanged == 0 && indexed->opacity[0] == WRITER_OPAQUE;
}

/* A full palette: the lowest entry that no opaque pixel has, or 0. */
static uint32_t find_spare(const struct writer_indexed *indexed, const bool *used)
{
    for (uint32_t i = 1; i < WRITER_PALETTE_COLOURS; i++) {
        if (!used[i] || indexed->opacity[i] != WRITER_OPAQUE) {
            return i;
        }
    }
    return 0;
}

bool writer_indexed_bring(const struct writer_indexed *indexed, const bool *used, struct writer_palette *palette,
                          uint32_t *moved)
{
    *palette = indexed->palette;
    *moved = 0;
    if (!writer_indexed_may_move(indexed) || !used[0]) {
        return true;
    }
    int same = writer_palette_find(palette, palette->colours[0]);
    if (same > 0) {
        *moved = (uint32_t)same;
        return true;
    }
    *moved = palette->count < WRITER_PALETTE_COLOURS ? palette->count++ : find_spare(indexed, used);
    palette->colours[*moved] = palette->colours[0];
    return *moved != 0;
}

void writer_indexed_keep(const struct writer_indexed *indexed, uint32_t moved, uint8_t map[WRITER_PNG_PALETTE_MAX])
{
    for (uint32_t i = 0; i < WRITER_PNG_PALETTE_MAX; i++) {
        map[i] = indexed->opacity[i] == WRITER_OPAQUE ? (uint8_t)i : WRITER_TRANSPARENT_INDEX;
    }
    if (indexed->opacity[0] == WRITER_OPAQUE) {
        map[0] = (uint8_t)(indexed->exchanged != 0 ? indexed->exchanged : moved);
    }
}
