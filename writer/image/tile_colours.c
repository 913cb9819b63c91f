#include "writer/image/tile_colours.h"

enum { NAME_SHOWN = 60 };

struct writer_area writer_area_of_tile(const struct writer_grid *grid, uint32_t tile)
{
    struct writer_area area = {.x = tile % grid->columns * grid->tile_size,
                               .y = tile / grid->columns * grid->tile_size};
    area.end_x = area.x + grid->tile_size < grid->width ? area.x + grid->tile_size : grid->width;
    area.end_y = area.y + grid->tile_size < grid->height ? area.y + grid->tile_size : grid->height;
    return area;
}

static size_t find(const struct writer_tile_colours *colours, uint32_t rgb)
{
    size_t i = 0;
    while (i < colours->count && writer_rgb565(colours->items[i].rgb) != writer_rgb565(rgb)) {
        i++;
    }
    return i;
}

static struct writer_tile_colour look_up(const struct writer_palette_set *palettes, uint32_t rgb, bool keyed_by_entry)
{
    struct writer_tile_colour colour = {.rgb = rgb};
    for (uint32_t i = 0; i < palettes->authored; i++) {
        const struct writer_palette *palette = &palettes->items[i];
        bool first = palette->count > 0 && writer_rgb565(palette->colours[0]) == writer_rgb565(rgb);
        bool drawn = writer_palette_find(palette, rgb) >= 0 || (first && keyed_by_entry);
        colour.first |= (uint64_t)first << i;
        colour.drawn |= (uint64_t)drawn << i;
    }
    return colour;
}

void writer_tile_colours_take(struct writer_tile_colours *colours, const struct writer_palette_set *palettes,
                              const struct writer_unmatched *picture, uint32_t tile)
{
    const struct writer_area area = writer_area_of_tile(picture->grid, tile);
    colours->count = 0;
    for (uint32_t y = area.y; y < area.end_y; y++) {
        for (uint32_t x = area.x; x < area.end_x; x++) {
            size_t pixel = (size_t)y * picture->grid->width + x;
            uint32_t rgb = writer_image_colour(picture->image, pixel) & 0xFFFFFF;
            if (writer_unmatched_is_opaque(picture, pixel) && find(colours, rgb) == colours->count) {
                colours->items[colours->count++] = look_up(palettes, rgb, picture->keyed_by_entry);
            }
        }
    }
}

const struct writer_tile_colour *writer_tile_colours_find(const struct writer_tile_colours *colours, uint32_t rgb)
{
    return &colours->items[find(colours, rgb)];
}

uint64_t writer_tile_colours_fit(const struct writer_tile_colours *colours)
{
    uint64_t fit = UINT64_MAX;
    for (size_t i = 0; i < colours->count; i++) {
        fit &= colours->items[i].drawn;
    }
    return fit;
}

uint64_t writer_candidates_set(const struct writer_candidates *candidates)
{
    uint64_t set = 0;
    for (size_t i = 0; i < candidates->count; i++) {
        set |= UINT64_C(1) << candidates->index[i];
    }
    return set;
}

size_t writer_tile_colours_drawn(const struct writer_tile_colours *colours, uint8_t palette)
{
    size_t count = 0;
    for (size_t i = 0; i < colours->count; i++) {
        count += colours->items[i].drawn >> palette & 1;
    }
    return count;
}

uint8_t writer_tile_colours_nearest(const struct writer_tile_colours *colours, uint64_t set)
{
    uint32_t nearest = 0;
    size_t most = 0;
    bool any = false;
    for (uint32_t i = 0; i < WRITER_PALETTES; i++) {
        size_t count = (set >> i & 1) != 0 ? writer_tile_colours_drawn(colours, (uint8_t)i) : 0;
        if ((set >> i & 1) != 0 && (!any || count > most)) {
            any = true;
            most = count;
            nearest = i;
        }
    }
    return (uint8_t)nearest;
}

void writer_palette_name(struct base_text *text, const struct writer_palette_set *palettes, uint8_t index)
{
    const char *file = palettes->items[index].file;
    base_text_addf(text, "palette %u,", (unsigned)index);
    if (file != NULL) {
        base_text_add_char(text, ' ');
        base_text_add_printable(text, base_bytes_of_string(file), NAME_SHOWN);
        base_text_add_char(text, ',');
    } else {
        text->size--; /* the comma is for the name */
    }
}

void writer_tile_colours_lacking(struct base_text *text, const struct writer_tile_colours *colours, uint8_t palette,
                                 uint32_t rgb)
{
    size_t lacking = colours->count - writer_tile_colours_drawn(colours, palette);
    size_t next = 0;
    base_text_add_string(text, "this colour");
    if (lacking < 2) {
        return;
    }
    while ((colours->items[next].drawn >> palette & 1) != 0 ||
           writer_rgb565(colours->items[next].rgb) == writer_rgb565(rgb)) {
        next++;
    }
    base_text_addf(text, "%s#%06x", lacking == 2 ? " and " : ", ", (unsigned)colours->items[next].rgb);
    if (lacking > 2) {
        base_text_addf(text, " and %zu more of the tile", lacking - 2);
    }
}
