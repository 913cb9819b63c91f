#include "verify/sources/brought.h"

#include "verify/sources/source.h"

#include <string.h>

/* Which of the first sixteen indices opaque pixels have. False when one has a later index, which is reported. */
static bool find_indices(const struct verify_sheet *sheet, const struct verify_sprite *sprite,
                         bool has[VERIFY_PALETTE_ENTRIES])
{
    const struct verify_picture *picture = &sprite->picture;
    for (size_t i = 0; i < (size_t)picture->width * picture->height; i++) {
        uint32_t index = verify_cell_index(picture->cells[i]);
        if (verify_cell_is_transparent(picture->cells[i])) {
            continue;
        }
        if (index >= VERIFY_PALETTE_ENTRIES) {
            const struct base_place place = {
                .file = sprite->shown, BASE_AT_PIXEL((uint32_t)(i % picture->width), (uint32_t)(i / picture->width))};
            verify_report_source(sheet->asset, DIAG_PALETTE_INVALID, &place,
                                 "the index of a pixel is %u; expected 0 to 15", (unsigned)index);
            return false;
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
        verify_report_source(sheet->asset, DIAG_SOURCE_MISMATCH, &(struct base_place){.file = sprite->shown},
                             "the image has opaque pixels of index 0, and all 15 other entries are in use");
        return false;
    }
    palette->colours[entry] = palette->colours[0];
    palette->count = entry < palette->count ? palette->count : entry + 1;
    sprite->moved = (uint8_t)entry;
    return true;
}
