#include "verify/sources/candidates.h"

#include <string.h>

/* The last component of a path, without its last dot and what follows it. */
static struct base_bytes base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash != NULL ? slash + 1 : path;
    const char *dot = strrchr(name, '.');
    size_t size = dot != NULL ? (size_t)(dot - name) : strlen(name);
    return base_bytes_make((const uint8_t *)name, size);
}

static bool is_named_like(const struct verify_sheet *sheet, uint32_t palette, const struct verify_sprite *sprite)
{
    /* Palettes that images bring have no file of their own. */
    return sheet->declared->has_palettes &&
           base_bytes_equal(base_name(sheet->palettes.paths[palette]), base_name(sprite->declared->path));
}

bool verify_candidates_of(const struct verify_sheet *sheet, const struct verify_sprite *sprite,
                          struct verify_candidates *candidates)
{
    const struct verify_palettes *palettes = &sheet->palettes;
    bool named[VERIFY_PALETTE_INDICES] = {false};
    candidates->count = 0;
    if (sprite->declared->has_palette) {
        candidates->order[0] = (uint8_t)sprite->declared->palette;
        candidates->count = palettes->items[sprite->declared->palette].count > 0 ? 1 : 0;
        return candidates->count > 0;
    }
    for (uint32_t i = 0; i < palettes->authored; i++) {
        named[i] = palettes->items[i].count > 0 && is_named_like(sheet, i, sprite);
        if (named[i]) {
            candidates->order[candidates->count++] = (uint8_t)i;
        }
    }
    for (uint32_t i = 0; i < palettes->authored; i++) {
        if (palettes->items[i].count > 0 && !named[i]) {
            candidates->order[candidates->count++] = (uint8_t)i;
        }
    }
    return true;
}

uint32_t verify_candidates_first(const struct verify_candidates *candidates, uint64_t mask)
{
    for (uint32_t i = 0; i < candidates->count; i++) {
        if ((mask >> candidates->order[i] & 1) != 0) {
            return candidates->order[i];
        }
    }
    return VERIFY_PALETTE_INDICES;
}
