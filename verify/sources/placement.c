#include "verify/sources/placement.h"

#include "verify/sources/source.h"

#include <string.h>

enum { NOBODY = UINT16_MAX };

/* Which sprite has each tile: its number, or NOBODY. */
struct owners {
    uint16_t of[VERIFY_SHEET_TILES_MAX];
};

static void take(struct owners *owners, struct verify_sheet *sheet, size_t number, uint32_t first)
{
    uint32_t tiles = verify_sprite_tiles(sheet, &sheet->sprites[number]);
    sheet->sprites[number].first_tile = first;
    for (uint32_t i = first; i < first + tiles; i++) {
        owners->of[i] = (uint16_t)number;
    }
}

static bool report_full(const struct verify_sheet *sheet, const struct verify_sprite *sprite)
{
    verify_report_source(sheet->asset, DIAG_SHEET_FULL, &(struct base_place){.file = sprite->shown},
                         "the image has more tiles than are left in the sheet");
    return false;
}

static bool place_fixed(struct owners *owners, struct verify_sheet *sheet, size_t number)
{
    const struct verify_sprite *sprite = &sheet->sprites[number];
    uint32_t first = sprite->declared->tile;
    uint32_t tiles = verify_sprite_tiles(sheet, sprite);
    uint32_t all = verify_sheet_tiles(sheet);
    if (first > all || tiles > all - first) {
        return report_full(sheet, sprite);
    }
    for (uint32_t i = first; i < first + tiles; i++) {
        if (owners->of[i] != NOBODY) {
            verify_report_source(sheet->asset, DIAG_TILE_CLASH, &(struct base_place){.file = sprite->shown},
                                 "the image and %s both want tile %u", sheet->sprites[owners->of[i]].shown,
                                 (unsigned)i);
            return false;
        }
    }
    take(owners, sheet, number, first);
    return true;
}

/* The lowest tile from which on so many are free; when there is none, the number of tiles. */
static uint32_t find_room(const struct owners *owners, uint32_t all, uint32_t tiles)
{
    uint32_t free_tiles = 0;
    for (uint32_t i = 0; i < all; i++) {
        free_tiles = owners->of[i] == NOBODY ? free_tiles + 1 : 0;
        if (free_tiles == tiles) {
            return i + 1 - tiles;
        }
    }
    return all;
}

static bool place_free(struct owners *owners, struct verify_sheet *sheet, size_t number)
{
    uint32_t all = verify_sheet_tiles(sheet);
    uint32_t first = find_room(owners, all, verify_sprite_tiles(sheet, &sheet->sprites[number]));
    if (first == all) {
        return report_full(sheet, &sheet->sprites[number]);
    }
    take(owners, sheet, number, first);
    return true;
}

bool verify_place_sprites(struct verify_sheet *sheet, bool taken[VERIFY_SHEET_TILES_MAX])
{
    struct owners owners;
    memset(&owners, 0xFF, sizeof owners);
    for (int fixed = 1; fixed >= 0; fixed--) {
        for (size_t i = 0; i < sheet->count; i++) {
            if (sheet->sprites[i].declared->has_tile != (fixed == 1)) {
                continue;
            }
            if (fixed == 1 ? !place_fixed(&owners, sheet, i) : !place_free(&owners, sheet, i)) {
                return false;
            }
        }
    }
    for (uint32_t i = 0; i < verify_sheet_tiles(sheet); i++) {
        taken[i] = owners.of[i] != NOBODY;
    }
    return true;
}
