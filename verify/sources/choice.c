#include "verify/sources/choice.h"

#include "base/report.h"
#include "verify/sources/candidates.h"
#include "verify/sources/misfit.h"
#include "verify/sources/report_pixels.h"

#include <stdlib.h>
#include <string.h>

/* The choice for one sprite. */
struct choice {
    const struct verify_sheet *sheet;
    const struct verify_colour_masks *masks;
    struct verify_sprite *sprite;
    struct verify_candidates candidates;
};

/* A part of a picture, in pixels. */
struct area {
    uint32_t x, y, width, height;
};

static struct area whole(const struct choice *choice)
{
    return (struct area){.width = choice->sprite->picture.width, .height = choice->sprite->picture.height};
}

static struct area tile_area(const struct choice *choice, uint32_t tile)
{
    uint32_t side = choice->sheet->declared->tile_size;
    uint32_t columns = verify_sprite_columns(choice->sheet, choice->sprite);
    return (struct area){.x = tile % columns * side, .y = tile / columns * side, .width = side, .height = side};
}

static const verify_cell *row_of(const struct choice *choice, const struct area *area, uint32_t y)
{
    const struct verify_picture *picture = &choice->sprite->picture;
    return picture->cells + (size_t)(area->y + y) * picture->width + area->x;
}

static void set_all(const struct choice *choice, uint32_t palette)
{
    memset(choice->sprite->palettes, (int)palette, verify_sprite_tiles(choice->sheet, choice->sprite));
}

/* ---- Kept indices ---- */

/* Sets of the first sixteen indices: bit i is index i. */
enum { ALL_INDICES = (1 << VERIFY_PALETTE_ENTRIES) - 1, INDEX_0 = 1 };

/* The indices of opaque pixels; false when one has a later index than the first sixteen. */
static bool find_indices(const struct verify_picture *picture, uint32_t *indices)
{
    *indices = 0;
    for (size_t i = 0; i < (size_t)picture->width * picture->height; i++) {
        uint32_t index = verify_cell_index(picture->cells[i]);
        if (verify_cell_is_transparent(picture->cells[i])) {
            continue;
        }
        if (index >= VERIFY_PALETTE_ENTRIES) {
            return false;
        }
        *indices |= 1U << index;
    }
    return true;
}

/* Whether both have the same colours at these indices. What the picture's palette does not have does not count; what
 * the file does not have is black. */
static bool has_same_colours(const struct verify_sheet_palette *palette, const struct verify_picture *picture,
                             uint32_t indices)
{
    bool same = true;
    for (size_t i = 0; same && i < VERIFY_PALETTE_ENTRIES && i < picture->colour_count; i++) {
        same = (indices >> i & 1) == 0 || palette->colours[i] == picture->colours[i];
    }
    return same;
}

/* The first candidate that has the picture's colours at these indices. `moves`: opaque pixels of index 0 get another
 * one, with the same colour; a candidate without such an entry does not count. */
static bool keep_indices_of(const struct choice *choice, uint32_t indices, bool moves)
{
    struct verify_sprite *sprite = choice->sprite;
    for (uint32_t i = 0; i < choice->candidates.count; i++) {
        uint32_t index = choice->candidates.order[i];
        const struct verify_sheet_palette *palette = &choice->sheet->palettes.items[index];
        uint32_t moved = verify_palette_entry(palette, palette->colours[0]);
        if (has_same_colours(palette, &sprite->picture, indices) && (!moves || moved > 0)) {
            sprite->way = VERIFY_WAY_KEPT;
            sprite->moved = (uint8_t)moved;
            set_all(choice, index);
            return true;
        }
    }
    return false;
}

/* The palette that is the picture's own comes before one that has the colours in use. */
static bool keep_indices(const struct choice *choice)
{
    const struct verify_picture *picture = &choice->sprite->picture;
    uint32_t in_use;
    if (!picture->indexed || !find_indices(picture, &in_use)) {
        return false;
    }
    bool moves = (in_use & INDEX_0) != 0;
    return keep_indices_of(choice, ALL_INDICES, moves) || keep_indices_of(choice, in_use, moves);
}

/* ---- By colour ---- */

