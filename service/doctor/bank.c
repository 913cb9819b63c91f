#include "service/doctor/bank.h"

#include "base/text.h"

#include <stdlib.h>

enum { NAME_SHOWN = 60 };

size_t service_doctor_capacity(const struct service_doctor_bank *bank)
{
    return (size_t)bank->sheet->across * bank->sheet->across;
}

size_t service_doctor_pitch(const struct service_doctor_bank *bank)
{
    return (size_t)bank->sheet->across * bank->sheet->tile_size;
}

const uint8_t *service_doctor_pixels(const struct service_doctor_bank *bank, size_t tile)
{
    size_t size = bank->sheet->tile_size;
    size_t row = tile / bank->sheet->across * size;
    return bank->sheet->indices + row * service_doctor_pitch(bank) + tile % bank->sheet->across * size;
}

static const char *path_of(const struct service_doctor_bank *bank, size_t tile)
{
    return bank->sheet->asset->declaration.inputs[bank->sheet->tiles[tile].input].path;
}

void service_doctor_name_tile(const struct service_doctor_bank *bank, size_t tile, struct base_text *text)
{
    base_text_addf(text, "tile %u of ", (unsigned)bank->sheet->tiles[tile].number);
    base_text_add_quoted(text, base_bytes_of_string(path_of(bank, tile)), NAME_SHOWN);
}

void service_doctor_report_tile(const struct service_doctor_bank *bank, enum diag diagnostic, size_t tile,
                                uint64_t tiles, int palette, struct base_text *message)
{
    const struct writer_packed_sheet *sheet = bank->sheet;
    const struct writer_packed_tile *at = &sheet->tiles[tile];
    char *file = workspace_input_display(bank->workspace, sheet->asset, at->input);
    const struct base_details details = {
        .place = {.file = file,
                  .has_asset_id = true,
                  .asset_id = sheet->asset->record->asset_id,
                  .tiles = tiles,
                  BASE_AT_PIXEL(at->x, at->y),
                  BASE_AT_TILE(at->number),
                  .has_palette = palette >= 0,
                  .palette = palette >= 0 ? (uint32_t)palette : 0},
        .severity = BASE_WARNING,
    };
    bank->findings->out_of_memory = bank->findings->out_of_memory || file == NULL;
    base_report(bank->findings, diagnostic, &details, "%s", base_text_string(message));
    base_text_release(message, &bank->findings->out_of_memory);
    free(file);
}
