#include "export/places.h"

#include "export/gpl.h"
#include "export/png.h"
#include "reader/decode.h"
#include "json/object.h"

#include <stdlib.h>

enum { SIDE = PP_GLYPH_SIDE, COLOURS = PP_GLYPH_COLOURS, BANKS_MOST = 16, NIBBLE = 4 };

static uint32_t tiles_of(const struct export_sheet *sheet)
{
    uint32_t in_row = SIDE / sheet->tile_size;
    return in_row * in_row;
}

/* ---- Reading ---- */

static bool read_number(struct base_bytes text, struct json_token element, const char *name, uint32_t least,
                        uint32_t most, uint32_t *number)
{
    int64_t value;
    bool fits = json_token_integer(text, json_object_member(text, element, name), least, most, &value);
    *number = fits ? (uint32_t)value : 0;
    return fits;
}

/* The palettes of all tiles: those of `palettes`, or for each the one of `palette`. */
static bool read_palettes(const struct export_sheet *sheet, struct base_bytes text, struct json_token element,
                          struct export_place *place)
{
    uint32_t count = place->columns * place->rows;
    uint32_t one;
    struct json_walk walk;
    struct json_token list = json_object_member(text, element, "palettes");
    struct json_token item;
    int64_t value;
    uint32_t read = 0;
    place->has_one = read_number(text, element, "palette", 0, sheet->palettes - 1, &one);
    if (place->has_one) {
        for (uint32_t i = 0; i < count; i++) {
            place->palettes[i] = (uint8_t)one;
        }
        return list.kind == JSON_END;
    }
    if (list.kind != JSON_ARRAY_BEGIN) {
        return false;
    }
    json_walk_begin_inside(&walk, text, list);
    while (json_walk_element(&walk, &item)) {
        if (read == count || !json_token_integer(text, item, 0, sheet->palettes - 1, &value)) {
            return false;
        }
        place->palettes[read++] = (uint8_t)value;
    }
    return read == count;
}

bool export_place_read(const struct export_sheet *sheet, struct base_bytes text, struct json_token element,
                       struct export_place *place)
{
    uint32_t tiles = tiles_of(sheet);
    return element.kind == JSON_OBJECT_BEGIN && read_number(text, element, "tile", 0, tiles - 1, &place->tile) &&
           read_number(text, element, "columns", 1, tiles, &place->columns) &&
           read_number(text, element, "rows", 1, tiles, &place->rows) &&
           place->columns <= (tiles - place->tile) / place->rows && read_palettes(sheet, text, element, place);
}

/* ---- Which tiles ---- */

bool export_cover_take(struct export_cover *cover, const struct export_place *place)
{
    for (uint32_t i = 0; i < place->columns * place->rows; i++) {
        if (cover->taken[place->tile + i]) {
            return false;
        }
        cover->taken[place->tile + i] = true;
    }
    return true;
}

/* A pixel of a tile of the sheet. */
static uint8_t pixel_of(const struct export_sheet *sheet, uint32_t tile, uint32_t x, uint32_t y)
{
    uint32_t in_row = SIDE / sheet->tile_size;
    return pp_glyph_pixel(sheet->payload, tile % in_row * sheet->tile_size + x, tile / in_row * sheet->tile_size + y);
}

static bool is_empty(const struct export_sheet *sheet, uint32_t tile)
{
    for (uint32_t i = 0; i < sheet->tile_size * sheet->tile_size; i++) {
        if (pixel_of(sheet, tile, i % sheet->tile_size, i / sheet->tile_size) != 0) {
            return false;
        }
    }
    return true;
}

bool export_cover_is_all(const struct export_cover *cover, const struct export_sheet *sheet)
{
    uint32_t tile = 0;
    while (tile < tiles_of(sheet) && (cover->taken[tile] || is_empty(sheet, tile))) {
        tile++;
    }
    return tile == tiles_of(sheet);
}

/* ---- Drawing ---- */

/* Entry and, if it is banked, palette of each pixel, one byte each. */
static void draw_indices(const struct export_sheet *sheet, const struct export_place *place, bool banked,
                         uint8_t *indices)
{
    uint32_t size = sheet->tile_size;
    uint32_t width = place->columns * size;
    for (uint32_t at = 0; at < width * place->rows * size; at++) {
        uint32_t x = at % width;
        uint32_t y = at / width;
        uint32_t number = y / size * place->columns + x / size;
        uint8_t entry = pixel_of(sheet, place->tile + number, x % size, y % size);
        indices[at] = (uint8_t)(banked ? place->palettes[number] * COLOURS + entry : entry);
    }
}

/* Two pixels become one byte. Widths are multiples of 8. */
static void pack_nibbles(uint8_t *indices, size_t count)
{
    for (size_t i = 0; i < count / 2; i++) {
        indices[i] = (uint8_t)(indices[2 * i] << NIBBLE | indices[2 * i + 1]);
    }
}

bool export_place_draw(const struct export_sheet *sheet, const struct export_place *place, bool banked,
                       struct base_text *png)
{
    uint32_t colours[BANKS_MOST * COLOURS];
    uint32_t first = banked ? 0 : place->palettes[0];
    uint32_t count = banked ? (sheet->palettes < BANKS_MOST ? sheet->palettes : BANKS_MOST) : 1;
    uint32_t width = place->columns * sheet->tile_size;
    uint32_t height = place->rows * sheet->tile_size;
    uint8_t *indices = malloc((size_t)width * height);
    if (indices == NULL) {
        return false;
    }
    for (uint32_t i = 0; i < count * COLOURS; i++) {
        colours[i] = export_rgb888(pp_glyph_colour(sheet->payload, first + i / COLOURS, i % COLOURS));
    }
    draw_indices(sheet, place, banked, indices);
    if (!banked) {
        pack_nibbles(indices, (size_t)width * height);
    }
    const struct export_indexed picture = {
        .width = width,
        .height = height,
        .bits = banked ? 8 : NIBBLE,
        .indices = indices,
        .colours = colours,
        .colour_count = (size_t)count * COLOURS,
        .bank = COLOURS,
    };
    bool printed = export_png_print_indexed(&picture, png);
    free(indices);
    return printed;
}