/* The palettes that can draw every opaque pixel of an area. */
static uint64_t find_palettes(const struct choice *choice, const struct area *area)
{
    uint64_t palettes = UINT64_MAX;
    verify_cell last = VERIFY_CELL_TRANSPARENT;
    for (uint32_t y = 0; y < area->height; y++) {
        const verify_cell *row = row_of(choice, area, y);
        for (uint32_t x = 0; x < area->width; x++) {
            if (row[x] == last) {
                continue;
            }
            last = row[x];
            const struct verify_colour_mask *mask = verify_colour_masks_of(choice->masks, verify_cell_colour(last));
            uint64_t same = mask->drawn | (choice->sprite->picture.keyed ? mask->first : 0);
            palettes &= verify_cell_is_transparent(last) ? UINT64_MAX : same;
        }
    }
    return palettes;
}

static bool go_by_colour(const struct choice *choice)
{
    struct verify_sprite *sprite = choice->sprite;
    struct area area = whole(choice);
    uint32_t found = verify_candidates_first(&choice->candidates, find_palettes(choice, &area));
    sprite->way = VERIFY_WAY_BY_COLOUR;
    if (found < VERIFY_PALETTE_INDICES) {
        set_all(choice, found);
        return true;
    }
    for (uint32_t tile = 0; tile < verify_sprite_tiles(choice->sheet, sprite); tile++) {
        area = tile_area(choice, tile);
        found = verify_candidates_first(&choice->candidates, find_palettes(choice, &area));
        if (found == VERIFY_PALETTE_INDICES) {
            verify_report_misfit(choice->sheet, sprite, choice->masks, &choice->candidates);
            return false;
        }
        sprite->palettes[tile] = (uint8_t)found;
    }
    return true;
}

/* ---- Banked indices ---- */

/* What can be wrong with an opaque pixel. */
enum banked_fault { FAULT_COLOUR, FAULT_ENTRY_0, FAULT_PALETTE, FAULTS };

static const char *const fault_texts[] = {
    [FAULT_COLOUR] = "the palette that the index of a pixel names does not have the colour of the pixel at that entry",
    [FAULT_ENTRY_0] = "the colour of an opaque pixel with entry 0 is at no other entry of its palette",
    [FAULT_PALETTE] = "the index of a pixel names another palette than its tile has",
};

/* Why an opaque pixel cannot have its entry in its palette; FAULTS: it can. */
static enum banked_fault check_banked(const struct choice *choice, verify_cell cell)
{
    uint32_t index = verify_cell_index(cell);
    const struct verify_sheet_palette *palette = &choice->sheet->palettes.items[index / VERIFY_PALETTE_ENTRIES];
    uint32_t entry = index % VERIFY_PALETTE_ENTRIES;
    if (entry >= palette->count || palette->colours[entry] != verify_cell_colour(cell)) {
        return FAULT_COLOUR;
    }
    return entry == 0 && verify_palette_entry(palette, palette->colours[0]) == 0 ? FAULT_ENTRY_0 : FAULTS;
}

/* The palette of a tile without an opaque pixel. */
static uint32_t default_palette(const struct choice *choice, const struct area *area)
{
    const struct verify_palettes *palettes = &choice->sheet->palettes;
    uint32_t lowest = 0;
    uint32_t first = verify_cell_index(*row_of(choice, area, 0)) / (uint32_t)VERIFY_PALETTE_ENTRIES;
    if (choice->sprite->declared->has_palette) {
        return choice->sprite->declared->palette;
    }
    while (palettes->items[lowest].count == 0) {
        lowest++;
    }
    return palettes->items[first].count > 0 ? first : lowest;
}

