/* The sprites of a GLYPH, as its companion says where they are: docs/contracts/extract.md 4.
 *
 * A companion may say anything. Sprites that do not give the sheet again are not taken.
 * Threads: no shared state. */
#ifndef PRPACK_EXPORT_SPRITES_H
#define PRPACK_EXPORT_SPRITES_H

#include "base/names.h"
#include "export/declaration.h"
#include "export/sheet.h"

struct export_sprites {
    struct export_sprite *items; /* in the order of the companion */
    struct base_names names;     /* their paths */
    struct base_text *pictures;  /* of each item, its PNG */
    size_t count;
    bool banked; /* indices name palette and entry */
};

#define EXPORT_SPRITES_EMPTY ((struct export_sprites){.items = NULL})

/* Reads `tiles`, which is JSON of an array, and draws each picture. *fit is false, and the list empty, when they cannot
 * stand in one workspace, or would give another sheet. Returns false when memory ran out. Free the list in any case. */
bool export_sprites_read(struct export_sprites *sprites, const struct export_sheet *sheet, struct base_bytes tiles,
                         bool *fit);

/* Hands the pictures over, each once. Returns what the sink returns. */
int export_sprites_give(const struct export_sprites *sprites, const struct export_sink *sink);

void export_sprites_free(struct export_sprites *sprites);

#endif
