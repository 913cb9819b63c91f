#include "verify/sources/brought.h"

#include "verify/sources/report_pixels.h"

#include <string.h>

static bool is_opaque(const struct verify_picture *picture, size_t pixel)
{
    return !verify_cell_is_transparent(picture->cells[pixel]);
}

/* The opaque pixels whose index is from `lowest` to `highest`. */
static struct verify_tally tally_indices(const struct verify_sheet *sheet, const struct verify_picture *picture,
                                         uint32_t lowest, uint32_t highest)
{
    struct verify_tally tally = verify_tally_of(picture->width, sheet->declared->tile_size);
    for (size_t i = 0; i < (size_t)picture->width * picture->height; i++) {
        uint32_t index = verify_cell_index(picture->cells[i]);
        if (is_opaque(picture, i) && index >= lowest && index <= highest) {
            verify_tally_add(&tally, (uint32_t)(i % picture->width), (uint32_t)(i / picture->width));
        }
    }
    return tally;
}

static bool report_index(const struct verify_sheet *sheet, const struct verify_sprite *sprite)
{
    const struct verify_picture *picture = &sprite->picture;
    const struct verify_tally tally = tally_indices(sheet, picture, VERIFY_PALETTE_ENTRIES, UINT8_MAX);
    verify_cell first = picture->cells[(size_t)tally.y * picture->width + tally.x];
    verify_report_pixels(sheet->asset, DIAG_PALETTE_INVALID, sprite->shown, &tally, NULL,
                         "the index of a pixel is %u; expected 0 to 15", (unsigned)verify_cell_index(first));
    return false;
}

/* Which of the first sixteen indices opaque pixels have. False when one has a later index, which is reported. */
static bool find_indices(const struct verify_sheet *sheet, const struct verify_sprite *sprite,
                         bool has[VERIFY_PALETTE_ENTRIES])
{
    const struct verify_picture *picture = &sprite->picture;
    for (size_t i = 0; i < (size_t)picture->width * picture->height; i++) {
        uint32_t index = verify_cell_index(picture->cells[i]);
        if (!is_opaque(picture, i)) {
            continue;
        }
        if (index >= VERIFY_PALETTE_ENTRIES) {
            return report_index(sheet, sprite);
        }
        has[index] = true;
    }
    return true;
}

/* The entry that the colour of entry 0 moves to; 0: none. */
static uint32_t find_entry(const struct verify_sheet_palette *palette, const bool has[VERIFY_PALETTE_ENTRIES])
{
    uint32_t entry = verify_palette_entry(palette, palette->colours[0]);
    if (entry > 0 || palette->count < VERIFY_PALETTE_ENTRIES) {
        return entry > 0 ? entry : palette->count;
    }
    for (entry = 1; entry < VERIFY_PALETTE_ENTRIES; entry++) {
        if (!has[entry]) {
            return entry;
        }
    }
    return 0;
}

bool verify_brought_palette(const struct verify_sheet *sheet, struct verify_sprite *sprite,
                            struct verify_sheet_palette *palette)
{
    const struct verify_picture *picture = &sprite->picture;
    bool has[VERIFY_PALETTE_ENTRIES] = {false};
    *palette = (struct verify_sheet_palette){.count = 0};
    palette->count =
        picture->colour_count < VERIFY_PALETTE_ENTRIES ? (uint32_t)picture->colour_count : VERIFY_PALETTE_ENTRIES;
    memcpy(palette->colours, picture->colours, palette->count * sizeof *palette->colours);
    if (!find_indices(sheet, sprite, has)) {
        return false;
    }
    if (!has[0]) {
        return true;
    }
    uint32_t entry = find_entry(palette, has);
    if (entry == 0) {
        const struct verify_tally tally = tally_indices(sheet, picture, 0, 0);
        verify_report_pixels(sheet->asset, DIAG_PIXEL_INEXPRESSIBLE, sprite->shown, &tally, NULL,
                             "opaque pixels of the image have index 0, and all 15 other entries are in use");
        return false;
    }
    palette->colours[entry] = palette->colours[0];
    palette->count = entry < palette->count ? palette->count : entry + 1;
    sprite->moved = (uint8_t)entry;
    return true;
}