static void choose_banked_tile(const struct choice *choice, uint32_t tile, struct verify_tally faults[FAULTS])
{
    const struct verify_declared_input *declared = choice->sprite->declared;
    struct area area = tile_area(choice, tile);
    uint32_t palette = declared->has_palette ? declared->palette : VERIFY_PALETTE_INDICES;
    for (uint32_t y = 0; y < area.height; y++) {
        const verify_cell *row = row_of(choice, &area, y);
        for (uint32_t x = 0; x < area.width; x++) {
            if (verify_cell_is_transparent(row[x])) {
                continue;
            }
            uint32_t own = verify_cell_index(row[x]) / (uint32_t)VERIFY_PALETTE_ENTRIES;
            enum banked_fault fault = check_banked(choice, row[x]);
            if (palette != VERIFY_PALETTE_INDICES && palette != own) {
                fault = FAULT_PALETTE;
            }
            if (fault != FAULTS) {
                verify_tally_add(&faults[fault], area.x + x, area.y + y);
            } else {
                palette = own;
            }
        }
    }
    choice->sprite->palettes[tile] =
        (uint8_t)(palette == VERIFY_PALETTE_INDICES ? default_palette(choice, &area) : palette);
}

static void report_banked(const struct choice *choice, enum banked_fault fault, const struct verify_tally *tally)
{
    struct base_details details = {.expected = NULL};
    if (fault != FAULT_PALETTE) {
        details.place.has_palette = true;
        details.place.palette = verify_nearest_palette(choice->sheet, choice->sprite, choice->masks,
                                                       &choice->candidates, verify_tally_tile(tally));
    }
    verify_report_pixels(choice->sheet->asset, DIAG_PIXEL_INEXPRESSIBLE, choice->sprite->shown, tally, &details, "%s",
                         fault_texts[fault]);
}

static bool go_by_banks(const struct choice *choice)
{
    struct verify_tally faults[FAULTS];
    bool fine = true;
    choice->sprite->way = VERIFY_WAY_BANKED;
    for (unsigned i = 0; i < FAULTS; i++) {
        faults[i] = verify_tally_of(choice->sprite->picture.width, choice->sheet->declared->tile_size);
    }
    for (uint32_t tile = 0; tile < verify_sprite_tiles(choice->sheet, choice->sprite); tile++) {
        choose_banked_tile(choice, tile, faults);
    }
    for (unsigned i = 0; i < FAULTS; i++) {
        if (faults[i].pixels > 0) {
            report_banked(choice, (enum banked_fault)i, &faults[i]);
            fine = false;
        }
    }
    return fine;
}

/* ---- All ---- */

/* Without declared palettes an indexed picture has the one that it has brought, unless it fixes another one. */
static bool has_own_palette(const struct choice *choice)
{
    const struct verify_sprite *sprite = choice->sprite;
    return !choice->sheet->declared->has_palettes && sprite->picture.indexed &&
           (!sprite->declared->has_palette || sprite->declared->palette == sprite->brought);
}

static bool choose(struct choice *choice)
{
    struct verify_sprite *sprite = choice->sprite;
    const struct verify_declared *declared = choice->sheet->declared;
    if (!verify_candidates_of(choice->sheet, sprite, &choice->candidates)) {
        verify_document_report_value(&choice->sheet->declared->document, DIAG_PALETTE_INDEX,
                                     sprite->declared->palette_value, "the index of a palette of the asset",
                                     "the asset does not have the palette that a sprite names");
        return false;
    }
    sprite->palettes = calloc(verify_sprite_tiles(choice->sheet, sprite), sizeof *sprite->palettes);
    if (sprite->palettes == NULL) {
        base_report_out_of_memory(&choice->sheet->asset->sink->findings, sprite->shown);
        return false;
    }
    if (declared->banked && sprite->picture.indexed) {
        return go_by_banks(choice);
    }
    if (has_own_palette(choice)) {
        sprite->way = VERIFY_WAY_KEPT;
        set_all(choice, sprite->brought);
        return true;
    }
    return (declared->has_palettes && keep_indices(choice)) || go_by_colour(choice);
}

bool verify_choose_palettes(struct verify_sheet *sheet)
{
    struct verify_colour_masks *masks = calloc(1, sizeof *masks);
    bool chosen = masks != NULL;
    if (masks == NULL) {
        base_report_out_of_memory(&sheet->asset->sink->findings, sheet->asset->root_path);
    } else {
        verify_colour_masks_fill(masks, &sheet->palettes);
    }
    for (size_t i = 0; chosen && i < sheet->count; i++) {
        struct choice choice = {.sheet = sheet, .masks = masks, .sprite = &sheet->sprites[i]};
        chosen = choose(&choice);
    }
    free(masks);
    return chosen;
}
