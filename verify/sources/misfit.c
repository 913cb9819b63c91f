#include "verify/sources/misfit.h"

#include "base/text.h"
#include "verify/sources/report_pixels.h"

#include <stdio.h>

enum { COLOURS = 65536, PATH_SHOWN = 60 };

/* How near a palette comes to a tile. */
struct nearest {
    uint32_t palette;
    uint32_t lacking; /* colours of the tile that it does not have */
};

struct misfit {
    const struct verify_sheet *sheet;
    const struct verify_sprite *sprite;
    const struct verify_colour_masks *masks;
    const struct verify_candidates *candidates;
    struct verify_tally tally;
};

/* The palettes that can draw an opaque pixel. */
static uint64_t palettes_of(const struct misfit *misfit, verify_cell cell)
{
    const struct verify_colour_mask *mask = verify_colour_masks_of(misfit->masks, verify_cell_colour(cell));
    return mask->drawn | (misfit->sprite->picture.keyed ? mask->first : 0);
}

static verify_cell cell_of(const struct misfit *misfit, uint32_t tile, uint32_t number, uint32_t *x, uint32_t *y)
{
    uint32_t side = misfit->sheet->declared->tile_size;
    uint32_t columns = verify_sprite_columns(misfit->sheet, misfit->sprite);
    *x = tile % columns * side + number % side;
    *y = tile / columns * side + number / side;
    return misfit->sprite->picture.cells[(size_t)*y * misfit->sprite->picture.width + *x];
}

/* The candidate that has the most of the colours of a tile; of several the lowest. */
static struct nearest find_nearest(const struct misfit *misfit, uint32_t tile)
{
    bool seen[COLOURS] = {false};
    uint32_t has[VERIFY_PALETTE_INDICES] = {0};
    uint32_t side = misfit->sheet->declared->tile_size;
    uint32_t colours = 0;
    for (uint32_t i = 0; i < side * side; i++) {
        uint32_t x;
        uint32_t y;
        verify_cell cell = cell_of(misfit, tile, i, &x, &y);
        if (verify_cell_is_transparent(cell) || seen[verify_cell_colour(cell)]) {
            continue;
        }
        seen[verify_cell_colour(cell)] = true;
        colours++;
        for (uint32_t k = 0; k < misfit->candidates->count; k++) {
            has[misfit->candidates->order[k]] +=
                (uint32_t)(palettes_of(misfit, cell) >> misfit->candidates->order[k] & 1);
        }
    }
    struct nearest nearest = {.palette = misfit->candidates->order[0]};
    for (uint32_t k = 1; k < misfit->candidates->count; k++) {
        uint32_t palette = misfit->candidates->order[k];
        bool nearer =
            has[palette] > has[nearest.palette] || (has[palette] == has[nearest.palette] && palette < nearest.palette);
        nearest.palette = nearer ? palette : nearest.palette;
    }
    nearest.lacking = colours - has[nearest.palette];
    return nearest;
}

/* Adds the pixels of a tile that its nearest palette does not have. If a candidate has all, that one is nearest. */
static void look_at_tile(struct misfit *misfit, uint32_t tile)
{
    uint32_t side = misfit->sheet->declared->tile_size;
    struct nearest nearest = find_nearest(misfit, tile);
    for (uint32_t i = 0; nearest.lacking > 0 && i < side * side; i++) {
        uint32_t x;
        uint32_t y;
        verify_cell cell = cell_of(misfit, tile, i, &x, &y);
        if (!verify_cell_is_transparent(cell) && (palettes_of(misfit, cell) >> nearest.palette & 1) == 0) {
            verify_tally_add(&misfit->tally, x, y);
        }
    }
}

static void say_nearest(const struct misfit *misfit, const struct nearest *nearest, uint16_t colour,
                        struct base_text *text)
{
    const struct verify_palettes *palettes = &misfit->sheet->palettes;
    const struct verify_sheet_palette *palette = &palettes->items[nearest->palette];
    base_text_addf(text, "palette %u, ", (unsigned)nearest->palette);
    base_text_add_printable(text, base_bytes_of_string(palettes->paths[nearest->palette]), PATH_SHOWN);
    base_text_add_string(text, ", is nearest: it lacks this colour");
    if (nearest->lacking > 1) {
        base_text_addf(text, " and %u more of the tile", (unsigned)(nearest->lacking - 1));
    }
    if (palette->colours[0] == colour) {
        base_text_add_string(text, " (it has this one at entry 0 only, which is not drawn)");
    }
}

uint32_t verify_nearest_palette(const struct verify_sheet *sheet, const struct verify_sprite *sprite,
                                const struct verify_colour_masks *masks, const struct verify_candidates *candidates,
                                uint32_t tile)
{
    const struct misfit misfit = {.sheet = sheet, .sprite = sprite, .masks = masks, .candidates = candidates};
    return find_nearest(&misfit, tile).palette;
}

void verify_report_misfit(const struct verify_sheet *sheet, const struct verify_sprite *sprite,
                          const struct verify_colour_masks *masks, const struct verify_candidates *candidates)
{
    struct misfit misfit = {
        .sheet = sheet,
        .sprite = sprite,
        .masks = masks,
        .candidates = candidates,
        .tally = verify_tally_of(sprite->picture.width, sheet->declared->tile_size),
    };
    for (uint32_t tile = 0; tile < verify_sprite_tiles(sheet, sprite); tile++) {
        look_at_tile(&misfit, tile);
    }
    const struct verify_tally *tally = &misfit.tally;
    const struct nearest nearest = find_nearest(&misfit, verify_tally_tile(tally));
    uint16_t colour = verify_cell_colour(sprite->picture.cells[(size_t)tally->y * sprite->picture.width + tally->x]);
    char actual[32];
    struct base_text text = BASE_TEXT_EMPTY;
    (void)snprintf(actual, sizeof actual, "RGB565 0x%04x", (unsigned)colour);
    base_text_add_string(&text, sprite->declared->has_palette
                                    ? "the palette of the sprite does not have the colour of a pixel at the entries 1 "
                                      "to 15; "
                                    : "no palette has all the colours of the tile of a pixel at the entries 1 to 15; ");
    say_nearest(&misfit, &nearest, colour, &text);
    const struct base_details details = {.place = {BASE_NEAR_PALETTE(nearest.palette)}, .actual = actual};
    verify_report_pixels(sheet->asset, DIAG_PIXEL_INEXPRESSIBLE, sprite->shown, tally, &details, "%s",
                         base_text_string(&text));
    base_text_release(&text, &sheet->asset->sink->findings.out_of_memory);
}
