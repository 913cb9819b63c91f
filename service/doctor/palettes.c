#include "service/doctor/palettes.h"

#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>

enum { ENTRIES = 16, POINTER_SIZE = 64 };

/* Which entries the pixels of a tile use, a bit for each. */
static unsigned entries_of(const struct service_doctor_bank *bank, size_t tile)
{
    const uint8_t *pixels = service_doctor_pixels(bank, tile);
    unsigned used = 0;
    for (size_t y = 0; y < bank->sheet->tile_size; y++) {
        for (size_t x = 0; x < bank->sheet->tile_size; x++) {
            used |= 1U << (pixels[y * service_doctor_pitch(bank) + x] % ENTRIES);
        }
    }
    return used;
}

/* What the tiles of a bank make of a palette. */
struct use {
    size_t unset_tiles;     /* that use an entry which it leaves empty */
    unsigned unset_entries; /* that they use, a bit for each */
    size_t first;           /* of them */
    bool drawn;             /* a tile was drawn with it */
};

static struct use find_use(const struct service_doctor_bank *bank, const unsigned *entries, uint32_t palette)
{
    struct use use = {.unset_tiles = 0};
    unsigned set = (1U << bank->sheet->entries[palette]) - 1;
    for (size_t tile = 0; tile < service_doctor_capacity(bank); tile++) {
        const struct writer_packed_tile *at = &bank->sheet->tiles[tile];
        if (!at->drawn) {
            continue;
        }
        use.drawn = use.drawn || at->palette == palette;
        unsigned unset = entries[tile] & ~set & ~1U;
        if (unset != 0) {
            use.first = use.unset_tiles == 0 ? tile : use.first;
            use.unset_tiles++;
            use.unset_entries |= unset;
        }
    }
    return use;
}

static void report_unset(const struct service_doctor_bank *bank, uint32_t palette, const struct use *use)
{
    struct base_text message = BASE_TEXT_EMPTY;
    const char *separator = "";
    base_text_addf(&message, "palette %u has %u entries; %zu tile%s use%s its empty entries ", (unsigned)palette,
                   (unsigned)bank->sheet->entries[palette], use->unset_tiles, use->unset_tiles == 1 ? "" : "s",
                   use->unset_tiles == 1 ? "s" : "");
    for (unsigned entry = 0; entry < ENTRIES; entry++) {
        if ((use->unset_entries >> entry & 1) != 0) {
            base_text_addf(&message, "%s%u", separator, entry);
            separator = ", ";
        }
    }
    service_doctor_report_tile(bank, DIAG_PALETTE_ENTRY_UNSET, use->first, use->unset_tiles, (int)palette, &message);
}

static void report_unused(const struct service_doctor_bank *bank, size_t number,
                          const struct workspace_palette_input *input)
{
    const struct writer_packed_sheet *sheet = bank->sheet;
    char *file = workspace_input_display(bank->workspace, sheet->asset, input->input);
    char pointer[POINTER_SIZE];
    (void)snprintf(pointer, sizeof pointer, "/inputs/palettes/%zu", number);
    const struct base_details details = {
        .place = {.file = file,
                  .has_asset_id = true,
                  .asset_id = sheet->asset->record->asset_id,
                  BASE_NEAR_PALETTE(input->index)},
        .severity = BASE_WARNING,
    };
    bank->findings->out_of_memory = bank->findings->out_of_memory || file == NULL;
    base_report(bank->findings, DIAG_PALETTE_UNUSED, &details, "no tile was drawn with palette %u",
                (unsigned)input->index);
    free(file);
}

void service_doctor_palettes(const struct service_doctor_bank *bank)
{
    const struct workspace_declaration *declaration = &bank->sheet->asset->declaration;
    size_t capacity = service_doctor_capacity(bank);
    unsigned *entries = calloc(capacity, sizeof *entries);
    if (entries == NULL) {
        bank->findings->out_of_memory = true;
        return;
    }
    for (size_t tile = 0; tile < capacity; tile++) {
        entries[tile] = bank->sheet->tiles[tile].drawn ? entries_of(bank, tile) : 0;
    }
    for (size_t i = 0; i < declaration->palette_count; i++) {
        uint32_t palette = declaration->palettes[i].index;
        if (palette < bank->sheet->palette_count && bank->sheet->entries[palette] > 0) {
            const struct use use = find_use(bank, entries, palette);
            if (use.unset_tiles > 0) {
                report_unset(bank, palette, &use);
            }
            if (!use.drawn) {
                report_unused(bank, i, &declaration->palettes[i]);
            }
        }
    }
    free(entries);
}
