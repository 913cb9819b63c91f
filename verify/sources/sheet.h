/* The sheet that sprites and palettes of an asset give: docs/contracts/workspace.md, 3.2.2. */
#ifndef PRPACK_VERIFY_SOURCES_SHEET_H
#define PRPACK_VERIFY_SOURCES_SHEET_H

#include "reader/decode.h"
#include "verify/sources/picture.h"
#include "verify/sources/sheet_palettes.h"

/* How the pixels of a sprite get their indices. */
enum verify_way { VERIFY_WAY_KEPT, VERIFY_WAY_BY_COLOUR, VERIFY_WAY_BANKED };

struct verify_sprite {
    const struct verify_declared_input *declared;
    char *shown; /* its path, as findings name it; owned */
    struct verify_picture picture;
    uint32_t brought; /* without declared palettes: the index of the palette that an indexed picture has brought */
    uint32_t first_tile;
    enum verify_way way;
    uint8_t moved;     /* VERIFY_WAY_KEPT: the index of opaque pixels that have index 0 in the picture */
    uint8_t *palettes; /* of each tile, row by row; owned; NULL as long as they are not chosen */
};

struct verify_sheet {
    const struct verify_source_asset *asset;
    struct verify_declared *declared;
    struct verify_palettes palettes;
    struct verify_sprite *sprites; /* in list order */
    size_t count;
    uint8_t payload[PP_GLYPH_STORED]; /* of the pack */
};

/* A place in the sheet, in pixels. */
struct verify_sheet_place {
    uint32_t x, y;
};

static inline uint32_t verify_sheet_tiles_across(const struct verify_sheet *sheet)
{
    return PP_GLYPH_SIDE / sheet->declared->tile_size;
}

static inline uint32_t verify_sheet_tiles(const struct verify_sheet *sheet)
{
    return verify_sheet_tiles_across(sheet) * verify_sheet_tiles_across(sheet);
}

static inline struct verify_sheet_place verify_sheet_place_of(const struct verify_sheet *sheet, uint32_t tile)
{
    uint32_t across = verify_sheet_tiles_across(sheet);
    uint32_t side = sheet->declared->tile_size;
    return (struct verify_sheet_place){.x = tile % across * side, .y = tile / across * side};
}

static inline uint32_t verify_sprite_columns(const struct verify_sheet *sheet, const struct verify_sprite *sprite)
{
    return sprite->picture.width / sheet->declared->tile_size;
}

static inline uint32_t verify_sprite_tiles(const struct verify_sheet *sheet, const struct verify_sprite *sprite)
{
    return verify_sprite_columns(sheet, sprite) * (sprite->picture.height / sheet->declared->tile_size);
}

#endif
